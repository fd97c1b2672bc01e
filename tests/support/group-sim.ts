/** Random histories of calls of 3 to 9 people in a GroupWorld: what happens, and how it comes to rest. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import type { RequestError } from '#main/signaling/pending-requests';
import { limits } from '#protocol/limits';
import type { Result } from '#protocol/result';
import type { CallState, LegRow } from '#server/calls/rules/call-state';
import { type CallSnapshot, isPresent, isRinging, legOf } from '#protocol/snapshot';
import { checkAtRest, checkEnds, checkRecords } from './group-sim-checks';
import type { GroupWorld, Member } from './group-world';
import type { SimDevice } from './sim-world';
import { waitFor, within } from './wait';

const phaseLimitMs = 30_000;

const happenings = [
  ...(['accept', 'accept', 'accept', 'ringing', 'ringing', 'claim', 'join'] as const),
  ...(['leave', 'leave', 'decline', 'fail', 'quit', 'again', 'remove', 'start'] as const),
  ...(['invite', 'invite', 'invite', 'extend', 'enter', 'enter', 'video', 'audio'] as const),
  ...(['cut', 'cut', 'offline', 'back', 'crash', 'revive', 'pass'] as const),
  ...(['silenced', 'quiet'] as const),
] as const;
type What = (typeof happenings)[number];

/** Hardly anything, a join that took too long, a patience, a ring. */
const passes = [5_000, 16_000, 31_000, 61_000] as const;

