import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallRules } from '#common/ipc';
import type { RulesProblem } from '#common/problems';
import { defaultCallRules } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { useRules } from '../../../../renderer/home/stores/rules';
import { onHomePage } from './support/home-page';

type Answer = (result: Result<CallRules, RulesProblem>) => void;

const initial: CallRules = defaultCallRules;

let asked: unknown[];
let answers: Answer[];
let push: (rules: CallRules) => void;
let rules: ReturnType<typeof useRules>;

const pending = (request: unknown): Promise<Result<CallRules, RulesProblem>> => {
  asked.push(request);
  return new Promise((answer) => answers.push(answer));
};

beforeEach(async () => {
  asked = [];
  answers = [];
  rules = onHomePage(
    {
      getRules: () => Promise.resolve(initial),
      block: pending,
      setRules: pending,
      findPeople: (request) => {
        asked.push(request);
        return Promise.resolve(ok([{ userId: 'bao', name: 'Bao Nguyen' }]));
      },
      onRulesChanged: (listener) => {
        push = listener;
        return () => undefined;
      },
    },
    () => useRules(),
  );
  rules.start();
  await rules.load();
});

describe('the call rules in home', () => {
  it('are those of main, and follow what another device changed', () => {
    expect(rules.rules).toEqual(initial);
    push({ ...initial, blockedUserIds: ['bao'] });
    expect(rules.isBlocked('bao')).toBe(true);
    expect(rules.isBlocked('anna')).toBe(false);
  });

  it('block somebody once, however often it is clicked', async () => {
    const first = rules.block('bao', true);
    const second = rules.block('bao', true);
    expect(asked).toEqual([{ userId: 'bao', blocked: true }]);
    expect(rules.isBlocked('bao')).toBe(false);
    answers[0]?.(ok({ ...initial, blockedUserIds: ['bao'] }));
    expect([await first, await second]).toEqual([true, false]);
    expect(rules.isBlocked('bao')).toBe(true);
  });

  it('say why nobody was blocked', async () => {
    const blocking = rules.block('bao', true);
    answers[0]?.(err('too-many'));
    expect(await blocking).toBe(false);
    expect(rules.problem).toBe('too-many');
    expect(rules.isBlocked('bao')).toBe(false);
    rules.forgetProblem();
    expect(rules.problem).toBeNull();
  });

  it('show a new choice at once, and take it back when it could not be kept', async () => {
    const changing = rules.change({ busy: 'device' });
    expect(rules.rules?.busy).toBe('device');
    answers[0]?.(err('offline'));
    await changing;
    expect(rules.rules).toEqual(initial);
    expect(rules.problem).toBe('offline');
  });

  it('save what is chosen meanwhile next: the last choice counts', async () => {
    const changing = rules.change({ busy: 'device' });
    void rules.change({ secondDevice: 2 });
    void rules.change({ secondDevice: 0 });
    expect(rules.rules).toMatchObject({ busy: 'device', secondDevice: 0 });
    expect(asked).toEqual([{ busy: 'device' }]);
    answers[0]?.(ok({ ...initial, busy: 'device' }));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]).toEqual({ busy: 'device', secondDevice: 0 });
    expect(rules.rules?.secondDevice).toBe(0);
    answers[1]?.(ok({ ...initial, busy: 'device', secondDevice: 0 }));
    await changing;
    expect(rules.rules).toEqual({ ...initial, busy: 'device', secondDevice: 0 });
    expect(rules.isSaving).toBe(false);
  });

  it('save of "do not disturb" only what was chosen, beside what another device changes', async () => {
    const changing = rules.change({ doNotDisturb: { until: 0 } });
    const schedule = { days: [1], fromMinute: 0, toMinute: 60, timeZone: 'UTC' };
    push({ ...initial, doNotDisturb: { ...initial.doNotDisturb, schedule } });
    expect(rules.rules?.doNotDisturb).toEqual({ until: 0, schedule, favouritesRing: true });
    void rules.change({ doNotDisturb: { favouritesRing: false } });
    const [first, second] = [{ until: 0 }, { until: 0, favouritesRing: false }];
    answers[0]?.(ok({ ...initial, doNotDisturb: { ...initial.doNotDisturb, ...first, schedule } }));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked).toEqual([{ doNotDisturb: first }, { doNotDisturb: second }]);
    expect(rules.rules?.doNotDisturb).toEqual({ ...second, schedule });
    answers[1]?.(ok({ ...initial, doNotDisturb: { ...second, schedule } }));
    await changing;
    expect(rules.rules?.doNotDisturb).toEqual({ ...second, schedule });
  });

  it('take back every choice when the first of them could not be kept', async () => {
    const changing = rules.change({ busy: 'device' });
    void rules.change({ busy: 'user', secondDevice: 2 });
    answers[0]?.(err('offline'));
    await changing;
    expect(rules.rules).toEqual(initial);
    expect(asked).toHaveLength(1);
    expect(rules.problem).toBe('offline');
  });

  it('save what is chosen while somebody is being blocked', async () => {
    const blocking = rules.block('bao', true);
    void rules.change({ busy: 'device' });
    expect(asked).toHaveLength(1);
    answers[0]?.(ok({ ...initial, blockedUserIds: ['bao'] }));
    expect(await blocking).toBe(true);
    expect(asked[1]).toEqual({ busy: 'device' });
    expect(rules.rules?.busy).toBe('device');
  });

  it('keep what another device changed while an own change fails', async () => {
    const changing = rules.change({ busy: 'device' });
    push({ ...initial, secondDevice: 2 });
    answers[0]?.(err('server-error'));
    await changing;
    expect(rules.rules).toEqual({ ...initial, secondDevice: 2 });
  });

  it('change nothing before they are known', async () => {
    rules.reset();
    await rules.change({ secondDevice: 0 });
    expect(asked).toEqual([]);
    expect(rules.rules).toBeNull();
  });

  it('name the blocked people, and ask for no name twice', async () => {
    push({ ...initial, blockedUserIds: ['bao', 'gone'] });
    expect(rules.blocked.map(({ name }) => name)).toEqual(['bao', 'gone']);
    await rules.nameBlocked();
    expect(rules.blocked.map(({ name }) => name)).toEqual(['Bao Nguyen', 'gone']);
    await rules.nameBlocked();
    expect(asked).toEqual([{ userIds: ['bao', 'gone'] }, { userIds: ['gone'] }]);
  });
});
