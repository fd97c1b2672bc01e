/** What no honest program sends. */
import fc from 'fast-check';

/** Stands in every place where a secret could be: no log may ever show it. */
export const secretMark = 'S3CR3T';

const deep = (levels: number): unknown => {
  let value: unknown = secretMark;
  for (let level = 0; level < levels; level += 1) value = level % 2 ? { a: value } : [value];
  return value;
};

/** JSON values of every wrong kind and size. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<unknown>(
      ...[null, true, false, 0, -1, 3, 1.5, 1e308, -1e-7, 2 ** 53, Number.MIN_SAFE_INTEGER],
      ...[
        '',
        ' ',
        '0',
        'null',
        'true',
        '[object Object]',
        '../../etc/passwd',
        "'; drop table calls",
      ],
      ...['\u0000', '\ud800', 'x\udfff', '\u202eevil', '\ufeff', 'ﷺ'.repeat(60), secretMark],
      ...[[], {}, [[]], [null], [{}], { length: 1 }, { toString: 'x' }, { then: 'x' }],
      ...[{ $ref: '#' }, { toJSON: 1 }, deep(3), deep(200)],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('A'.repeat(5_000), 'ü'.repeat(20_000)) },
  { weight: 1, arbitrary: fc.nat(2_000).map((length) => Array.from({ length }, () => 'x')) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('__proto__', 'constructor', 'prototype')
      .map((key) => withOddKey({}, key, { isAdmin: true, userId: 'anna' })),
  },
);

/** An own property of that name, `__proto__` included, as JSON.parse makes it. */
export function withOddKey(value: object, key: string, by: unknown): unknown {
  return Object.fromEntries([...Object.entries(value), [key, by]]);
}

/** What a text can suffer on the way, whatever it says. */
export const spoil: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.nat(1_000).map((at) => (text: string) => text.slice(0, at % text.length)),
  fc.nat(1_000).map((at) => (text: string) => insert(text, at, '\u0000')),
  fc.nat(1_000).map((at) => (text: string) => insert(text, at, '"')),
  fc.constantFrom<(text: string) => string>(
    () => '',
    () => ' ',
    () => 'null',
    () => '[]',
    () => '{}',
    () => '0',
    () => '"',
    () => '['.repeat(30_000),
    () => '{"a":'.repeat(10_000),
    () => '\ufeff{}',
    () => 'GET /ws HTTP/1.1\r\n\r\n',
    (text) => `${text}${text}`,
    (text) => `${text},`,
    (text) => `[${text}]`,
    (text) => JSON.stringify(text),
    (text) => text.replaceAll('"', "'"),
    (text) => text.replace('{', '{"type":7,'),
    (text) => text.replace(/:\d+/, ':1e999'),
    (text) => text.replace(/:\d+/, ':0x10'),
    (text) => `\ufeff${text}`,
  ),
);

function insert(text: string, at: number, what: string): string {
  const place = at % (text.length + 1);
  return `${text.slice(0, place)}${what}${text.slice(place)}`;
}
