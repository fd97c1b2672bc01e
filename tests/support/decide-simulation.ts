/**
 * A whole small world around decide(): four people with two devices and own rules each, a server that may restart,
 * pushes that may be lost, commands that may come twice. It checks after every step what must hold at all times.
 */
import assert from 'node:assert/strict';
import { type CallEvent, diffCalls } from '#protocol/call-diff';
import { endReasonFor } from '#protocol/end-reason-for';
import { limits } from '#protocol/limits';
import type { CallRecord } from '#protocol/messages';
import { type CallSnapshot, type Viewer, connectedAt } from '#protocol/snapshot';
import { type CallState, type LegRow, toSnapshot } from '#server/calls/rules/call-state';
import type { CallCommand, StartCommand, UserRules, World } from '#server/calls/rules/command';
import { nextDeadline } from '#server/calls/rules/deadline';
import { decide } from '#server/calls/rules/decide';
import { isDeviceInCall } from '#server/calls/rules/in-call';
import { recordsFor } from '#server/calls/rules/records';
import { defaultUserRules } from '#server/calls/rules/user-rules';
import { times } from './calls';

export const users = ['anna', 'bao', 'carla', 'deng'] as const;

export interface DecideDevice extends Viewer {
  readonly held: Map<string, CallSnapshot>;
}

export class DecideSimulation {
  nowMs = 1_000_000;
  readonly calls = new Map<string, CallState>();
  readonly rules = new Map<string, UserRules>();
  readonly reached = new Set<string>();
  /** Whose rings were no calls for a while: the one who rings had blocked the other. */
  readonly #blocked = new Set<string>();
  /** Whose devices may be in several calls, since both were to go on. */
  readonly #coexisting = new Set<string>();
  readonly devices: readonly DecideDevice[] = users.flatMap((userId) =>
    [1, 2].map((n) => ({ userId, deviceId: `${userId}-${n}`, held: new Map() })),
  );
  /** Whose sockets are dead. */
  readonly #away = new Set<string>();
  /** Legs that were silent once: others got through to their users meanwhile. */
  readonly #silent = new Set<string>();
  #lastId = 0;

