import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader, clientFrame, textFrame } from '../../../bench/server/frames';

/** RFC 6455, 5.2, for a text without a mask. */
function serverFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x81, length]), payload]);
  return Buffer.concat([Buffer.from([0x81, 126, length >> 8, length & 0xff]), payload]);
}

function unmasked(frame: Buffer): string {
  const isLong = ((frame[1] ?? 0) & 0x7f) === 126;
  const mask = frame.subarray(isLong ? 4 : 2).subarray(0, 4);
  const masked = frame.subarray(isLong ? 8 : 6);
  const length = isLong ? frame.readUInt16BE(2) : (frame[1] ?? 0) & 0x7f;
  expect(masked).toHaveLength(length);
  return Buffer.from(masked.map((byte, index) => byte ^ (mask[index % 4] ?? 0))).toString();
}

describe('the frames of the load', () => {
  it('carry their text, whatever its length', () => {
    for (const length of [0, 1, 125, 126, 5_000, 65_535]) {
      const frame = textFrame('x'.repeat(length));
      expect(frame[0]).toBe(0x81);
      expect(unmasked(frame)).toBe('x'.repeat(length));
    }
  });

  it('have a mask without a zero, which a server cannot skip', () => {
    const frame = clientFrame(Buffer.from('hello'));
    expect([...frame.subarray(2, 6)].every((byte) => byte !== 0)).toBe(true);
    expect(frame.subarray(6).toString()).not.toBe('hello');
  });

  it('come out of a stream as they went in, in whatever pieces it is cut', () => {
    const texts = fc.array(fc.string({ maxLength: 400 }), { maxLength: 6 });
    const property = fc.property(
      texts,
      fc.array(fc.integer({ min: 1, max: 200 })),
      (sent, cuts) => {
        const stream = Buffer.concat(sent.map(serverFrame));
        const received: string[] = [];
        const reader = new FrameReader((_opcode, payload) => received.push(payload.toString()));
        let at = 0;
        for (const size of [...cuts, stream.length]) {
          if (at < stream.length) reader.read(stream.subarray(at, at + size));
          at += size;
        }
        expect(received).toEqual(sent);
      },
    );
    fc.assert(property);
  });
});
