import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeCodes, mayRetry } from '#protocol/close-code';
import { limits } from '#protocol/limits';
import { parseClientMessage, parseResult, parseServerMessage } from '#protocol/parse';
import { toSnapshot } from '#server/calls/rules/call-state';
import { joined } from '../../support/calls';

const push = { callTitle: 't', callContent: 'c', hungupTitle: 'u', hungupContent: 'd' };
const signal = {
  type: 'peer.signal',
  ...{ callId: 'call-1', fromLeg: 'leg-a', toLeg: 'leg-b', linkId: 'link-1', payload: '{}' },
};
const start = { type: 'call.start', id: 'c1', targetId: 'bao', mediaType: 2 };
const heartbeat = (body: object) => ({ type: 'heartbeat', id: 'h', calls: {}, live: {}, ...body });
const search = (query: string) => ({ type: 'directory.search', id: 'q', query });
const signIn = {
  ...{ type: 'sign-in', id: 's1', protocol: 1 },
  device: { deviceId: 'd1', name: 'Desk' },
  credential: { kind: 'password', userId: 'anna', password: 'secret' },
};

const client = (message: unknown) => parseClientMessage(JSON.stringify(message));
const server = (message: unknown) => parseServerMessage(JSON.stringify(message));

describe('messages of a client', () => {
  it.each([
    ['a sign-in', signIn],
    ['a call', start],
    ['a call with all its texts', { ...start, extra: 'x', push, user: { name: 'Anna' } }],
    ['a heartbeat', { type: 'heartbeat', id: 'h', calls: { c: 3 }, live: { c: ['leg-b'] } }],
    ['a signal', signal],
    ['a search', search('李 O’Neill 😀')],
    ['a text of several lines', { ...start, extra: 'one\n\ttwo' }],
  ])('%s is understood as it was sent', (_what, message) => {
    expect(client(message)).toEqual({ ok: true, value: message });
  });

  it.each([
    ['no JSON', '{', 'not-json'],
    ['an array', '[]', 'not-json'],
    ['null', 'null', 'not-json'],
    ['a number', '7', 'not-json'],
    ['a type of no message', '{"type":"call.teleport"}', 'unknown-type'],
    ['a type from the prototype', '{"type":"__proto__"}', 'unknown-type'],
    ['a type that is no text', '{"type":7}', 'unknown-type'],
  ])('%s is refused', (_what, text, error) => {
    expect(parseClientMessage(text)).toEqual({ ok: false, error });
  });

  it.each([
    ['a field too many', { ...start, admin: true }],
    ['a field too few', { ...start, targetId: undefined }],
    ['a media type that does not exist', { ...start, mediaType: 3 }],
    ['a user id with a path in it', { ...start, targetId: '../anna' }],
    ['an empty id', { ...start, id: '' }],
    ['an id that is too long', { ...start, id: 'x'.repeat(limits.idChars + 1) }],
    ['a signal that is too long', { ...signal, payload: 'x'.repeat(limits.signalChars + 1) }],
    ['a signal that is no text', { ...signal, payload: { sdp: '' } }],
    ['two kinds of credential', { ...signIn, credential: { kind: 'access', password: 'x' } }],
    ['a negative revision', { type: 'heartbeat', id: 'h', calls: { c: -1 }, live: {} }],
    ['a call id in a heartbeat that is none', heartbeat({ calls: { 'a b': 1 } })],
    ['a call id in a heartbeat that is too long', heartbeat({ calls: { ['c'.repeat(65)]: 1 } })],
    ['links of a call whose id is none', heartbeat({ live: { é: 'anything' } })],
    ['a text with U+0000', { ...start, extra: 'a\0b' }],
    ['a push text with U+0000', { ...start, pushContent: '\0' }],
    ['a name of two lines', { ...signIn, device: { deviceId: 'd1', name: 'De\nsk' } }],
    ['a search with a control character', search('a\u007fb')],
    ['a record id with U+0000', { type: 'records.seen', id: 'r', recordIds: ['a\0'] }],
    [
      'too many calls in a heartbeat',
      {
        ...{ type: 'heartbeat', id: 'h', live: {} },
        calls: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`c${String(n)}`, 1])),
      },
    ],
  ])('%s is refused', (_what, message) => {
    expect(client(message)).toEqual({ ok: false, error: 'bad-shape' });
  });

  it('never throws, whatever arrives', () => {
    const json = fc.jsonValue();
    const mutated = fc
      .tuple(fc.constantFrom(signIn, start, signal), fc.string(), json)
      .map(([message, key, value]) => ({ ...message, [key]: value }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          json.map((v) => JSON.stringify(v)),
        ),
        (text) => {
          expect(parseClientMessage(text).ok).toBe(false);
        },
      ),
    );
    fc.assert(
      fc.property(mutated, (message) => {
        const { ok } = client(message);
        expect(typeof ok).toBe('boolean');
      }),
    );
  });
});

describe('messages of the server', () => {
  const call = toSnapshot(joined());

  it('a snapshot made by the rules fits the schema', () => {
    const message = { type: 'call.snapshot', call };
    expect(server(message)).toEqual({
      ok: true,
      value: JSON.parse(JSON.stringify(message)) as unknown,
    });
  });

  it('a snapshot carries nothing private', () => {
    expect(server({ type: 'call.snapshot', call: joined() }).ok).toBe(false);
  });

  it('a reply is a result or a known error code', () => {
    expect(server({ type: 'reply', id: 'r', ok: true, result: {} }).ok).toBe(true);
    const refusal = { type: 'reply', id: 'r', ok: false, error: { code: 'call-ended' } };
    expect(server(refusal).ok).toBe(true);
    expect(server({ ...refusal, error: { code: 'because' } }).ok).toBe(false);
  });

  it('a result is checked against the request it answers', () => {
    expect(parseResult('call.claim', { call }).ok).toBe(true);
    expect(parseResult('call.claim', {}).ok).toBe(false);
    expect(parseResult('presence.watch', { presence: [] }).ok).toBe(true);
  });
});

describe('close codes', () => {
  it('say whether to come back; unknown ones are accidents of the network', () => {
    expect(mayRetry(1006)).toBe(true);
    expect(mayRetry(4401)).toBe(false);
    expect(mayRetry(4409)).toBe(false);
    expect(Object.values(closeCodes).map((entry) => entry.name)).toContain('server-restart');
  });
});
