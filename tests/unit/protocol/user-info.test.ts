import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import { parseClientMessage, parseServerMessage } from '#protocol/parse';
import type { CallSnapshot, Leg, UserInfo } from '#protocol/snapshot';
import { isUserInfoSmall } from '#protocol/user-info';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Filled up to exactly so many bytes of JSON. */
const userOf = (bytes: number): UserInfo => {
  const portraitUri = 'p'.repeat(limits.portraitChars);
  return { portraitUri, extra: 'x'.repeat(bytes - bytesOf({ portraitUri, extra: '' })) };
};

const largest = userOf(limits.userBytes);
const longId = 'i'.repeat(limits.idChars);
const time = 1_790_000_000_000;

const legOf = (n: number, state: 'joined' | 'left', user?: UserInfo): Leg => ({
  ...{ legId: longId, userId: longId, invitedBy: longId, deviceId: longId, state },
  ...{ answerBy: time, ringingOn: limits.devicesPerUser, joinIndex: 1_000 + n, joinedAt: time },
  ...(state === 'left' ? { leftAt: time, reason: 102, cause: 'other-device' as const } : {}),
  ...(user === undefined ? {} : { user }),
});

/** Six bytes each in JSON, the most a character can cost. */
const most = (chars: number): string => '\u0001'.repeat(chars);

/** Everybody leaves at once, the call is as old as it gets, and its caller filled every field to its brim. */
const largestCall: CallSnapshot = {
  ...{ callId: longId, revision: 1_000_000, kind: 'group', groupId: longId, mediaType: 2 },
  ...{ mediaChangedBy: longId, callerId: longId, createdAt: time, endedAt: time },
  extra: most(limits.extraChars),
  push: {
    ...{ callTitle: most(limits.pushTitleChars), callContent: most(limits.pushContentChars) },
    ...{ hungupTitle: most(limits.pushTitleChars), hungupContent: most(limits.pushContentChars) },
  },
  legs: Array.from({ length: limits.legs }, (_, n) => {
    if (n < limits.participants) return legOf(n, 'joined', largest);
    return legOf(n, 'left', n < 2 * limits.participants ? largest : undefined);
  }),
};

describe('what an application registers about its user', () => {
  it('is so small that nine people and nine who have just left are one message, whatever else is said', () => {
    const text = JSON.stringify({ type: 'call.snapshot', call: largestCall });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limits.messageBytes);
    expect(parseServerMessage(text).ok).toBe(true);
    const gone = Array.from({ length: limits.heartbeatCalls }, () => longId);
    const result = { serverNowMs: time, calls: [largestCall], gone };
    const beat = { type: 'reply', id: longId, ok: true, result };
    expect(bytesOf(beat)).toBeLessThanOrEqual(limits.messageBytes);
  });

  it('is measured in bytes of JSON, and refused when it is larger by one', () => {
    const parsed = (user: UserInfo): boolean =>
      parseClientMessage(JSON.stringify({ type: 'call.join', id: '1', callId: 'c', user })).ok;
    expect(bytesOf(largest)).toBe(limits.userBytes);
    expect([isUserInfoSmall(largest), parsed(largest)]).toEqual([true, true]);
    const larger = userOf(limits.userBytes + 1);
    expect([isUserInfoSmall(larger), parsed(larger)]).toEqual([false, false]);
    const signs = { name: 'éü', portraitUri: '😀'.repeat(3), extra: '\u0001"' };
    const padded = (bytes: number): UserInfo => {
      const portraitUri = signs.portraitUri + 'p'.repeat(400);
      const rest = bytes - bytesOf({ ...signs, portraitUri });
      return { ...signs, portraitUri, extra: signs.extra + 'x'.repeat(rest) };
    };
    expect(isUserInfoSmall(padded(limits.userBytes))).toBe(true);
    expect(isUserInfoSmall(padded(limits.userBytes + 1))).toBe(false);
    const chinese = { extra: '李'.repeat(limits.userExtraChars) };
    expect([isUserInfoSmall(chinese), parsed(chinese)]).toEqual([false, false]);
  });
});
