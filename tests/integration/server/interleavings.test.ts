/**
 * Commands that meet: every order in which they can begin and commit, on both databases, on PostgreSQL by two servers.
 * The database lets one at the world after the other; so an order of commits is forced by holding the first at a gate
 * inside its transaction until all others have asked. Whatever the order was, the calls, the answers and the records
 * are those of the same commands one by one, and each scene says what that has to mean.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EndReason } from '#protocol/end-reason';
import { systemClock } from '#server/clock';
import { CommandRunner } from '#server/calls/command-runner';
import { LiveCalls } from '#server/calls/live-calls';
import type { CallState } from '#server/calls/rules/call-state';
import type { World } from '#server/calls/rules/command';
import { recordsFor } from '#server/calls/rules/records';
import { defaultUserRules } from '#server/calls/rules/user-rules';
import { silentLog } from '#server/log';
import { openStore } from '#server/store/open-store';
import type { Store } from '#server/store/store';
import { groupScenes } from '../../support/group-scenes';
import {
  type Act,
  Gate,
  type Outcome,
  perform,
  performOneByOne,
  permutations,
  t0,
  times,
} from '../../support/meeting-commands';
import { type After, Cast, type Scene } from '../../support/meeting-scenes';
import { storeBenches } from '../../support/store-benches';

const annaCallsBao = (cast: Cast): Act => cast.start('anna', 'desk', 'bao');
const ringEnd = t0 + times.ringMs;

/** Bao's desk talks with Cem. */
const baoAndCem = (cast: Cast): Act[] => [
  cast.start('cem', 'desk', 'bao'),
  cast.claim('desk', 'cem-bao'),
  cast.join('desk', 'cem-bao'),
];

const kickedOrHungUp = ({ call, leg }: After, hungUp: string): void => {
  expect(call('cem-bao')?.endedAt).toBeDefined();
  const reasons = [leg('cem-bao', 'bao')?.reason, leg('cem-bao', 'cem')?.reason];
  const possible = {
    kicked: [EndReason.OTHER_CLIENT_JOINED_CALL, EndReason.REMOTE_OTHER_CLIENT_JOINED_CALL],
    bao: [EndReason.HANGUP, EndReason.REMOTE_HANGUP],
    cem: [EndReason.REMOTE_HANGUP, EndReason.HANGUP],
  };
  expect([possible.kicked, hungUp === 'bao' ? possible.bao : possible.cem]).toContainEqual(reasons);
};

