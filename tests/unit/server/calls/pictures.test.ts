/** CR140–CR144: pictures in an audio call, by consent where there are two. */
import { describe, expect, it } from 'vitest';
import type { Viewer } from '#protocol/snapshot';
import type { CallState } from '#server/calls/rules/call-state';
import { accepted, anna, bao, claimed, errorOf, joined, t0 } from '../../../support/calls';
import { inviting, leaving, tell, three, told } from '../../../support/group-calls';

const at = t0 + 9_000;
const until = at + 30_000;

const wish = ({ userId, deviceId }: Viewer) =>
  ({ type: 'media', mediaType: 2, userId, deviceId }) as const;
const answer = ({ userId, deviceId }: Viewer, accept: boolean) =>
  ({ type: 'media-answer', accept, userId, deviceId }) as const;
const asked = (): CallState => told(joined(), wish(anna), at);

describe('pictures in an audio call', () => {
  it('[CR140] are asked for, for half a minute', () => {
    expect(asked()).toMatchObject({ mediaType: 1, mediaAsk: { by: 'anna', until } });
    expect(asked().nextDeadline).toBeLessThanOrEqual(until);
    expect(accepted(tell(asked(), wish(anna), at + 1)).changed).toBe(false);
  });

  it('[CR140] are not asked for before both are there', () => {
    expect(errorOf(tell(claimed(), wish(anna), at))).toBe('wrong-state');
    expect(errorOf(tell(claimed(), wish(bao), at))).toBe('wrong-state');
  });

  it('[CR141] come when the other one agrees, or wants them too', () => {
    for (const command of [answer(bao, true), wish(bao)]) {
      const { call, rules } = accepted(tell(asked(), command, at + 1));
      expect(call).toMatchObject({ mediaType: 2, mediaChangedBy: 'anna' });
      expect([call.mediaAsk, rules]).toEqual([undefined, ['CR141']]);
    }
  });

  it('[CR141] are not agreed to by who asked', () => {
    expect(errorOf(tell(asked(), answer(anna, true), at + 1))).toBe('wrong-state');
  });

  it.each([
    ['the other one says no', answer(bao, false), at + 1],
    ['the wish is taken back', answer(anna, false), at + 1],
    ['time is up', { type: 'deadline' } as const, until],
    ['one of the two leaves', { type: 'leave', why: 'hangup', ...bao } as const, at + 1],
  ])('[CR142] do not come when %s', (_what, command, nowMs) => {
    const linked = [anna, bao].reduce(
      (call, who) =>
        told(call, { type: 'links', ...who, liveLegIds: call.legs.map(({ legId }) => legId) }, at),
      asked(),
    );
    const { call, rules } = accepted(tell(linked, command, nowMs));
    expect([call.mediaType, call.mediaAsk]).toEqual([1, undefined]);
    expect(rules[0]).toBe(command.type === 'leave' ? 'CR42' : 'CR142');
  });

  it('[CR142] are answered once', () => {
    const answered = told(asked(), answer(bao, false), at + 1);
    expect(accepted(tell(answered, answer(bao, true), at + 2)).changed).toBe(false);
  });

  it('[CR142] are no question any more when the call becomes one of several', () => {
    const { call, rules } = accepted(tell(asked(), inviting(bao, ['carla'], 'extend'), at + 1));
    expect(rules).toContain('CR142');
    expect([call.kind, call.mediaType, call.mediaAsk]).toEqual(['group', 1, undefined]);
  });

  it('[CR143] are nobody’s consent in a call with several', () => {
    expect(three().mediaType).toBe(1);
    const { call, rules } = accepted(tell(three(), wish(bao), at));
    expect(call).toMatchObject({ mediaType: 2, mediaChangedBy: 'bao' });
    expect(rules).toEqual(['CR143']);
  });

  it('[CR144] are there already in a video call', () => {
    const video = told(asked(), answer(bao, true), at + 1);
    const decision = accepted(tell(video, wish(bao), at + 2));
    expect([decision.changed, decision.rules]).toEqual([false, ['CR144']]);
  });

  it('[CR58] are not asked for or agreed to from outside the call', () => {
    const twin = { userId: 'bao', deviceId: 'bao-2' };
    const stranger = { userId: 'emil', deviceId: 'emil-1' };
    expect(errorOf(tell(asked(), answer(twin, true), at))).toBe('wrong-state');
    expect(errorOf(tell(asked(), wish(stranger), at))).toBe('call-unknown');
    expect(errorOf(tell(asked(), answer(stranger, true), at))).toBe('call-unknown');
    const over = leaving(asked(), anna, at);
    expect(accepted(tell(over, answer(bao, true), at)).changed).toBe(false);
  });
});
