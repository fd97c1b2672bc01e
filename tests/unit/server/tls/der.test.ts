import { describe, expect, it } from 'vitest';
import { integer, octetString, oid, time } from '#server/tls/der';

const hex = (bytes: Buffer): string => bytes.toString('hex');

describe('DER', () => {
  it.each([
    ['00', '020100'],
    ['000005', '020105'],
    ['7f', '02017f'],
    // The highest bit would make it negative.
    ['80', '02020080'],
    ['0000ff01', '020300ff01'],
  ])('writes the number %s as %s', (bytes, written) => {
    expect(hex(integer(Buffer.from(bytes, 'hex')))).toBe(written);
  });

  it.each([
    [0, '0400'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65_535, '0482ffff'],
  ])('says that %i bytes follow', (length, prefix) => {
    const written = octetString(Buffer.alloc(length));
    expect(hex(written.subarray(0, prefix.length / 2))).toBe(prefix);
    expect(written).toHaveLength(prefix.length / 2 + length);
  });

  it('writes identifiers as others do', () => {
    expect(hex(oid('2.5.4.3'))).toBe('0603550403');
    expect(hex(oid('1.2.840.10045.4.3.2'))).toBe('06082a8648ce3d040302');
  });

  it('writes years with two digits until 2049', () => {
    expect(time(Date.UTC(2049, 11, 31, 23, 59, 59)).toString('latin1', 2)).toBe('491231235959Z');
    expect(time(Date.UTC(2050, 0, 1)).toString('latin1', 2)).toBe('20500101000000Z');
  });
});
