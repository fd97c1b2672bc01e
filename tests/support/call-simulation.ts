/**
 * A whole small world around decide(): four people with two devices each, a server that may restart, pushes that
 * may be lost, commands that may come twice. It checks after every step what must hold at all times.
 */
import assert from 'node:assert/strict';
import { type CallEvent, diffCalls } from '#protocol/call-diff';
import { endReasonFor } from '#protocol/end-reason-for';
import { type CallSnapshot, type Viewer, connectedAt } from '#protocol/snapshot';
import { type CallState, type LegRow, toSnapshot } from '#server/calls/rules/call-state';
import type { CallCommand, World } from '#server/calls/rules/command';
import { nextDeadline } from '#server/calls/rules/deadline';
import { decide } from '#server/calls/rules/decide';
import { recordsFor } from '#server/calls/rules/records';
import { times } from './calls';

export const users = ['anna', 'bao', 'carla', 'deng'] as const;

export interface SimDevice extends Viewer {
  readonly held: Map<string, CallSnapshot>;
}

export class CallSimulation {
  nowMs = 1_000_000;
  readonly calls = new Map<string, CallState>();
  readonly reached = new Set<string>();
  readonly devices: readonly SimDevice[] = users.flatMap((userId) =>
    [1, 2].map((n) => ({ userId, deviceId: `${userId}-${n}`, held: new Map() })),
  );
  #lastId = 0;

  start(caller: Viewer, targetId: string, mediaType: 1 | 2): void {
    const id = String((this.#lastId += 1));
    this.run(null, {
      ...{ type: 'start', callId: `call-${id}`, mediaType, targetId },
      ...{ callerLegId: `leg-${id}a`, calleeLegId: `leg-${id}b` },
      ...{ userId: caller.userId, deviceId: caller.deviceId },
    });
  }

  /** `heard`: whether the devices' connections are up at this moment; who misses a push catches up later. */
  run(callId: string | null, command: CallCommand, heard = true): void {
    const before = callId === null ? null : (this.calls.get(callId) ?? null);
    const decision = decide(this.#world(before, command), command, this.nowMs);
    for (const rule of decision.rules) this.reached.add(rule);
    if (!decision.ok) return;
    const after = decision.call;
    if (!decision.changed) {
      assert.equal(after, before, 'unchanged means the same call');
      return;
    }
    checkStep(this.calls.get(after.callId) ?? null, after);
    this.calls.set(after.callId, after);
    checkNobodyTwice([...this.calls.values()]);
    if (after.endedAt !== undefined) this.#checkRecords(after);
    if (heard) this.#push(after);
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

  #world(call: CallState | null, command: CallCommand): World {
    const others = this.unended().filter((other) => other.callId !== call?.callId);
    const concerned = 'targetId' in command ? [command.userId, command.targetId] : [];
    return {
      ...{ call, times, knownUserIds: new Set<string>(users) },
      ...{ rules: new Map(), freeUserIds: new Set() },
      others: others.filter((o) => o.legs.some((leg) => concerned.includes(leg.userId))),
    };
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
  }
}

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
    case 'media':
      return 'CR79';
  }
}

/** What one accepted change may never do. */
function checkStep(before: CallState | null, after: CallState): void {
  assert.equal(after.revision, (before?.revision ?? 0) + 1, 'the revision grows by one');
  for (const leg of after.legs) checkLeg(leg);
  for (const old of before?.legs.filter((leg) => leg.state === 'left') ?? []) {
    const same = after.legs.find((leg) => leg.legId === old.legId);
    assert.deepEqual(same, old, 'a leg that has left stays as it left');
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
  assert.equal(call.nextDeadline, nextDeadline(call.legs, times));
  const waits = present.some((leg) => leg.state !== 'joined');
  assert.ok(!waits || call.nextDeadline !== null, 'nobody rings for ever');
}

type Field = keyof LegRow;

/** The fields that a leg has in each state, beside the ones it always has; `joined` may have its clocks as well. */
const fieldsOf: Record<LegRow['state'], { readonly must: Field[]; readonly may: Field[] }> = {
  invited: { must: ['answerBy'], may: [] },
  ringing: { must: ['answerBy'], may: [] },
  claimed: { must: ['answerBy', 'deviceId', 'joinBy'], may: [] },
  joined: {
    must: ['deviceId', 'joinIndex', 'joinedAt'],
    may: ['answerBy', 'lostAt', 'graceFrom', 'unlinkedFrom'],
  },
  left: {
    must: ['leftAt', 'reason', 'cause'],
    may: ['answerBy', 'deviceId', 'joinIndex', 'joinedAt'],
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
}

function checkNobodyTwice(calls: readonly CallState[]): void {
  const present = calls.flatMap((call) => call.legs).filter((leg) => leg.state !== 'left');
  const userIds = present.map((leg) => leg.userId);
  assert.equal(new Set(userIds).size, userIds.length, 'nobody is in two calls');
}
