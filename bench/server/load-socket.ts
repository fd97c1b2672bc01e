/** One client connection of the load: a plain socket, so that the load costs less than the server that it loads. */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { within } from '../../tests/support/wait';
import { FrameReader, clientFrame, opcodes } from './frames';

const waitMs = 20_000;
const upgraded = /^HTTP\/1\.1 101 [\s\S]*?\r\n\r\n/;

export class LoadSocket {
  /** Every message of the server. The payload is only good until the next one. */
  onMessage: (payload: Buffer) => void = () => undefined;
  readonly #socket: Socket;
  #isOpen = true;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const reader = new FrameReader((opcode, payload) => this.#handle(opcode, payload));
    socket.on('data', (chunk: Buffer) => reader.read(chunk));
    socket.on('close', () => (this.#isOpen = false));
    socket.on('error', () => socket.destroy());
  }

  static async open(port: number, path: string, headers: readonly string[]): Promise<LoadSocket> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await within(once(socket, 'connect'), waitMs, 'a connection');
    const lines = [
      `GET ${path} HTTP/1.1`,
      'Host: localhost',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Version: 13',
      ...headers,
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    const [first] = (await within(once(socket, 'data'), waitMs, 'the upgrade')) as [Buffer];
    const [answer] = upgraded.exec(first.toString('latin1')) ?? [];
    if (answer === undefined) throw new Error(`refused: ${first.toString('latin1').slice(0, 40)}`);
    // A server that speaks first may have put its message behind the answer.
    const early = first.subarray(answer.length);
    if (early.length > 0) socket.unshift(early);
    return new LoadSocket(socket);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** The first message that `read` makes something of, instead of onMessage. */
  next<T>(what: string, read: (payload: Buffer) => T | undefined): Promise<T> {
    const former = this.onMessage;
    const found = new Promise<T>((resolve) => {
      this.onMessage = (payload) => {
        const value = read(payload);
        if (value === undefined) return;
        this.onMessage = former;
        resolve(value);
      };
    });
    return within(found, waitMs, what);
  }

  close(): void {
    this.#socket.destroy();
  }

  #handle(opcode: number, payload: Buffer): void {
    if (opcode === opcodes.text) this.onMessage(payload);
    else if (opcode === opcodes.ping) this.send(clientFrame(payload, opcodes.pong));
    else if (opcode === opcodes.close) this.#socket.end();
  }
}
