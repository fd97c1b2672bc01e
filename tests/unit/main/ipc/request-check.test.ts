import { describe, expect, it } from 'vitest';
import { type WindowKind, requestSchemas } from '#common/ipc';
import { type Sender, checkRequest, requestChannels } from '#main/ipc/request-check';

const from = (kind: WindowKind | undefined, over: Partial<Sender> = {}): Sender => ({
  kind,
  isMainFrame: true,
  isOwnPage: true,
  ...over,
});

const place = 'phone:call.place';
const good = { targetId: 'bao', mediaType: 1 };

describe('checkRequest', () => {
  it('passes what the window may ask, and an argument that fits', () => {
    expect(checkRequest(place, from('home'), good)).toEqual({ ok: true, value: good });
    expect(checkRequest('phone:call.ready', from('call'), null).ok).toBe(true);
  });

  it.each([
    ['phone:call.again', { switchHere: true }, null],
    ['phone:call.media', { callId: 'c', mediaType: 2 }, { callId: 'c', mediaType: 3 }],
    ['phone:call.invite', { callId: 'c', userIds: ['chen'] }, { callId: 'c', userIds: [] }],
    ['phone:call.leave', { callId: 'c', why: 'network' }, { callId: 'c', why: 'quit' }],
    ['phone:call.claim', { callId: 'c', joinType: 0 }, { callId: 'c', joinType: 3 }],
    [
      'phone:call.media-state',
      { callId: 'c', voiceMuted: true, cameraOff: false },
      { callId: 'c', voiceMuted: 'yes', cameraOff: false },
    ],
  ])('holds %s to its shape', (channel, fits, doesNot) => {
    expect(checkRequest(channel, from('call'), fits).ok).toBe(true);
    expect(checkRequest(channel, from('call'), doesNot)).toEqual({
      ok: false,
      error: 'bad-payload',
    });
  });

  it('lets each kind of window use its own channels only', () => {
    const kinds = ['home', 'incoming', 'call', undefined] as const;
    const wrong = Object.entries(requestSchemas).flatMap(([owner, schemas]) =>
      Object.keys(schemas).flatMap((channel) =>
        kinds.filter((kind) => kind !== owner).map((kind) => ({ channel, kind })),
      ),
    );
    for (const { channel, kind } of wrong) {
      expect(checkRequest(channel, from(kind), null)).toEqual({ ok: false, error: 'wrong-sender' });
    }
  });

  it('knows every channel once', () => {
    expect(new Set(requestChannels).size).toBe(requestChannels.length);
  });

  it('refuses sub-frames and foreign pages', () => {
    for (const over of [{ isMainFrame: false }, { isOwnPage: false }]) {
      expect(checkRequest(place, from('home', over), good)).toEqual({
        ok: false,
        error: 'wrong-frame',
      });
    }
  });

  it.each([
    undefined,
    null,
    'bao',
    [],
    {},
    { targetId: 'bao' },
    { ...good, mediaType: 3 },
    { ...good, mediaType: '1' },
    { ...good, targetId: '' },
    { ...good, targetId: '../etc/passwd' },
    { ...good, targetId: 'x'.repeat(65) },
    { ...good, targetId: { toString: () => 'bao' } },
    { ...good, extra: 'field' },
    { ...good, constructor: { prototype: {} } },
    JSON.parse('{"targetId":"bao","mediaType":1,"__proto__":{"admin":true}}'),
  ])('refuses the payload %j', (payload) => {
    expect(checkRequest(place, from('home'), payload)).toEqual({ ok: false, error: 'bad-payload' });
  });

  it('refuses a signal larger than the wire takes', () => {
    const signal = { callId: 'c', fromLeg: 'a', toLeg: 'b', linkId: 'l', payload: 'x' };
    expect(checkRequest('phone:call.signal', from('call'), signal).ok).toBe(true);
    const huge = { ...signal, payload: 'x'.repeat(32 * 1024 + 1) };
    expect(checkRequest('phone:call.signal', from('call'), huge).ok).toBe(false);
  });

  it('refuses a channel that nobody knows', () => {
    expect(checkRequest('phone:shell.open', from('home'), null).ok).toBe(false);
    expect(checkRequest('__proto__', from('home'), null).ok).toBe(false);
  });
});
