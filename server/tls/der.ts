/** DER (ITU-T X.690): as much of it as one certificate needs. Each function gives a whole element, tag and length first. */

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content]);
}

/** From 128 on, a first byte says how many follow. Nothing here is longer than two can say. */
function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

export const sequence = (...parts: readonly Buffer[]): Buffer =>
  element(0x30, Buffer.concat(parts));

export const set = (...parts: readonly Buffer[]): Buffer => element(0x31, Buffer.concat(parts));

/** A number that is not negative, most significant byte first. */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  const isHigh = (short[0] ?? 0) >= 0x80;
  return element(0x02, isHigh ? Buffer.concat([Buffer.from([0]), short]) : short);
}

export const bitString = (bytes: Buffer): Buffer =>
  element(0x03, Buffer.concat([Buffer.from([0]), bytes]));

export const octetString = (bytes: Buffer): Buffer => element(0x04, bytes);

export const utf8String = (text: string): Buffer => element(0x0c, Buffer.from(text, 'utf8'));

/** `[n]` around whole elements. */
export const tagged = (n: number, ...parts: readonly Buffer[]): Buffer =>
  element(0xa0 + n, Buffer.concat(parts));

/** `[n]` in the place of the usual tag of a string. */
export const taggedString = (n: number, text: string): Buffer =>
  element(0x80 + n, Buffer.from(text, 'latin1'));

/** An object identifier such as 2.5.4.3. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** Seven bits a byte, all but the last with the highest bit set. */
function base128(arc: number): number[] {
  const bytes = [arc & 0x7f];
  for (let left = arc >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}

/** Whole seconds; with two digits for the year until 2049, as certificates want it (RFC 5280, 4.1.2.5). */
export function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
  return Number(text.slice(0, 4)) < 2050
    ? element(0x17, Buffer.from(text.slice(2), 'latin1'))
    : element(0x18, Buffer.from(text, 'latin1'));
}
