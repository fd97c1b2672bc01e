/**
 * A small X11 client, kept open: programs like xwininfo take longer to start than a window takes to appear. It knows
 * when windows come and go, and reads what is on the screen. Nothing of the app under test takes part.
 */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { within } from './wait';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type WindowEvent =
  | {
      readonly type: 'mapped';
      readonly id: number;
      readonly atMs: number;
      /** Out of the window manager's reach, as a card is. */
      readonly isFree: boolean;
    }
  | { readonly type: 'unmapped'; readonly id: number; readonly atMs: number };

/** The pixels of a part of the screen, each as 0xRRGGBB. */
export type Pixels = Uint32Array;

const limitMs = 5_000;
const headBytes = 32;
/** Names that every display knows by these numbers. */
export const atoms = { WM_NAME: 39, WM_CLASS: 67 } as const;
/** Numbers of the protocol's core. */
const opcode = {
  changeWindowAttributes: 2,
  getWindowAttributes: 3,
  getGeometry: 14,
  queryTree: 15,
  internAtom: 16,
  getProperty: 20,
  translateCoordinates: 40,
  getImage: 73,
} as const;
/** Of a property so much is read, in units of four bytes. */
const longestProperty = 1_024;
const viewable = 2;
const event = { error: 0, reply: 1, unmapped: 18, mapped: 19 } as const;
const eventMaskValue = 0x800;
const substructureNotify = 0x80000;
const zPixmap = 2;
const generated = 0x80;