const scenes: readonly Scene[] = [
  {
    title: 'two claims: one device has the call',
    before: (cast) => [annaCallsBao(cast)],
    acts: (cast) => [cast.claim('desk'), cast.claim('laptop')],
    check: ({ accepted, errors, leg, call }) => {
      expect([accepted.length, errors]).toEqual([1, ['already-claimed']]);
      const winner = accepted[0]?.includes('desk') ? 'bao-desk' : 'bao-laptop';
      expect(leg('anna-bao', 'bao')).toMatchObject({ state: 'claimed', deviceId: winner });
      expect(call('anna-bao')?.revision).toBe(2);
    },
  },
  {
    title: 'a claim and a cancel: the call is over, cancelled',
    before: (cast) => [annaCallsBao(cast)],
    acts: (cast) => [cast.claim('desk'), cast.leave('anna', 'desk')],
    check: ({ accepted, errors, leg }) => {
      expect(accepted).toContain('anna desk leaves anna-bao');
      expect([[], ['call-ended']]).toContainEqual(errors);
      expect(leg('anna-bao', 'anna')).toMatchObject({ reason: EndReason.CANCEL, cause: 'self' });
      expect(leg('anna-bao', 'bao')).toMatchObject({ cause: 'call-ended' });
    },
  },
  {
    title: 'a claim and a decline on another device: one of them counts',
    before: (cast) => [annaCallsBao(cast)],
    acts: (cast) => [cast.claim('desk'), cast.leave('bao', 'laptop')],
    check: ({ accepted, errors, leg }) => {
      expect(accepted).toHaveLength(1);
      const isClaimed = leg('anna-bao', 'bao')?.state === 'claimed';
      expect(errors).toEqual([isClaimed ? 'already-claimed' : 'call-ended']);
      expect(leg('anna-bao', 'bao')?.reason).toBe(isClaimed ? undefined : EndReason.REJECT);
    },
  },
  {
    title: 'a claim and the end of the ring: answered or missed, never both',
    before: (cast) => [annaCallsBao(cast)],
    acts: (cast) => [
      cast.claim('desk', 'anna-bao', { nowMs: ringEnd - 1 }),
      cast.deadline(ringEnd),
    ],
    check: ({ errors, leg }) => {
      const isClaimed = leg('anna-bao', 'bao')?.state === 'claimed';
      expect(errors).toEqual(isClaimed ? [] : ['call-ended']);
      expect(leg('anna-bao', 'bao')?.reason).toBe(isClaimed ? undefined : EndReason.NO_RESPONSE);
    },
  },
  {
    title: 'a join and its deadline: joined or failed, never both',
    before: (cast) => [annaCallsBao(cast), cast.claim('desk')],
    acts: (cast) => [cast.join('desk'), cast.deadline(t0 + 1_000 + times.joinMs)],
    check: ({ errors, leg }) => {
      const isJoined = leg('anna-bao', 'bao')?.state === 'joined';
      expect(errors).toEqual(isJoined ? [] : ['call-ended']);
      const reason = isJoined ? undefined : EndReason.GET_MEDIA_RESOURCES_ERROR;
      expect(leg('anna-bao', 'bao')?.reason).toBe(reason);
    },
  },
  {
    title: 'two people who call each other: one call with both in it',
    before: () => [],
    acts: (cast) => [cast.start('anna', 'desk', 'bao'), cast.start('bao', 'desk', 'anna')],
    check: ({ cast, outcomes, call }) => {
      expect(new Set(outcomes.map(({ callId }) => callId)).size).toBe(1);
      const calls = ['anna-bao', 'bao-anna'].flatMap((name) => call(name) ?? []);
      expect(calls).toHaveLength(1);
      const legs = calls[0]?.legs.map(({ userId, state }) => [userId, state]).toSorted();
      expect(legs).toEqual([
        [cast.id('anna'), 'joined'],
        [cast.id('bao'), 'joined'],
      ]);
    },
  },
  {
    title: 'two people who call each other and a second device that answers: one device each',
    before: () => [],
    acts: (cast) => [
      cast.start('anna', 'desk', 'bao'),
      cast.start('bao', 'desk', 'anna'),
      cast.claim('laptop'),
    ],
    check: ({ call }) => {
      const calls = ['anna-bao', 'bao-anna'].flatMap((name) => call(name) ?? []);
      expect(calls).toHaveLength(1);
    },
  },
  {
    title: 'two devices of one user that start calls: the rule refuses the later one',
    before: () => [],
    acts: (cast) => [cast.start('anna', 'desk', 'bao'), cast.start('anna', 'laptop', 'cem')],
    check: ({ errors }) => expect(errors).toEqual(['in-call-elsewhere']),
  },
  {
    title: 'two people who call the same third: one rings, the other is told busy',
    before: () => [],
    acts: (cast) => [cast.start('anna', 'desk', 'cem'), cast.start('bao', 'desk', 'cem')],
    check: ({ leg }) => {
      const reasons = [leg('anna-cem', 'cem')?.reason, leg('bao-cem', 'cem')?.reason];
      expect(new Set(reasons)).toEqual(new Set([undefined, EndReason.BUSY_LINE]));
    },
  },
  {
    title: 'a second device that takes over and a hang-up on the first',
    before: baoAndCem,
    acts: (cast) => [
      cast.start('bao', 'laptop', 'anna', { joinType: 0 }),
      cast.leave('bao', 'desk', 'cem-bao'),
    ],
    check: (after) => {
      expect(after.errors).toEqual([]);
      expect(after.leg('bao-anna', 'bao')).toMatchObject({ deviceId: 'bao-laptop' });
      expect(after.call('bao-anna')?.endedAt).toBeUndefined();
      kickedOrHungUp(after, 'bao');
    },
  },
  {
    title: 'a second device that takes over and a hang-up at the other end',
    before: baoAndCem,
    acts: (cast) => [
      cast.start('bao', 'laptop', 'anna', { joinType: 0 }),
      cast.leave('cem', 'desk', 'cem-bao'),
    ],
    check: (after) => kickedOrHungUp(after, 'cem'),
  },
  {
    title: 'a second device that answers another call, a hang-up on the first and a cancel',
    rules: { bao: { busy: 'device' } },
    before: (cast) => [...baoAndCem(cast), annaCallsBao(cast)],
    acts: (cast) => [
      cast.claim('laptop', 'anna-bao', { joinType: 0 }),
      cast.leave('bao', 'desk', 'cem-bao'),
      cast.leave('anna', 'desk'),
    ],
    check: (after) => {
      expect(after.leg('anna-bao', 'anna')?.reason).toBe(EndReason.CANCEL);
      kickedOrHungUp(after, 'bao');
    },
  },
  {
    title: 'two claims and a cancel',
    before: (cast) => [annaCallsBao(cast)],
    acts: (cast) => [cast.claim('desk'), cast.claim('laptop'), cast.leave('anna', 'desk')],
    check: ({ leg }) => {
      expect(leg('anna-bao', 'anna')).toMatchObject({ reason: EndReason.CANCEL });
    },
  },
  {
    title: 'two claims and the end of the ring',
    before: (cast) => [annaCallsBao(cast)],
    acts: (cast) => [
      cast.claim('desk', 'anna-bao', { nowMs: ringEnd - 1 }),
      cast.claim('laptop', 'anna-bao', { nowMs: ringEnd - 1 }),
      cast.deadline(ringEnd),
    ],
    check: ({ accepted, leg }) => {
      const claims = accepted.filter((name) => name.includes('claims'));
      expect(claims).toHaveLength(leg('anna-bao', 'bao')?.state === 'claimed' ? 1 : 0);
    },
  },
  {
    title: 'a claim, a cancel and the end of the ring: one reason each',
    before: (cast) => [annaCallsBao(cast)],
    acts: (cast) => [
      cast.claim('desk', 'anna-bao', { nowMs: ringEnd - 1 }),
      cast.leave('anna', 'desk'),
      cast.deadline(ringEnd),
    ],
    check: ({ call, leg }) => {
      expect(call('anna-bao')?.endedAt).toBeDefined();
      const own = leg('anna-bao', 'anna')?.reason;
      expect([EndReason.CANCEL, EndReason.REMOTE_NO_RESPONSE]).toContain(own);
    },
  },
  {
    title: 'a removal and a hang-up: the hang-up counts unless the removal was carried out',
    before: (cast) => [annaCallsBao(cast), cast.claim('desk'), cast.join('desk')],
    acts: (cast) => [cast.remove('bao'), cast.leave('bao', 'desk'), cast.deadline(t0 + 1_001)],
    check: ({ leg }) => {
      const own = leg('anna-bao', 'bao')?.reason;
      expect([EndReason.HANGUP, EndReason.KICKED_BY_SERVER]).toContain(own);
    },
  },
  ...groupScenes,
];

