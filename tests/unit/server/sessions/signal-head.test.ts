import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import { PeerSignal } from '#protocol/messages';
import { parseClientMessage } from '#protocol/parse';
import { signalHeadIn } from '#server/sessions/signal-head';
import { isTextOf } from '../../../support/schema-values';

const id = fc.string({
  unit: fc.constantFrom('a', 'b', 'Z', '0', '9', '_', ':', '-'),
  minLength: 1,
  maxLength: limits.idChars,
});
const signal = fc.record({
  type: fc.constant('peer.signal'),
  callId: id,
  fromLeg: id,
  toLeg: id,
  linkId: id,
  payload: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
});

const head = (text: string): ReturnType<typeof signalHeadIn> => signalHeadIn(Buffer.from(text));
const example = {
  ...{ type: 'peer.signal', callId: 'c1', fromLeg: 'l1', toLeg: 'l2', linkId: 'k1' },
  payload: '{"candidate":"a \\"quoted\\" 名"}\r\n',
};

describe('the head of a signal', () => {
  it('is what the parser would have said of the same bytes, for every signal as our clients write it', () => {
    const reads = (value: object): void => {
      const text = JSON.stringify(value);
      const parsed = parseClientMessage(text);
      if (!parsed.ok || parsed.value.type !== 'peer.signal') throw new Error('no signal');
      const { callId, fromLeg, toLeg } = parsed.value;
      expect(head(text)).toEqual({ callId, fromLeg, toLeg });
    };
    fc.assert(fc.property(signal, reads), { numRuns: 2_000 });
  });

  it('is found in nothing that the schema refuses, whatever was done to the text of a signal', () => {
    const piece = fc.oneof(
      fc.constantFrom('"', '\\', '\\u12', '\\x', '{', '}', ',', ' ', '\n', '\0', 'null', '""'),
      fc.constantFrom('"payload":""', '"callId":"x"', ',"more":1', '\\ud800', '\u2028', '名'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const spoiled = fc.record({ value: signal, at: fc.nat(), cut: fc.nat(4), piece });
    let refused = 0;
    let taken = 0;
    const property = fc.property(spoiled, ({ value, at, cut, piece: added }) => {
      const text = JSON.stringify(value);
      const place = at % (text.length + 1);
      const changed = text.slice(0, place) + added + text.slice(place + cut);
      // Half a pair of surrogates is no text that could have come over a socket.
      const sent = Buffer.from(changed).toString('utf8');
      if (isTextOf([PeerSignal], sent)) {
        taken += 1;
        return;
      }
      refused += 1;
      expect(head(sent)).toBeNull();
    });
    fc.assert(property, { numRuns: 5_000 });
    expect(Math.min(refused, taken)).toBeGreaterThan(100);
  });

  it.each([
    [
      'fields in another order',
      JSON.stringify(Object.fromEntries(Object.entries(example).toReversed())),
    ],
    ['a space', JSON.stringify(example).replace(',', ', ')],
    ['a field too many', JSON.stringify({ ...example, more: 1 })],
    ['no payload', JSON.stringify({ ...example, payload: '' })],
    ['an id that is too long', JSON.stringify({ ...example, linkId: 'x'.repeat(65) })],
    ['a payload that may be too long', JSON.stringify({ ...example, payload: 'x'.repeat(33_000) })],
    ['something before it', ` ${JSON.stringify(example)}`],
    ['something behind it', `${JSON.stringify(example)}x`],
    ['a line break in the payload', JSON.stringify(example).replace('\\r', '\r')],
  ])('is left to the parser with %s', (_what, text) => {
    expect(head(text)).toBeNull();
  });

  it('does not try without end when nothing fits after all', () => {
    const text = JSON.stringify({ ...example, payload: '\\"'.repeat(7_000) });
    expect(head(text)).not.toBeNull();
    expect(head(`${text.slice(0, -1)}x`)).toBeNull();
  });
});