interface Waiting {
  readonly resolve: (reply: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/** What the display answers about a window that is gone. */
class Refusal extends Error {}

/** Milliseconds since 1970, on the clock that pages have, too. */
export const wallMs = (): number => performance.timeOrigin + performance.now();

export class X11Client {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #listener: (event: WindowEvent) => void = () => undefined;
  #root = 0;
  #sequence = 0;
  #unread: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** `name` as in DISPLAY, of this machine. */
  static async connect(name: string): Promise<X11Client> {
    const socket = connect(`/tmp/.X11-unix/X${name.replace(/^:/, '').replace(/\..*$/, '')}`);
    await within(once(socket, 'connect'), limitMs, `a connection to the display ${name}`);
    const client = new X11Client(socket);
    await within(client.#greet(), limitMs, `the greeting of the display ${name}`);
    client.#watchRoot();
    return client;
  }

  onEvent(listener: (event: WindowEvent) => void): void {
    this.#listener = listener;
  }

  /** The windows in a window, topmost first; none when it is gone. */
  async childrenOf(id = this.#root): Promise<readonly number[]> {
    const reply = await this.#askOf(opcode.queryTree, id);
    const count = reply?.readUInt16LE(16) ?? 0;
    const at = (index: number): number => reply?.readUInt32LE(headBytes + index * 4) ?? 0;
    return Array.from({ length: count }, (_, index) => at(index)).reverse();
  }

  /** Whether it is on the screen, though perhaps behind others. */
  async isViewable(id: number): Promise<boolean> {
    const reply = await this.#askOf(opcode.getWindowAttributes, id);
    return reply?.readUInt8(26) === viewable;
  }

  /** The number of a name. */
  async atom(name: string): Promise<number> {
    const body = Buffer.alloc(4 + Math.ceil(name.length / 4) * 4);
    body.writeUInt16LE(name.length, 0);
    body.write(name, 4, 'latin1');
    return (await this.#ask(opcode.internAtom, 0, body)).readUInt32LE(8);
  }

  /** The text of a property; null when the window has none, or is gone. */
  async textOf(id: number, atom: number): Promise<string | null> {
    const body = Buffer.alloc(16);
    body.writeUInt32LE(atom, 0);
    body.writeUInt32LE(longestProperty, 12);
    const reply = await this.#askOf(opcode.getProperty, id, body);
    const bytes = reply?.readUInt32LE(16) ?? 0;
    return bytes === 0 ? null : (reply?.toString('utf8', headBytes, headBytes + bytes) ?? null);
  }

  /** Where the inside of a window is on the screen; null when it is gone. */
  async placeOnScreen(id: number): Promise<Place | null> {
    const body = Buffer.alloc(8);
    body.writeUInt32LE(this.#root, 0);
    const [place, corner] = await Promise.all([
      this.placeOf(id),
      this.#askOf(opcode.translateCoordinates, id, body),
    ]);
    if (!place || !corner) return null;
    return { ...place, x: corner.readInt16LE(12), y: corner.readInt16LE(14) };
  }

  /** Where a window is in the one around it; null when it is gone. */
  async placeOf(id: number): Promise<Place | null> {
    const reply = await this.#askOf(opcode.getGeometry, id);
    if (!reply) return null;
    return {
      x: reply.readInt16LE(12),
      y: reply.readInt16LE(14),
      width: reply.readUInt16LE(16),
      height: reply.readUInt16LE(18),
    };
  }

  /** What a person sees there, whichever window it belongs to. */
  async pixels({ x, y, width, height }: Place): Promise<Pixels> {
    const body = Buffer.alloc(16);
    body.writeUInt32LE(this.#root, 0);
    body.writeInt16LE(x, 4);
    body.writeInt16LE(y, 6);
    body.writeUInt16LE(width, 8);
    body.writeUInt16LE(height, 10);
    body.writeUInt32LE(0xffffffff, 12);
    const reply = await this.#ask(opcode.getImage, zPixmap, body);
    const pixels = new Uint32Array(width * height);
    for (let at = 0; at < pixels.length; at += 1) {
      pixels[at] = reply.readUInt32LE(headBytes + at * 4) & 0xffffff;
    }
    return pixels;
  }

  close(): void {
    this.#socket.destroy();
    for (const { reject } of this.#waiting.values()) reject(new Error('The display is closed.'));
    this.#waiting.clear();
  }

  /** Little-endian, protocol 11, no authorisation: a display of a test lets everybody of this machine in. */
  async #greet(): Promise<void> {
    this.#socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    let answer = Buffer.alloc(0);
    const isWhole = (): boolean =>
      answer.length >= 8 && answer.length >= 8 + answer.readUInt16LE(6) * 4;
    while (!isWhole()) {
      const [chunk] = (await once(this.#socket, 'data')) as [Buffer];
      answer = Buffer.concat([answer, chunk]);
    }
    if (answer[0] !== 1) throw new Error('The display lets nobody in.');
    const vendorBytes = Math.ceil(answer.readUInt16LE(24) / 4) * 4;
    const formats = answer.readUInt8(29);
    this.#root = answer.readUInt32LE(40 + vendorBytes + formats * 8);
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  #watchRoot(): void {
    const body = Buffer.alloc(12);
    body.writeUInt32LE(this.#root, 0);
    body.writeUInt32LE(eventMaskValue, 4);
    body.writeUInt32LE(substructureNotify, 8);
    this.#send(opcode.changeWindowAttributes, 0, body);
  }

  #send(code: number, detail: number, body: Buffer): number {
    const head = Buffer.from([code, detail, 0, 0]);
    head.writeUInt16LE(1 + body.length / 4, 2);
    this.#socket.write(Buffer.concat([head, body]));
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return this.#sequence;
  }

  #ask(code: number, detail: number, body: Buffer): Promise<Buffer> {
    const sequence = this.#send(code, detail, body);
    const reply = new Promise<Buffer>((resolve, reject) => {
      this.#waiting.set(sequence, { resolve, reject });
    });
    return within(reply, limitMs, `the display's answer to ${String(code)}`);
  }

  /** About a window; null when it is gone. */
  async #askOf(code: number, id: number, more: Buffer = Buffer.alloc(0)): Promise<Buffer | null> {
    const window = Buffer.alloc(4);
    window.writeUInt32LE(id, 0);
    try {
      return await this.#ask(code, 0, Buffer.concat([window, more]));
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  #take(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    for (;;) {
      if (this.#unread.length < headBytes) return;
      const isReply = this.#unread[0] === event.reply;
      const size = headBytes + (isReply ? this.#unread.readUInt32LE(4) * 4 : 0);
      if (this.#unread.length < size) return;
      this.#handle(this.#unread.subarray(0, size));
      this.#unread = this.#unread.subarray(size);
    }
  }

  #handle(message: Buffer): void {
    const code = message.readUInt8(0) & ~generated;
    if (code === event.reply || code === event.error) {
      const sequence = message.readUInt16LE(2);
      const waiting = this.#waiting.get(sequence);
      this.#waiting.delete(sequence);
      if (code === event.reply) waiting?.resolve(message);
      else waiting?.reject(new Refusal(`The display refuses: ${String(message[1])}.`));
      return;
    }
    const id = message.readUInt32LE(8);
    if (code === event.mapped) {
      this.#listener({ type: 'mapped', id, atMs: wallMs(), isFree: message[12] === 1 });
    } else if (code === event.unmapped) this.#listener({ type: 'unmapped', id, atMs: wallMs() });
  }
}
