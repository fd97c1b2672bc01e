/** Random histories of calls in a SimWorld: what happens, how it comes to rest, and what must be true then. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import type { RequestError } from '#main/signaling/pending-requests';
import { remoteView } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import { limits } from '#protocol/limits';
import type { Result } from '#protocol/result';
import { type CallSnapshot, type Leg, connectedAt, legOf } from '#protocol/snapshot';
import { RawClient } from './raw-client';
import { SimDevice, type SimWorld, isJoinedOn, simTimes } from './sim-world';
import { waitFor, within } from './wait';

/** A command waits for its answer over several sockets, but not for ever. */
const phaseLimitMs = 30_000;

const people = ['anna', 'bao', 'carla'] as const;
const openings = [
  ...(['none', 'ringing', 'claimed', 'talking', 'linked', 'glare'] as const),
  /** A third person calls somebody who talks: who is busy, or rings on the other device. */
  ...(['third', 'second-ring'] as const),
] as const;

const withThird: ReadonlySet<string> = new Set(['third', 'second-ring']);

type Rung = 'call.ringing' | 'call.claim' | 'call.join';
const toTalking: readonly Rung[] = ['call.ringing', 'call.claim', 'call.join'];

/** How far the first call has come when chance takes over. */
const rungsTo: Readonly<Record<(typeof openings)[number], readonly Rung[]>> = {
  none: [],
  glare: [],
  ringing: toTalking.slice(0, 1),
  claimed: toTalking.slice(0, 2),
  talking: toTalking,
  linked: toTalking,
  third: toTalking,
  'second-ring': toTalking,
};

const happenings = [
  ...(['start', 'start', 'ringing', 'ringing', 'claim', 'claim', 'claim', 'join', 'join'] as const),
  ...(['leave', 'fail', 'media', 'link', 'unlink', 'again', 'cancel-start', 'signal'] as const),
  ...(['cut', 'cut', 'crash', 'revive', 'offline', 'back', 'restart'] as const),
  ...(['block', 'unblock', 'busy', 'second-device', 'remove', 'stranger'] as const),
  ...(['silenced', 'quiet', 'favourite', 'away'] as const),
] as const;
type What = (typeof happenings)[number];