describe.each(storeBenches)('commands that meet on $name', ({ bench }) => {
  let store: Store;
  /** Another server on the same database, where it can be shared. */
  let second: Store;
  let runs = 0;

  beforeAll(async () => {
    await bench.start();
    const place = await bench.place();
    store = await openStore(place, silentLog);
    second = bench.isShared ? await openStore(place, silentLog) : store;
  });
  afterAll(async () => {
    if (second !== store) await second.close();
    await store.close();
    await bench.stop();
  });

  const names = ['anna', 'bao', 'cem', 'dora'];

  const newCast = async (): Promise<Cast> => {
    runs += 1;
    const cast = new Cast(runs);
    for (const name of names) {
      const user = { userId: cast.id(name), name, passwordHash: null, createdAt: t0 };
      await store.users.add(user);
    }
    return cast;
  };

  const storeOf = (index: number): Store => (index % 2 === 0 ? store : second);

  /** Begins an act, and writes down when it is its turn in the database. */
  type Begin = (act: Act, index: number, inside?: () => Promise<void>) => Promise<Outcome>;

  /** All at once, in this order of asking, on two servers by turns. */
  const atOnce = (acts: readonly Act[], begin: Begin): Promise<Outcome[]> =>
    Promise.all(acts.map((act, index) => begin(act, index)));

  /** The first one has written, and holds its locks until all others have asked: it commits first. */
  const firstHeld = async (acts: readonly Act[], begin: Begin): Promise<Outcome[]> => {
    const gate = new Gate();
    const all = acts.map(async (act, index) => {
      if (index === 0) return begin(act, index, () => gate.pass());
      await gate.reached;
      return begin(act, index);
    });
    await gate.reached;
    // As far as another transaction can come meanwhile. On SQLite the gate holds the only connection.
    if (bench.isShared) for (let n = 0; n < 5; n += 1) await second.ping();
    gate.open();
    return Promise.all(all);
  };

  /** The first one has written and fails before it commits, as if its server had died; then it comes again, last. */
  const firstFails = async (acts: readonly Act[], begin: Begin): Promise<Outcome[]> => {
    const [first, ...others] = acts;
    const gate = new Gate();
    const failing = perform(store, first!, async () => {
      await gate.pass();
      throw new Error('on purpose');
    });
    const failed = expect(failing).rejects.toThrow('on purpose');
    await gate.reached;
    const asked = others.map((act, index) => begin(act, index + 1));
    gate.open();
    await failed;
    const outcomes = await Promise.all(asked);
    return [await begin(first!, 0), ...outcomes];
  };

  const ways = [
    { way: 'all at once', meet: atOnce },
    { way: 'with the first held until all have asked', meet: firstHeld },
    { way: 'with the first failing and coming again', meet: firstFails },
  ];

  const rulesFor = async (cast: Cast, { rules = {} }: Scene): Promise<World['rules']> => {
    const entries = Object.entries(rules);
    for (const [name, change] of entries) await store.rules.set(cast.id(name), change);
    return new Map(
      entries.map(([name, change]) => [cast.id(name), { ...defaultUserRules, ...change }]),
    );
  };

  const expectRecordsOf = async (calls: readonly CallState[], cast: Cast): Promise<void> => {
    for (const name of names) {
      const userId = cast.id(name);
      const expected = calls.flatMap((call) => recordsFor(call));
      const own = expected.filter((record) => record.userId === userId);
      const kept = await store.records.list(userId, undefined, 50);
      const withOwner = kept.map((record) => ({ userId, ...record }));
      const byId = (one: { recordId: string }, other: { recordId: string }): number =>
        one.recordId < other.recordId ? -1 : 1;
      expect(withOwner.toSorted(byId)).toEqual(own.toSorted(byId));
    }
  };

  const expectOneCallForEachDevice = (calls: readonly CallState[]): void => {
    const unended = calls.filter((call) => call.endedAt === undefined);
    const devices = unended.flatMap(({ legs }) =>
      legs.flatMap(({ state, userId, deviceId }) =>
        state === 'claimed' || state === 'joined' ? [`${userId} ${String(deviceId)}`] : [],
      ),
    );
    expect(new Set(devices).size).toBe(devices.length);
  };

  const play = async (scene: Scene, order: readonly number[], meet: typeof atOnce) => {
    const cast = await newCast();
    const rules = await rulesFor(cast, scene);
    const before = scene.before(cast);
    for (const act of before) expect(await perform(store, act)).toMatchObject({ error: null });
    const acts = scene.acts(cast);
    const turns: Act[] = [];
    const outcomes = await meet(
      order.map((at) => acts[at]!),
      (act, index, inside) =>
        perform(storeOf(index), act, () => {
          turns.push(act);
          return inside?.() ?? Promise.resolve();
        }),
    );
    const expected = performOneByOne(
      [...before, ...turns],
      names.map((n) => cast.id(n)),
      rules,
    );
    const calls = await store.calls.find(expected.calls.map(({ callId }) => callId));
    return { cast, acts, turns, before, outcomes, expected, calls };
  };

  describe.each(ways)('$way', ({ way, meet }) => {
    const cases = scenes.flatMap((scene) => {
      const acts = scene.acts(new Cast(0));
      return permutations(acts.map((_, at) => at)).map((order) => {
        const title = `${scene.title} (${order.map((at) => acts[at]!.name).join(', ')})`;
        return [title, scene, order] as const;
      });
    });

    it.each(cases)('%s', async (_title, scene, order) => {
      const played = await play(scene, order, meet);
      const { cast, turns, before, outcomes, expected, calls } = played;
      expect(turns).toHaveLength(played.acts.length);
      if (way.includes('held')) expect(turns[0]).toBe(played.acts[order[0]!]);
      if (way.includes('failing')) expect(turns.at(-1)).toBe(played.acts[order[0]!]);
      const byName = new Map(expected.outcomes.slice(before.length).map((one) => [one.name, one]));
      expect(outcomes).toEqual(outcomes.map(({ name }) => byName.get(name)));
      const byId = new Map(expected.calls.map((call) => [call.callId, call]));
      expect(new Map(calls.map((call) => [call.callId, call]))).toEqual(byId);
      await expectRecordsOf(calls, cast);
      expectOneCallForEachDevice(calls);
      const call = (name: string) => calls.find(({ callId }) => callId === cast.id(name));
      scene.check({
        ...{ cast, outcomes, call },
        leg: (name, user) => call(name)?.legs.findLast(({ userId }) => userId === cast.id(user)),
        accepted: outcomes.filter(({ error }) => error === null).map(({ name }) => name),
        errors: outcomes.flatMap(({ error }) => error ?? []),
      });
    });
  });

  it('carries out a command once that comes to two servers at the same time', async () => {
    const cast = await newCast();
    const changes: CallState[] = [];
    let repeated = 0;
    const runnerOn = (on: Store): CommandRunner =>
      new CommandRunner({
        ...{ store: on, live: new LiveCalls(), clock: systemClock, times, log: silentLog },
        devicesOf: () => [],
        onChange: ({ call }) => void changes.push(call),
        onRepeated: () => (repeated += 1),
      });
    const key = { ...cast.device('anna', 'desk'), commandId: 'once' };
    // As two servers would make them: the same request, each with call ids of its own.
    const acts = [1, 2].map((n) => cast.start('anna', 'desk', 'bao', { callId: cast.id(`c${n}`) }));
    const answers = await Promise.all(
      acts.map(({ scope, command }, at) => runnerOn(storeOf(at)).run({ scope, command, key })),
    );
    expect(answers[0]).toMatchObject({ ok: true });
    expect(answers[1]).toEqual(answers[0]);
    expect(changes).toHaveLength(1);
    expect(repeated).toBe(1);
    expect(await store.calls.unendedOf(cast.id('anna'))).toHaveLength(1);
  });
});