  /** Blocks are taken back by asking again. */
  block(userId: string, otherId: string): void {
    const blockedSince = new Map(this.#rulesOf(userId).blockedSince);
    if (!blockedSince.delete(otherId)) blockedSince.set(otherId, this.nowMs);
    this.#blocked.add(`${userId} ${otherId}`);
    this.lay(userId, { blockedSince });
  }

  lay(userId: string, rules: Partial<UserRules>): void {
    this.rules.set(userId, { ...this.#rulesOf(userId), ...rules });
  }

  start(caller: Viewer, over: Pick<StartCommand, 'targetId' | 'mediaType' | 'joinType'>): void {
    const id = String((this.#lastId += 1));
    this.run(null, {
      ...{ type: 'start', callId: `call-${id}`, ...over },
      ...{ callerLegId: `leg-${id}a`, calleeLegId: `leg-${id}b` },
      ...{ userId: caller.userId, deviceId: caller.deviceId },
    });
  }

  /** `heard`: whether the devices' connections are up at this moment; who misses a push catches up later. */
  run(callId: string | null, command: CallCommand, heard = true): void {
    const before = callId === null ? null : (this.calls.get(callId) ?? null);
    if (command.type === 'device-lost') this.#away.add(command.deviceId);
    else if ('deviceId' in command) this.#away.delete(command.deviceId);
    const decision = decide(this.#world(before, command), command, this.nowMs);
    for (const rule of decision.rules) this.reached.add(rule);
    if (!decision.ok) return;
    if (!decision.changed) {
      assert.equal(decision.call, before, 'unchanged means the same call');
      return;
    }
    if (decision.rules.includes('CR37') && 'userId' in command) {
      this.#coexisting.add(command.userId);
    }
    this.#commit([decision.call, ...(decision.also ?? [])], heard);
  }

  tick(): void {
    for (const call of this.unended()) {
      if (call.nextDeadline !== null && call.nextDeadline <= this.nowMs) {
        this.run(call.callId, { type: 'deadline' });
      }
    }
  }

  restart(): void {
    for (const call of this.unended()) this.run(call.callId, { type: 'server-restarted' }, false);
  }

  unended(): CallState[] {
    return [...this.calls.values()].filter((call) => call.endedAt === undefined);
  }

  /** Everybody comes back, hears everything, and hangs up what is left; time limits do the rest. */
  settle(): void {
    for (const call of this.unended()) {
      for (const { userId, deviceId } of this.devices) {
        this.run(call.callId, { type: 'leave', userId, deviceId, why: 'quit' });
      }
    }
    this.nowMs += times.lostMs + times.ringMs;
    this.tick();
    for (const call of this.calls.values()) this.#push(call);
  }

  #commit(changed: readonly CallState[], heard: boolean): void {
    for (const after of changed) {
      checkStep(this.calls.get(after.callId) ?? null, after);
      this.calls.set(after.callId, after);
      for (const leg of after.legs) if (leg.silenced) this.#silent.add(leg.legId);
      if (after.endedAt !== undefined) this.#checkRecords(after);
    }
    this.#checkPlaces();
    for (const after of changed) if (heard) this.#push(after);
  }

  #rulesOf(userId: string): UserRules {
    return this.rules.get(userId) ?? defaultUserRules;
  }

  #world(call: CallState | null, command: CallCommand): World {
    const unended = this.unended();
    const concerned = [
      ...('userId' in command ? [command.userId] : []),
      ...('targetId' in command ? [command.targetId] : []),
    ];
    const free = this.devices.filter((device) => !isDeviceInCall(unended, device));
    return {
      ...{ call, group: null, times, rules: this.rules, knownUserIds: new Set<string>(users) },
      others: unended.filter(
        (other) =>
          other.callId !== call?.callId && other.legs.some((leg) => concerned.includes(leg.userId)),
      ),
      freeUserIds: new Set(free.map((device) => device.userId)),
      deviceIds: new Map(users.map((userId) => [userId, this.#connectedOf(userId)])),
    };
  }

  #connectedOf(userId: string): string[] {
    const own = this.devices.filter((device) => device.userId === userId);
    return own.map(({ deviceId }) => deviceId).filter((id) => !this.#away.has(id));
  }

  /** A device is in one call at most; a person in several only where rules or commands say so. */
  #checkPlaces(): void {
    const present = this.unended()
      .flatMap((call) => call.legs)
      .filter((leg) => leg.state !== 'left');
    const active = present.filter((leg) => leg.state === 'claimed' || leg.state === 'joined');
    assertOnce(active, (leg) => leg.deviceId ?? '', 'no device is in two calls');
    const single = (leg: LegRow): boolean => !this.#coexisting.has(leg.userId);
    assertOnce(active.filter(single), (leg) => leg.userId, 'nobody is in two calls');
    const strict = present
      .filter((leg) => this.#rulesOf(leg.userId).busy === 'user')
      .filter((leg) => active.includes(leg) || !this.#blocked.has(`${leg.invitedBy} ${leg.userId}`))
      .filter(
        ({ userId }) =>
          !present.some((leg) => leg.userId === userId && this.#silent.has(leg.legId)),
      );
    assertOnce(strict.filter(single), (leg) => leg.userId, 'nobody is called while busy');
  }

  #push(call: CallState): void {
    const next = toSnapshot(call);
    for (const device of this.devices) {
      if (!call.legs.some((leg) => leg.userId === device.userId)) continue;
      const previous = device.held.get(call.callId) ?? null;
      if (previous && previous.revision >= next.revision) continue;
      device.held.set(call.callId, next);
      this.#countViews(previous, next, device);
    }
  }

  /** Which of the rows about viewers this change was an example of. */
  #countViews(previous: CallSnapshot | null, next: CallSnapshot, viewer: Viewer): void {
    const reason = endReasonFor(next, viewer);
    this.reached.add(reason === null ? 'CR73' : rowOfReason(reason));
    if (connectedAt(next, viewer.userId) > 0) this.reached.add('CR74');
    const events = diffCalls(previous, next, viewer);
    for (const event of events) this.reached.add(rowOfEvent(event));
    if (reason === 17 && !events.some((event) => event.type === 'hungup')) this.reached.add('CR78');
  }

  #checkRecords(call: CallState): void {
    const records = recordsFor(call);
    assert.deepEqual(records, recordsFor(call));
    assert.equal(records.length, new Set(call.legs.map((leg) => leg.userId)).size);
    this.reached.add('CR80').add('CR82');
    if (records.some((record) => !record.seen)) this.reached.add('CR81');
    if (records.every(isWhole)) this.reached.add('CR83');
    if (records.some((record) => record.silenced ?? record.reply)) this.reached.add('CR84');
  }
}

/** Of two people, each is asked in by the one who calls. */
const isWhole = (record: CallRecord): boolean =>
  record.memberIds.join() === record.targetId && record.invitedBy === record.callerId;

function rowOfReason(reason: number): string {
  if (reason === 101) return 'CR71';
  return reason === 102 ? 'CR72' : 'CR70';
}

function rowOfEvent(event: CallEvent): string {
  switch (event.type) {
    case 'ringing':
      return 'CR75';
    case 'accepted':
      return 'CR76';
    case 'hungup':
      return 'CR77';
    case 'invited':
      return 'CR153';
    case 'media':
      return 'CR79';
  }
}

/** What one accepted change may never do. */
export function checkStep(before: CallState | null, after: CallState): void {
  assert.equal(after.revision, (before?.revision ?? 0) + 1, 'the revision grows by one');
  for (const leg of after.legs) checkLeg(leg);
  for (const old of before?.legs.filter((leg) => leg.state === 'left') ?? []) {
    const same = after.legs.find((leg) => leg.legId === old.legId);
    if (!same && after.legs.length === limits.legs) continue;
    const { user: _once, ...kept } = old;
    assert.deepEqual(
      { ...same, user: undefined },
      { ...kept, user: undefined },
      'a leg that has left stays as it left',
    );
  }
  const indexes = after.legs.flatMap((leg) => leg.joinIndex ?? []);
  assert.equal(new Set(indexes).size, indexes.length, 'join indexes are unique');
  checkWhole(after);
}

function checkWhole(call: CallState): void {
  const present = call.legs.filter((leg) => leg.state !== 'left');
  if (call.endedAt !== undefined) {
    assert.equal(present.length, 0, 'nobody is left in an ended call');
    assert.equal(call.nextDeadline, null);
    return;
  }
  assert.ok(present.length >= 2, 'an unended call has two people');
  assert.ok(
    present.some((leg) => leg.state === 'joined'),
    'somebody is joined',
  );
  assert.equal(call.nextDeadline, nextDeadline(call, times));
  const waits = present.some((leg) => leg.state !== 'joined');
  assert.ok(!waits || call.nextDeadline !== null, 'nobody rings for ever');
}

type Field = keyof LegRow;

const quiet: Field[] = ['silenced', 'isSilencedByRules', 'quietDeviceIds'];

/** The fields that a leg has in each state, beside the ones it always has; `joined` may have its clocks as well. */
const fieldsOf: Record<LegRow['state'], { readonly must: Field[]; readonly may: Field[] }> = {
  invited: { must: ['answerBy'], may: ['user', 'removeAt', 'unreachable', ...quiet] },
  ringing: { must: ['answerBy'], may: ['user', 'removeAt', ...quiet] },
  /** Who enters without a ring has no `answerBy`. */
  claimed: { must: ['deviceId', 'joinBy'], may: ['answerBy', 'user', 'removeAt'] },
  joined: {
    must: ['deviceId', 'joinIndex', 'joinedAt'],
    may: ['answerBy', 'lostAt', 'graceFrom', 'unlinkedFrom', 'user', 'removeAt'],
  },
  left: {
    must: ['leftAt', 'leftRevision', 'reason', 'cause'],
    may: [
      'answerBy',
      'deviceId',
      'joinIndex',
      'joinedAt',
      'user',
      'isUnheard',
      'silenced',
      'reply',
    ],
  },
};

const always: Field[] = ['legId', 'userId', 'invitedBy', 'state', 'ringingDeviceIds', 'liveLegIds'];

function checkLeg(leg: LegRow): void {
  const { must, may } = fieldsOf[leg.state];
  const fields = Object.keys(leg) as Field[];
  const missing = [...always, ...must].filter((field) => leg[field] === undefined);
  const stray = fields.filter((field) => ![...always, ...must, ...may].includes(field));
  assert.deepEqual({ missing, stray }, { missing: [], stray: [] }, `a ${leg.state} leg`);
  if (leg.state !== 'ringing') assert.deepEqual(leg.ringingDeviceIds, []);
  checkSilence(leg);
}

/** Silent or out of reach, never both; and nothing rings that is silent. */
function checkSilence({ silenced, unreachable, ...leg }: LegRow): void {
  assert.ok(!silenced || !unreachable, 'one thing to say of a ring');
  if (!silenced || leg.state === 'left') return;
  assert.deepEqual(leg.ringingDeviceIds, [], 'what is silent rings nowhere');
  const isSaid = leg.isSilencedByRules ?? (leg.quietDeviceIds ?? []).length > 0;
  assert.ok(isSaid, 'somebody wants it silent');
}

function assertOnce(legs: readonly LegRow[], key: (leg: LegRow) => string, message: string): void {
  const keys = legs.map(key);
  assert.equal(new Set(keys).size, keys.length, message);
}