/** Numbers choose among what there is at that moment. */
const happening = fc.record({
  what: fc.constantFrom(...happenings),
  who: fc.nat(11),
  call: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
  choice: fc.nat(11),
  /** Whether the next thing waits for the answer to this one. */
  waits: fc.boolean(),
  pauseMs: fc.constantFrom(0, 0, 0, 0, 3, 10, 30, 100, 400, 1_100),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

export const anyHistory = fc.record({
  opening: fc.constantFrom(...openings),
  steps: fc.array(happening, { minLength: 6, maxLength: 18 }),
  /** Whether any device or user may be in two calls at once by their own wish. */
  mayCoexist: fc.boolean(),
  /** Whether crashed apps are started again before everything comes to rest. */
  revives: fc.boolean(),
});
export type History = typeof anyHistory extends fc.Arbitrary<infer T> ? T : never;

/** How often something was met. */
export type Counts = Map<string, number>;

/** Plays it and checks it. Rejects with what was wrong. */
export async function playHistory(world: SimWorld, history: History): Promise<Counts> {
  const play = new Play(world, history);
  try {
    await within(play.begin(), phaseLimitMs, 'signing in');
    await within(play.open(), phaseLimitMs, 'the opening');
    for (const step of history.steps) await within(play.step(step), phaseLimitMs, step.what);
    await within(play.settle(), 2 * phaseLimitMs, 'coming to rest');
    await within(play.check(), phaseLimitMs, 'the checks');
    return play.counts;
  } finally {
    play.end();
  }
}

type Three = [SimDevice, SimDevice, SimDevice];
type Answer = Result<unknown, RequestError>;

class Play {
  readonly counts: Counts = new Map();
  readonly #world: SimWorld;
  readonly #history: History;
  readonly #devices: readonly SimDevice[];
  readonly #callIds = new Set<string>();
  readonly #answers: Promise<unknown>[] = [];
  readonly #errorsBefore: number;
  #last: (() => Promise<Answer>) | null = null;
  #lastStart: { readonly device: SimDevice; readonly id: string } | null = null;
  #restarts = 0;

  constructor(world: SimWorld, history: History) {
    const id = randomUUID().slice(0, 8);
    this.#world = world;
    this.#history = history;
    this.#errorsBefore = world.errors.length;
    this.#devices = people.flatMap((name) =>
      [1, 2].map((n) => new SimDevice(world, `${name}-${id}`, `${name}-${id}-${n}`)),
    );
  }

  async begin(): Promise<void> {
    await Promise.all(this.#devices.map((device) => device.start()));
    await Promise.all(this.#devices.map((device) => device.online()));
  }

  end(): void {
    for (const device of this.#devices) device.crash();
  }

  /** The first call, as far as the history wants it, each step answered before the next. */
  async open(): Promise<void> {
    const [anna, bao, carla] = [0, 2, 4].map((n) => this.#devices[n]!) as Three;
    const { opening } = this.#history;
    if (opening === 'none') return;
    if (opening === 'second-ring') await bao.ask('rules.set', { busy: 'device' });
    const started = this.#start(anna, bao.userId, 2);
    // Both at the same moment.
    if (opening === 'glare') await this.#start(bao, anna.userId, 1);
    await started;
    const callId = [...this.#callIds][0] ?? 'no-call';
    for (const rung of rungsTo[opening]) await this.#run(bao, () => bao.ask(rung, { callId }));
    const isLinked = opening === 'linked' || withThird.has(opening);
    for (const one of isLinked ? [anna, bao] : []) this.#link(one, callId, true);
    if (withThird.has(opening)) await this.#start(carla, bao.userId, 1);
  }

  async step(step: Happening): Promise<void> {
    this.#count(`happening ${step.what}`);
    const done = this.#happen(step);
    this.#answers.push(done);
    if (step.waits) await done;
    await delay(step.pauseMs);
  }

  /** Everybody who still runs comes back and hangs up; what has crashed is put out by the time limits. */
  async settle(): Promise<void> {
    await within(this.#world.steady(), phaseLimitMs, 'the restart');
    for (const device of this.#devices) device.setOffline(false);
    if (this.#history.revives) await Promise.all(this.#devices.map((device) => device.start()));
    const running = this.#devices.filter(({ isRunning }) => isRunning);
    await Promise.all(running.map((device) => device.online()));
    await within(Promise.all(this.#answers), phaseLimitMs, 'all answers');
    await this.#untilQuiet(running);
  }

  async #untilQuiet(running: readonly SimDevice[]): Promise<void> {
    const { ringMs, graceMs, joinMs } = simTimes;
    const unended = async (): Promise<number> => {
      for (const device of running) {
        for (const { callId } of device.unended()) {
          void device.ask('call.leave', { callId, why: 'hangup' });
        }
        device.beat();
      }
      return (await this.#world.admin.listCalls()).length;
    };
    await waitFor(async () => (await unended()) === 0, {
      what: 'the end of all calls',
      withinMs: ringMs + graceMs + joinMs + 20_000,
      everyMs: 200,
    });
    const told = (): boolean => {
      for (const device of running) device.beat();
      return running.every((device) => device.unended().length === 0);
    };
    await waitFor(told, { what: 'everybody knows of the ends', withinMs: 20_000, everyMs: 50 });
  }

  async check(): Promise<void> {
    const truth = new Map<string, CallSnapshot>();
    for (const name of new Set(this.#devices.map(({ userId }) => userId))) {
      for (const call of await this.#askServer(name)) truth.set(call.callId, call);
    }
    for (const callId of this.#callIds) assert.ok(truth.has(callId), 'the server knows the call');
    for (const call of truth.values()) this.#checkCall(call);
    checkNobodyTwice([...truth.values()], this.#history.mayCoexist);
    for (const device of this.#devices) {
      assert.deepEqual(device.problems, []);
      for (const held of device.held.values()) {
        if (!device.isRunning || device.over.has(held.callId)) continue;
        assert.deepEqual(held, truth.get(held.callId), `${device.deviceId} agrees`);
      }
    }
    assert.deepEqual(this.#world.errors.slice(this.#errorsBefore), [], 'no bug in the log');
  }

  /** A device that has been nowhere so far asks for the records and for every call. */
  async #askServer(userId: string): Promise<readonly CallSnapshot[]> {
    const credential = await this.#world.credential(userId);
    const { client } = await RawClient.signedIn(this.#world.url, credential, `${userId}-witness`);
    const { records } = await client.request('records.list', {});
    const inRecords = records.map(({ callId }) => callId).sort();
    // A start whose answer was lost with its device happened all the same.
    const known = new Set([...this.#callIds, ...inRecords]);
    const calls = await this.#callsOf(client, [...known]);
    await client.close();
    const own = calls.filter((call) => legOf(call, userId));
    assert.deepEqual(inRecords, own.map(({ callId }) => callId).sort(), 'one record for each call');
    for (const record of records) {
      const call = own.find(({ callId }) => callId === record.callId)!;
      const deviceId = legOf(call, userId)?.deviceId ?? '';
      assert.equal(
        record.endReason,
        endReasonFor(call, { userId, deviceId }),
        'the record’s reason',
      );
      assert.equal(record.connectedAt, connectedAt(call, userId), 'the record’s time');
      assert.equal(record.silenced, legOf(call, userId)?.silenced, 'the record’s silence');
      assert.equal(record.reply, call.legs.find(({ reply }) => reply)?.reply, 'the record’s word');
    }
    return own;
  }

  /** As many at once as a heartbeat may name. */
  async #callsOf(client: RawClient, callIds: readonly string[]): Promise<readonly CallSnapshot[]> {
    const most = limits.heartbeatCalls;
    const found: CallSnapshot[] = [];
    for (let from = 0; from < callIds.length; from += most) {
      const part = callIds.slice(from, from + most);
      const known = Object.fromEntries(part.map((callId) => [callId, 0]));
      const { calls } = await client.request('heartbeat', { calls: known, live: {} });
      found.push(...calls);
    }
    return found;
  }

  #checkCall(call: CallSnapshot): void {
    assert.notEqual(call.endedAt, undefined, 'the call is over');
    assert.equal(call.legs.length, 2, 'two people');
    const [one, other] = call.legs as [Leg, Leg];
    for (const [leg, opposite] of [
      [one, other],
      [other, one],
    ] as const) {
      assert.equal(leg.state, 'left', 'nobody is left in it');
      assert.ok((leg.reason ?? 0) > 0, 'one reason');
      assert.ok(leg.cause !== undefined, 'one cause');
      if (leg.cause === 'call-ended') {
        assert.equal(leg.reason, remoteView(opposite.reason), 'each sees the other’s reason');
      }
      this.#count(`ended ${String(leg.reason)} ${leg.cause}`);
      if (leg.silenced) this.#count('silenced');
      if (leg.reply !== undefined) this.#count('reply');
    }
    assert.ok(one.cause !== 'call-ended' || other.cause !== 'call-ended', 'somebody ended it');
    if (call.mediaChangedBy !== undefined) this.#count('media changed');
    if (connectedAt(call, one.userId) > 0) this.#count('connected');
  }

  // -- what happens

  async #happen(step: Happening): Promise<void> {
    const device = this.#who(step);
    const happen: Partial<Record<What, () => unknown>> = {
      start: () => this.#start(device, this.#target(step), step.choice % 2 === 0 ? 1 : 2, step),
      again: () => this.#last?.(),
      'cancel-start': () => this.#cancelStart(),
      restart: () => this.#restart(),
      cut: () => device.cut(),
      crash: () => device.crash(),
      revive: () => Promise.all(this.#devices.map((one) => one.start())),
      offline: () => device.setOffline(true),
      back: () => {
        for (const one of this.#devices) one.setOffline(false);
      },
      block: () => this.#block(device, this.#target(step), true),
      unblock: () => this.#block(device, this.#target(step), false),
      busy: () => {
        const busy = step.choice % 2 === 0 ? 'device' : 'user';
        return this.#run(device, () => device.ask('rules.set', { busy }));
      },
      quiet: () => this.#beQuiet(device, step.choice),
      favourite: () => this.#favour(device, this.#target(step), step.choice % 3 !== 0),
      away: () => {
        const report = { isAway: step.choice % 2 === 0, isQuiet: step.choice % 3 === 0 };
        return this.#run(device, () => device.ask('presence.report', report));
      },
      'second-device': () => {
        const secondDevice = this.#joinType(step.choice) ?? 1;
        return this.#run(device, () => device.ask('rules.set', { secondDevice }));
      },
    };
    const known = happen[step.what];
    await (known ? known() : this.#command(device, step.what, step));
  }

  /** Until it is switched off again, for less than a ring, or not at all. */
  #beQuiet(device: SimDevice, choice: number): Promise<Answer> {
    const until = [0, Date.now() + simTimes.ringMs / 2, null][choice % 3] ?? null;
    const doNotDisturb = { until, schedule: null, favouritesRing: choice % 2 === 0 };
    return this.#run(device, () => device.ask('rules.set', { doNotDisturb }));
  }

  #restart(): Promise<void> {
    this.#restarts += 1;
    return this.#world.restart();
  }

  async #cancelStart(): Promise<unknown> {
    const start = this.#lastStart;
    if (!start) return undefined;
    const { device, id } = start;
    return this.#run(device, () => device.ask('call.cancel-start', { commandId: id }));
  }

  async #block(device: SimDevice, userId: string, blocked: boolean): Promise<unknown> {
    // Nobody can block themselves.
    if (userId === device.userId) return undefined;
    return this.#run(device, () => device.ask('rules.block', { userId, blocked }));
  }

  async #favour(device: SimDevice, userId: string, favourite: boolean): Promise<unknown> {
    // Nobody can choose themselves.
    if (userId === device.userId) return undefined;
    return this.#run(device, () => device.ask('rules.favourite', { userId, favourite }));
  }

  async #command(device: SimDevice, what: What, step: Happening): Promise<unknown> {
    const callId = [...this.#callIds].at(-1 - (step.call % Math.max(1, this.#callIds.size)));
    if (callId === undefined) return undefined;
    const id = randomUUID();
    const joinType = this.#joinType(step.choice);
    const word = step.choice % 2 === 0 ? { reply: 'Later' } : {};
    const ask = {
      ringing: () => device.ask('call.ringing', { callId }, id),
      claim: () =>
        device.ask('call.claim', { callId, ...(joinType !== undefined && { joinType }) }, id),
      stranger: () => device.ask('call.claim', { callId }, id),
      join: () => device.ask('call.join', { callId }, id),
      silenced: () => device.ask('call.silenced', { callId }, id),
      leave: () => device.ask('call.leave', { callId, why: 'hangup', ...word }, id),
      fail: () => {
        const whys = ['media', 'network', 'publish', 'subscribe', 'quit'] as const;
        return device.ask(
          'call.leave',
          { callId, why: whys[step.choice % whys.length] ?? 'quit' },
          id,
        );
      },
      media: () => device.ask('call.media', { callId, mediaType: 1 }, id),
    };
    if (what in ask) return this.#repeatable(device, ask[what as keyof typeof ask]);
    if (what === 'remove') {
      // Whoever is not in the call any more cannot be removed: that is an answer, too.
      return this.#world.admin.removeFromCall(callId, device.userId).catch(() => undefined);
    }
    if (what === 'signal') this.#signal(device, callId);
    else this.#link(device, callId, what === 'link');
    return undefined;
  }

  #start(
    device: SimDevice,
    targetId: string,
    mediaType: 1 | 2,
    step?: Happening,
  ): Promise<unknown> {
    const id = randomUUID();
    const joinType = step && this.#joinType(step.choice);
    this.#lastStart = { device, id };
    const body = { targetId, mediaType, ...(joinType !== undefined && { joinType }) };
    return this.#repeatable(device, async () => {
      const answer = await device.ask('call.start', body, id);
      if (answer.ok) {
        this.#callIds.add(answer.value.call.callId);
        if (answer.value.call.callerId !== device.userId) this.#count('glare');
      }
      return answer;
    });
  }

  #repeatable(device: SimDevice, ask: () => Promise<Answer>): Promise<Answer> {
    let answer = this.#run(device, ask);
    // The client keeps one answer per id: it asks again when it has the former one.
    this.#last = () => (answer = answer.then(() => this.#run(device, ask)));
    return answer;
  }

  async #run(device: SimDevice, ask: () => Promise<Answer>): Promise<Answer> {
    const answer = await ask();
    if (answer.ok) {
      const call = (answer.value as { call?: CallSnapshot }).call;
      if (call) device.note(call);
      return answer;
    }
    this.#count(`refused ${answer.error}`);
    if (!this.#mayAnswer(answer.error)) device.problems.push(`${device.deviceId}: ${answer.error}`);
    return answer;
  }

  #mayAnswer(error: RequestError): boolean {
    if (error === 'unavailable') return this.#restarts > 0;
    return error !== 'internal' && error !== 'bad-message';
  }

  #link(device: SimDevice, callId: string, isLive: boolean): void {
    const call = device.held.get(callId);
    if (!call || !isJoinedOn(call, device)) return;
    const others = call.legs.filter((leg) => leg.userId !== device.userId);
    device.live.set(callId, isLive ? others.map(({ legId }) => legId) : []);
    device.beat();
  }

  #signal(device: SimDevice, callId: string): void {
    const legs = device.held.get(callId)?.legs ?? [];
    const [fromLeg, toLeg] = legs.map(({ legId }) => legId);
    if (fromLeg === undefined || toLeg === undefined) return;
    device.sendSignal({ callId, fromLeg, toLeg, linkId: 'link', payload: 'x' });
  }

  // -- choices

  /** Mostly a device of somebody who is in the call. */
  #who({ what, who, call }: Happening): SimDevice {
    const callId = [...this.#callIds].at(-1 - (call % Math.max(1, this.#callIds.size))) ?? '';
    const legs = this.#devices.map(({ held }) => held.get(callId)?.legs).find(Boolean) ?? [];
    const isInCall = ({ userId }: SimDevice): boolean => legs.some((leg) => leg.userId === userId);
    const concerned = this.#devices.filter(isInCall);
    const from = what === 'stranger' || concerned.length === 0 ? this.#devices : concerned;
    return from[who % from.length]!;
  }

  #target({ choice }: Happening): string {
    return this.#devices[choice % (this.#devices.length + 1)]?.userId ?? 'nobody';
  }

  #joinType(choice: number): 0 | 1 | 2 | undefined {
    const types = this.#history.mayCoexist
      ? ([undefined, 0, 1, 2] as const)
      : ([undefined, 0, 1] as const);
    return types[choice % types.length];
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

/**
 * By joining times: no device ever, no user unless they wanted it. Who hears busy was in that call for no time at all,
 * and leaves no other call for it.
 */
function checkNobodyTwice(calls: readonly CallSnapshot[], mayCoexist: boolean): void {
  const stays = calls.flatMap(({ callId, legs }) =>
    legs.flatMap(({ userId, deviceId, joinedAt, leftAt }) =>
      joinedAt === undefined || leftAt === undefined || leftAt === joinedAt
        ? []
        : [{ callId, who: mayCoexist ? deviceId : userId, from: joinedAt, to: leftAt }],
    ),
  );
  for (const one of stays) {
    const others = stays.filter((other) => other.callId !== one.callId && other.who === one.who);
    const twice = others.find((other) => one.from < other.to && other.from < one.to);
    assert.equal(twice, undefined, `${String(one.who)} is in two calls`);
  }
}
