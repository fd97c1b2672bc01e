import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import {
  type LinkPayload,
  encodeLinkPayload,
  parseLinkPayload,
} from '#renderer/media/link-payload';

const payloads: readonly LinkPayload[] = [
  { type: 'offer', n: 1, fresh: true, sdp: 'v=0' },
  { type: 'offer', n: 2, fresh: false, sdp: 'v=0' },
  { type: 'answer', n: 0, sdp: '' },
  { type: 'candidate', candidate: 'candidate:1', mid: '0', line: 0 },
  { type: 'candidate', candidate: '', mid: null, line: 3 },
  { type: 'link.request', want: 'restart' },
  { type: 'link.request', want: 'rebuild' },
  { type: 'channel', id: 1 },
];

const arbitrary: fc.Arbitrary<LinkPayload> = fc.oneof(
  fc.record({
    type: fc.constant('offer' as const),
    n: fc.nat(),
    fresh: fc.boolean(),
    sdp: fc.string(),
  }),
  fc.record({ type: fc.constant('answer' as const), n: fc.nat(), sdp: fc.string() }),
  fc.record({
    type: fc.constant('candidate' as const),
    candidate: fc.string(),
    mid: fc.string(),
    line: fc.option(fc.nat({ max: 0xffff })),
  }),
  fc.record({
    type: fc.constant('link.request' as const),
    want: fc.constantFrom('restart' as const, 'rebuild' as const),
  }),
  fc.record({ type: fc.constant('channel' as const), id: fc.nat({ max: 500 }) }),
);

/** Objects that look like payloads, with anything in the fields. */
const almost = fc.record(
  {
    type: fc.oneof(
      fc.constantFrom('offer', 'answer', 'candidate', 'link.request', 'channel', '__proto__'),
      fc.anything(),
    ),
    n: fc.anything(),
    fresh: fc.anything(),
    sdp: fc.anything(),
    candidate: fc.anything(),
    mid: fc.anything(),
    line: fc.anything(),
    want: fc.anything(),
    id: fc.anything(),
  },
  { requiredKeys: [] },
);

describe('parseLinkPayload', () => {
  it.each(payloads)('reads what encodeLinkPayload wrote: $type', (payload) => {
    expect(parseLinkPayload(encodeLinkPayload(payload))).toEqual({ ok: true, value: payload });
  });

  it('reads every payload that can be made', () => {
    fc.assert(
      fc.property(arbitrary, (payload) => {
        expect(parseLinkPayload(encodeLinkPayload(payload))).toEqual({ ok: true, value: payload });
      }),
    );
  });

  it.each([
    '',
    'null',
    '[]',
    '7',
    '"offer"',
    '{',
    '{"type":"offer","n":1,"fresh":true}',
    '{"type":"offer","n":1,"sdp":"v=0"}',
    '{"type":"offer","n":1,"fresh":1,"sdp":"v=0"}',
    '{"type":"offer","n":-1,"fresh":true,"sdp":"v=0"}',
    '{"type":"offer","n":1.5,"fresh":true,"sdp":"v=0"}',
    '{"type":"answer","n":"1","sdp":"v=0"}',
    '{"type":"candidate","candidate":"x","mid":null,"line":null}',
    '{"type":"candidate","candidate":"x","mid":0,"line":0}',
    '{"type":"candidate","candidate":"x","mid":"0","line":65536}',
    '{"type":"link.request"}',
    '{"type":"link.request","want":"all"}',
    '{"type":"channel","id":501}',
    '{"type":"renegotiate","renegotiate":true}',
  ])('refuses %s', (text) => {
    expect(parseLinkPayload(text)).toEqual({ ok: false, error: 'bad-payload' });
  });

  it('refuses what the wire could not have carried', () => {
    const sdp = 'x'.repeat(limits.signalChars);
    expect(parseLinkPayload(JSON.stringify({ type: 'offer', n: 1, fresh: true, sdp })).ok).toBe(
      false,
    );
  });

  it('passes on only the fields it knows', () => {
    const parsed = parseLinkPayload('{"type":"channel","id":2,"constructor":1,"extra":{}}');
    expect(parsed).toEqual({ ok: true, value: { type: 'channel', id: 2 } });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), almost.map(toText)), (text) => {
        const parsed = parseLinkPayload(text);
        if (!parsed.ok) return;
        expect(parseLinkPayload(encodeLinkPayload(parsed.value))).toEqual(parsed);
      }),
      { numRuns: 2_000 },
    );
  });
});

function toText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
