import { describe, expect, it } from 'vitest';
import { RCCallEndReason } from '../../../../renderer/caller';
import { actionForKey } from '../../../../renderer/call/use-call-keys';
import { formatElapsed, msToNextSecond } from '../../../../renderer/call/elapsed';
import { callTitle } from '../../../../renderer/call/call-title';
import { emptyView } from '../../../../renderer/call/call-view';
import { endingFor, failureOf, groupEndingFor } from '../../../../renderer/call/ending';
import { newsOfLeft } from '../../../../renderer/call/group-news';
import { createMarks } from '../../../../renderer/call/marks';
import { en } from '../../../../renderer/locales/en';
import { zhCN } from '../../../../renderer/locales/zh-CN';

function textAt(texts: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], texts);
}

describe('the time of a call', () => {
  it.each([
    [-5, '00:00:00'],
    [0, '00:00:00'],
    [999, '00:00:00'],
    [1_000, '00:00:01'],
    [61_000, '00:01:01'],
    [3_599_999, '00:59:59'],
    [3_600_000, '01:00:00'],
    [360_000_000, '100:00:00'],
  ])('of %i ms reads %s', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text);
  });

  it('changes with the full second, however late a tick came', () => {
    expect(msToNextSecond(0)).toBe(1_000);
    expect(msToNextSecond(1_250)).toBe(750);
    expect(msToNextSecond(-3)).toBe(1_000);
  });
});

describe('the words at the end', () => {
  it.each(Object.entries(RCCallEndReason))('exist in both languages for %s', (_name, reason) => {
    const { text } = endingFor(reason);
    for (const texts of [en, zhCN]) expect(textAt(texts, text)).toEqual(expect.any(String));
  });

  it('exist in both languages for devices and for the way to the server', () => {
    const results = [
      failureOf({ detail: { device: 'camera', detail: 'busy' } }),
      failureOf({ problem: 'rate-limited' }),
      failureOf({}),
    ];
    for (const { text } of results) {
      for (const texts of [en, zhCN]) expect(textAt(texts, text)).toEqual(expect.any(String));
    }
  });

  it.each([7, 12, 14, 15, 17])('offer to call again after %i, and leave time for it', (reason) => {
    const { stay, offer } = endingFor(reason as RCCallEndReason);
    expect([stay, offer]).toEqual(['act', 'call-again']);
  });

  it.each([1, 2, 3, 11, 13, 21, 22, 23, 31, 32, 33, 101, 102, 103])(
    'offer no new call after %i',
    (reason) => {
      expect(endingFor(reason as RCCallEndReason).offer).toBeNull();
    },
  );

  it('offer what can be done about a call that did not start', () => {
    expect(failureOf({ problem: 'offline' }).offer).toBe('call-again');
    expect(failureOf({ problem: 'in-call-elsewhere' }).offer).toBe('switch-here');
    expect(failureOf({ problem: 'blocked' })).toEqual({
      text: 'callProblem.blocked',
      stay: 'read',
      offer: null,
      sound: null,
    });
    expect(failureOf({ detail: { device: 'microphone', detail: 'denied' } }).offer).toBe(
      'call-again',
    );
  });

  it('speak of one person, or of somebody among several, who is no longer on the server', () => {
    const textFor = (count: number) => failureOf({ problem: 'user-unknown' }, count).text;
    expect([textFor(1), textFor(2)]).toEqual([
      ...['callProblem.user-unknown', 'groupCall.somebodyUnknown'],
    ]);
    expect(failureOf({ problem: 'blocked' }, 2).text).toBe('callProblem.blocked');
  });

  it('come with a sound where somebody else ended it, and with the busy tone for who is busy', () => {
    const soundOf = (reason: number) => endingFor(reason as RCCallEndReason).sound;
    expect([1, 2, 3, 101, 102].map(soundOf)).toEqual([null, null, null, null, null]);
    expect([12, 13, 15, 17].map(soundOf)).toEqual(['ended', 'ended', 'ended', 'ended']);
    expect([14, 32].map(soundOf)).toEqual(['busy', 'busy']);
  });

  it('do not keep a window that the user has ended', () => {
    expect([1, 2, 3].map((reason) => endingFor(reason as RCCallEndReason).stay)).toEqual([
      'not',
      'not',
      'not',
    ]);
  });
});

describe('the words of a group call', () => {
  it.each(Object.values(RCCallEndReason))('about the end %i name nobody', (reason) => {
    const { text } = groupEndingFor(reason);
    for (const texts of [en, zhCN]) {
      expect(textAt(texts, text)).toEqual(expect.any(String));
      expect(textAt(texts, text)).not.toContain('{name}');
    }
  });

  it('offer no new call to whoever fell out of one that goes on', () => {
    expect([7, 8, 9, 10].map((reason) => groupEndingFor(reason as RCCallEndReason).offer)).toEqual([
      ...[null, null, null, null],
    ]);
  });

  it.each([11, 12, 13, 14, 15, 17, 32])('tell of somebody who is gone with %i', (reason) => {
    const text = newsOfLeft(reason as RCCallEndReason);
    for (const texts of [en, zhCN]) expect(textAt(texts, text)).toContain('{name}');
  });

  const title = (names: readonly string[], name: string | null = null): string => {
    const others = names.map((each) => ({ userId: each, name: each }));
    const group = { groupId: null, name, members: [], others };
    const words = (key: string, values: object): string =>
      `${key}: ${Object.values(values).join()}`;
    const count = (key: string, more: number): string => `${String(more)} ${key}`;
    return callTitle({ ...emptyView, group }, { language: 'en', words, count });
  };

  it('are the name of the group, or those of the others in it', () => {
    expect(title(['Bao'], 'Design')).toBe('Design');
    expect(title(['Bao'])).toBe('call.with: Bao');
    expect(title(['Bao', 'Carla', 'Deng'])).toBe('call.with: Bao, Carla, and Deng');
    expect(title(['Bao', 'Carla', 'Deng', 'Emil', 'Frida'])).toBe(
      'call.with: Bao, Carla, and 3 call.others',
    );
  });
});

describe('the keys', () => {
  const mute = (): void => undefined;
  const key = (more: object): KeyboardEvent => ({ key: 'm', ...more }) as KeyboardEvent;

  it('work in either case', () => {
    expect(actionForKey(key({}), { m: mute })).toBe(mute);
    expect(actionForKey(key({ key: 'M' }), { m: mute })).toBe(mute);
    expect(actionForKey(key({ key: 'x' }), { m: mute })).toBeUndefined();
  });

  it.each(['ctrlKey', 'altKey', 'metaKey', 'shiftKey', 'repeat', 'isComposing'])(
    'do nothing with %s',
    (flag) => {
      expect(actionForKey(key({ [flag]: true }), { m: mute })).toBeUndefined();
    },
  );
});

describe('the marks', () => {
  it('are made once each', () => {
    const made: string[] = [];
    const mark = createMarks({
      mark: (name: string) => {
        made.push(name);
        return {} as PerformanceMark;
      },
    });
    mark('peal:started');
    mark('peal:started');
    expect(made).toEqual(['peal:started']);
  });
});