/** Numbers choose among what there is at that moment. */
const happening = fc.record({
  what: fc.constantFrom(...happenings),
  who: fc.nat(11),
  named: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
  choice: fc.nat(11),
  /** Whether the next thing waits for the answer to this one. */
  waits: fc.boolean(),
  pauseMs: fc.constantFrom(0, 0, 0, 2, 10),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

export const anyGroupHistory = fc.record({
  /** Mostly few: what nine do to each other takes twenty times as long as what three do. */
  people: fc.constantFrom(3, 3, 3, 4, 4, 4, 5, 5, 6, 7, 8, limits.participants),
  opening: fc.constantFrom('group', 'any people', 'two'),
  /** How many have answered when chance takes over. */
  answers: fc.nat(8),
  steps: fc.array(happening, { minLength: 3, maxLength: 10 }),
  /** Whether crashed apps are started again before everything comes to rest. */
  revives: fc.boolean(),
});
type GroupHistory = typeof anyGroupHistory extends fc.Arbitrary<infer T> ? T : never;

/** How often something was met. */
type Counts = Map<string, number>;

/** Plays it and checks it. Rejects with what was wrong. */
export async function playGroupHistory(world: GroupWorld, history: GroupHistory): Promise<Counts> {
  const play = new GroupPlay(world, history);
  try {
    await within(play.open(), phaseLimitMs, 'the opening');
    for (const step of history.steps) await within(play.step(step), phaseLimitMs, step.what);
    await within(play.settle(), 2 * phaseLimitMs, 'coming to rest');
    await within(play.end(), 2 * phaseLimitMs, 'the end');
    return play.counts;
  } finally {
    await within(play.tidy(), phaseLimitMs, 'tidying up');
  }
}

type Answer = Result<unknown, RequestError>;

class GroupPlay {
  readonly counts: Counts = new Map();
  /** Who switched something that the next history should not find. */
  readonly #quiet = new Set<SimDevice>();
  readonly #world: GroupWorld;
  readonly #history: GroupHistory;
  readonly #callIds: string[] = [];
  readonly #answers: Promise<unknown>[] = [];
  readonly #errorsBefore: number;
  #last: (() => Promise<Answer>) | null = null;

  constructor(world: GroupWorld, history: GroupHistory) {
    this.#world = world;
    this.#history = history;
    this.#errorsBefore = world.world.errors.length;
  }

  /** The first call, and who of those asked has answered it. */
  async open(): Promise<void> {
    const { people, opening, answers } = this.#history;
    const [caller, ...others] = this.#devices.slice(0, people);
    if (!caller || !others[0]) return;
    const userIds = others.map(({ userId }) => userId);
    if (opening === 'two') {
      const body = { targetId: others[0].userId, mediaType: 1 } as const;
      await this.#run(caller, (id) => caller.ask('call.start', body, id));
      await this.#accept(others[0], this.#callIds[0] ?? '');
      const callId = this.#callIds[0] ?? '';
      const more = { callId, userIds: userIds.slice(1) };
      await this.#run(caller, (id) => caller.ask('call.extend', more, id));
    } else await this.#startGroup(caller, userIds, opening === 'group');
    const callId = this.#callIds[0] ?? '';
    await Promise.all(others.slice(0, answers).map((device) => this.#accept(device, callId)));
  }

  async step(step: Happening): Promise<void> {
    this.#count(`happening ${step.what}`);
    const device = this.#who(step);
    const done = this.#happen(device, step);
    this.#answers.push(done);
    // Whoever is offline has its answer when it is back.
    if (step.waits && device.isOnline) await done;
    if (step.pauseMs > 0) await delay(step.pauseMs);
  }

  /** Everybody who still runs is back, nobody does anything, and every time limit passes. */
  async settle(): Promise<void> {
    for (const device of this.#devices) device.setOffline(false);
    if (this.#history.revives) await this.#world.revive();
    await Promise.all(this.#running.map(({ device }) => device.online()));
    await within(Promise.all(this.#answers), phaseLimitMs, 'all answers');
    // The end of every ring, then of the patience with whoever vanished, and of what came of that.
    for (const passedMs of [61_000, 31_000, 31_000]) {
      await this.#untilLinked();
      await this.#world.pass(passedMs);
    }
    await this.#untilLinked();
    checkAtRest(this.#world, this.#running);
    this.#countRest();
  }

  /** Now everybody leaves. */
  async end(): Promise<void> {
    const leave = async (): Promise<boolean> => {
      for (const { device } of this.#running) {
        for (const { callId } of device.unended()) {
          void device.ask('call.leave', { callId, why: 'hangup' });
        }
      }
      return (await this.#world.world.admin.listCalls()).length === 0;
    };
    const limit = { withinMs: 20_000, everyMs: 40 };
    await waitFor(leave, { what: 'the end of all calls', ...limit });
    const told = (): boolean => {
      const untold = this.#running.filter(({ device }) => device.unended().length > 0);
      for (const { device } of untold) device.beat();
      return untold.length === 0;
    };
    if (!told()) await waitFor(told, { what: 'everybody knows of the ends', ...limit });
    const calls = await checkEnds(this.#world, this.#running, this.#callIds);
    for (const call of calls) this.#countEnd(call);
    await checkRecords(this.#running, calls);
    const errors = this.#world.world.errors.slice(this.#errorsBefore);
    if (errors.length > 0) throw new Error(`a bug in the log: ${errors.join(', ')}`);
  }

  /** The next history finds everybody there and nobody in a call, whatever became of this one. */
  async tidy(): Promise<void> {
    await this.#world.revive();
    const unended = await this.#world.world.admin.listCalls();
    for (const { callId, userIds } of unended) {
      for (const userId of userIds) {
        await this.#world.world.admin.removeFromCall(callId, userId).catch(() => undefined);
      }
    }
    if (unended.length > 0) await this.#world.pass(1);
    await Promise.all([...this.#quiet].map((device) => this.#switchQuiet(device, false)));
    for (const { device } of this.#world.members) device.forget();
  }

  // -- what happens

  async #happen(device: SimDevice, step: Happening): Promise<void> {
    const callId = this.#callIds.at(step.choice % 4 === 3 ? 0 : -1) ?? '';
    const userIds = step.named.map((n) => this.#devices[n]?.userId ?? '');
    const happen: Partial<Record<What, () => unknown>> = {
      accept: () => this.#accept(device, callId),
      start: () => this.#startGroup(device, userIds, step.choice % 2 === 0),
      again: () => this.#last?.(),
      // Whoever is not in the call any more cannot be removed: that is an answer, too.
      remove: () =>
        this.#world.world.admin.removeFromCall(callId, device.userId).catch(() => undefined),
      cut: () => device.cut(),
      offline: () => device.setOffline(true),
      back: () => {
        for (const one of this.#devices) one.setOffline(false);
      },
      crash: () => device.crash(),
      revive: () => Promise.all(this.#devices.map((one) => one.start())),
      quiet: () => this.#switchQuiet(device, step.choice % 2 === 0),
      pass: () => this.#world.pass(passes[step.choice % passes.length] ?? 0),
    };
    const known = happen[step.what];
    await (known ? known() : this.#command(device, { callId, userIds, what: step.what }));
  }

  #switchQuiet(device: SimDevice, isOn: boolean): Promise<Answer> {
    this.#quiet.add(device);
    const doNotDisturb = { until: isOn ? 0 : null, schedule: null, favouritesRing: true };
    return this.#run(device, (id) => device.ask('rules.set', { doNotDisturb }, id));
  }

  async #command(
    device: SimDevice,
    { callId, userIds, what }: { callId: string; userIds: string[]; what: What },
  ): Promise<void> {
    const ask: Partial<Record<What, (id: string) => Promise<Answer>>> = {
      ringing: (id) => device.ask('call.ringing', { callId }, id),
      claim: (id) => device.ask('call.claim', { callId }, id),
      join: (id) => device.ask('call.join', { callId }, id),
      leave: (id) => device.ask('call.leave', { callId, why: 'hangup' }, id),
      decline: (id) => device.ask('call.leave', { callId, why: 'hangup', reply: 'Later' }, id),
      silenced: (id) => device.ask('call.silenced', { callId }, id),
      fail: (id) => device.ask('call.leave', { callId, why: 'network' }, id),
      quit: (id) => device.ask('call.leave', { callId, why: 'quit' }, id),
      invite: (id) => device.ask('call.invite', { callId, userIds }, id),
      extend: (id) => device.ask('call.extend', { callId, userIds }, id),
      enter: (id) => device.ask('call.enter', { callId }, id),
      video: (id) => device.ask('call.media', { callId, mediaType: 2 }, id),
      audio: (id) => device.ask('call.media', { callId, mediaType: 1 }, id),
    };
    const known = ask[what];
    if (!known || callId === '') return;
    const answer = await this.#run(device, known);
    if (answer.ok) this.#count(`accepted ${what}`);
  }

  /** What a person's click does: in by whatever door there is. */
  async #accept(device: SimDevice, callId: string): Promise<void> {
    if (callId === '') return;
    const claimed = await this.#run(device, (id) => device.ask('call.claim', { callId }, id));
    if (!claimed.ok) await this.#run(device, (id) => device.ask('call.enter', { callId }, id));
    await this.#run(device, (id) => device.ask('call.join', { callId }, id));
  }

  #startGroup(device: SimDevice, userIds: readonly string[], inGroup: boolean): Promise<Answer> {
    const group = inGroup ? { groupId: this.#world.groupId } : {};
    const body = { ...group, userIds: [...userIds], mediaType: 1 } as const;
    return this.#run(device, (id) => device.ask('call.start-group', body, id));
  }

  async #run(device: SimDevice, ask: (id: string) => Promise<Answer>): Promise<Answer> {
    const id = randomUUID();
    const asked = ask(id);
    let last = asked;
    // The client keeps one answer per id: it asks again when it has the former one.
    this.#last = () => (last = last.then(() => ask(id)));
    const answer = await asked;
    if (!answer.ok) {
      this.#count(`refused ${answer.error}`);
      if (['internal', 'bad-message', 'unavailable'].includes(answer.error)) {
        device.problems.push(`${device.deviceId}: ${answer.error}`);
      }
      return answer;
    }
    const call = (answer.value as { call?: CallSnapshot }).call;
    if (!call) return answer;
    if (!this.#callIds.includes(call.callId)) this.#callIds.push(call.callId);
    device.note(call);
    return answer;
  }

  // -- coming to rest

  /**
   * Everybody knows the newest, and the server knows of a live link between any two who are in a call and run, and of
   * each who vanished: time that passes before it knows is no patience with them.
   */
  async #untilLinked(): Promise<void> {
    const isLinked = async (): Promise<boolean> => {
      const calls = await this.#world.unended();
      const isOver = (callId: string): boolean => !calls.some((call) => call.callId === callId);
      const isTold = this.#running.every(
        ({ device }) => !device.unended().some(({ callId }) => isOver(callId)),
      );
      const isSettled = (call: CallState): boolean =>
        this.#isKnown(call) && this.#areLinked(call) && this.#areMissed(call);
      return isTold && calls.every(isSettled);
    };
    const beaten = async (): Promise<boolean> => {
      if (await isLinked()) return true;
      for (const { device } of this.#running) if (device.unended().length > 0) device.beat();
      return false;
    };
    await waitFor(beaten, { what: 'links to everybody', withinMs: 30_000, everyMs: 40 });
  }

  /** By those who are in it, as it is now; by those who have left, that they have. */
  #isKnown({ callId, revision, legs }: CallState): boolean {
    return this.#running
      .filter(({ device }) => legs.some((leg) => leg.userId === device.userId))
      .every(({ device }) => {
        const isIn = legs.some((leg) => leg.userId === device.userId && leg.state !== 'left');
        if (isIn) return device.held.get(callId)?.revision === revision;
        return device.unended().every((call) => call.callId !== callId);
      });
  }

  /** By what the server was told and by the devices themselves: one that was started again told it before its crash. */
  #areLinked(call: CallState): boolean {
    const there = this.#joined(call).filter((leg) => this.#runs(leg));
    return there.every((leg) => {
      const device = this.#running.find((one) => one.device.deviceId === leg.deviceId)?.device;
      const isLinkedTo = ({ legId }: LegRow): boolean =>
        leg.liveLegIds.includes(legId) && device?.live.get(call.callId)?.includes(legId) === true;
      return leg.lostAt === undefined && there.every((other) => other === leg || isLinkedTo(other));
    });
  }

  /** Their grace runs: the server saw their sockets close, and nobody reports a link to them any more. */
  #areMissed(call: CallState): boolean {
    const vanished = this.#joined(call).filter((leg) => !this.#runs(leg));
    return vanished.every((leg) => leg.graceFrom !== undefined);
  }

  #joined({ legs }: CallState): LegRow[] {
    return legs.filter((leg) => leg.state === 'joined');
  }

  #runs({ deviceId }: LegRow): boolean {
    return this.#running.some(({ device }) => device.deviceId === deviceId);
  }

  // -- choices and counts

  get #devices(): readonly SimDevice[] {
    return this.#world.members.map(({ device }) => device);
  }

  get #running(): readonly Member[] {
    return this.#world.members.filter(({ device }) => device.isRunning);
  }

  /** Mostly a device of somebody whom the history is about; a decline is of somebody who rings. */
  #who({ what, who, choice }: Happening): SimDevice {
    const { people } = this.#history;
    const concerned = choice === 11 ? this.#devices : this.#devices.slice(0, people);
    const rings = concerned.filter((device) =>
      device.unended().some((call) => {
        const leg = legOf(call, device.userId);
        return leg !== undefined && isRinging(leg);
      }),
    );
    const isAnswer = what === 'accept' || what === 'decline' || what === 'ringing';
    const from = isAnswer && rings.length > 0 ? rings : concerned;
    const device = from[who % from.length];
    if (!device) throw new Error('nobody is there');
    return device;
  }

  #countRest(): void {
    const calls = new Map(
      this.#running.flatMap(({ device }) => device.unended().map((call) => [call.callId, call])),
    );
    for (const { legs } of calls.values()) {
      this.#count(`at rest with ${String(legs.filter(isPresent).length)}`);
    }
    if (calls.size === 0) this.#count('at rest with none');
  }

  #countEnd({ legs, kind }: CallSnapshot): void {
    this.#count(`ended ${kind}`);
    for (const { reason, cause } of legs) this.#count(`left ${String(reason)} ${String(cause)}`);
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}
