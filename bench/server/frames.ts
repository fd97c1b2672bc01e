/** As much of WebSocket (RFC 6455) as a client needs that is not to cost more than the server it loads. */
import { randomBytes } from 'node:crypto';

const finalBit = 0x80;
const maskBit = 0x80;
const twoBytes = 126;
const eightBytes = 127;

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Servers skip the unmasking of a mask of zeros: every byte of this one is something else. */
function newMask(): Buffer {
  return Buffer.from(randomBytes(4).map((byte) => byte | 1));
}

/** A whole message as it goes over the wire, ready to be sent any number of times. */
export function clientFrame(payload: Buffer, opcode: number = opcodes.text): Buffer {
  const mask = newMask();
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return Buffer.concat([header(payload.length, opcode), mask, masked]);
}

export const textFrame = (text: string): Buffer => clientFrame(Buffer.from(text));

function header(length: number, opcode: number): Buffer {
  if (length < twoBytes) return Buffer.from([finalBit | opcode, maskBit | length]);
  if (length > 0xffff) throw new Error('No message of the bench is that long.');
  return Buffer.from([finalBit | opcode, maskBit | twoBytes, length >> 8, length & 0xff]);
}

/** Takes what a server sends, in whatever pieces it comes, and gives its messages. */
export class FrameReader {
  readonly #onFrame: (opcode: number, payload: Buffer) => void;
  #rest: Buffer | null = null;

  constructor(onFrame: (opcode: number, payload: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const frame = frameAt(bytes, at);
      if (!frame) break;
      this.#onFrame((bytes[at] ?? 0) & 0x0f, bytes.subarray(frame.start, frame.end));
      at = frame.end;
    }
    this.#rest = at < bytes.length ? bytes.subarray(at) : null;
  }
}

/** Where the payload of the frame at this place lies; null while it is not all there. */
function frameAt(
  bytes: Buffer,
  at: number,
): { readonly start: number; readonly end: number } | null {
  if (bytes.length < at + 2) return null;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  const start = at + 2 + (short === twoBytes ? 2 : short === eightBytes ? 8 : 0);
  if (bytes.length < start) return null;
  const length =
    short === twoBytes
      ? bytes.readUInt16BE(at + 2)
      : short === eightBytes
        ? Number(bytes.readBigUInt64BE(at + 2))
        : short;
  const end = start + length;
  return bytes.length < end ? null : { start, end };
}
