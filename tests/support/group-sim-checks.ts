/** What must be true of calls of several: at rest, when nothing is due any more, and once everybody has left. */
import assert from 'node:assert/strict';
import { type EndReason, remoteView } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import type { CallRecord } from '#protocol/messages';
import { type CallSnapshot, type Leg, connectedAt, isPresent, legOf } from '#protocol/snapshot';
import type { GroupWorld, Member } from './group-world';
import { RawClient } from './raw-client';
import { type SimDevice, isJoinedOn } from './sim-world';

/** All hold the same, nobody rings or sits alone, and there is one link for each two who are in a call. */
export function checkAtRest(world: GroupWorld, running: readonly Member[]): void {
  const calls = new Map<string, CallSnapshot>();
  for (const { device } of running) {
    for (const call of device.unended()) {
      const known = calls.get(call.callId);
      if (known) assert.deepEqual(call, known, `${device.deviceId} holds the same snapshot`);
      else calls.set(call.callId, call);
    }
  }
  for (const call of calls.values()) {
    checkPeople(call, running);
    checkAllHold(call, running);
    for (const member of running) checkLinks(call, member);
  }
  const wanted = [...calls.values()].map((call) => call.legs.filter(isPresent).length);
  const ends = wanted.reduce((sum, people) => sum + people * (people - 1), 0);
  assert.equal(world.net.open, ends, 'two ends of a link for each pair, and no others');
}

function checkPeople({ callId, legs }: CallSnapshot, running: readonly Member[]): void {
  const present = legs.filter(isPresent);
  const states = [...new Set(present.map(({ state }) => state))];
  assert.deepEqual(states, ['joined'], `nobody rings for ever in ${callId}`);
  assert.ok(present.length > 1, `nobody sits alone for ever in ${callId}`);
  const userIds = present.map(({ userId }) => userId);
  assert.equal(new Set(userIds).size, userIds.length, 'nobody is in it twice');
  for (const { deviceId } of present) {
    const isThere = running.some(({ device }) => device.deviceId === deviceId);
    assert.ok(isThere, `${String(deviceId)} has vanished and is in the call`);
  }
}

function checkAllHold(call: CallSnapshot, running: readonly Member[]): void {
  for (const { device } of running) {
    const own = legOf(call, device.userId);
    if (!own || !isPresent(own)) continue;
    const held = device.held.get(call.callId);
    assert.deepEqual(held, call, `${device.deviceId} holds the same snapshot`);
    assert.ok(!device.over.has(call.callId), `${device.deviceId} knows that the call goes on`);
  }
}

/** What this device has in the call: a live link to each other leg, if it is in there itself. */
function checkLinks(call: CallSnapshot, { device, meshes }: Member): void {
  const others = call.legs.filter((leg) => isPresent(leg) && leg.userId !== device.userId);
  const wanted = isJoinedOn(call, device) ? others.map(({ legId }) => legId).toSorted() : [];
  assert.equal(meshes.linksIn(call.callId), wanted.length, `${device.deviceId} has its links`);
  if (wanted.length === 0) return;
  const live = [...(device.live.get(call.callId) ?? [])].toSorted();
  assert.deepEqual(live, wanted, `${device.deviceId} is linked to everybody`);
}

/** What the server says in the end, and that everybody knows it so. */
export async function checkEnds(
  world: GroupWorld,
  running: readonly Member[],
  callIds: readonly string[],
): Promise<readonly CallSnapshot[]> {
  assert.equal(world.net.open, 0, 'no link is left');
  const calls = await askServer(world, callIds);
  assert.equal(calls.length, callIds.length, 'the server knows every call');
  for (const call of calls) {
    checkEnd(call);
    for (const { device } of running) {
      if (!legOf(call, device.userId) || device.over.has(call.callId)) continue;
      const held = device.held.get(call.callId);
      // Whoever started its app after the end has not heard of it.
      if (held) checkAgrees(device, held, call);
    }
  }
  for (const { device } of running) assert.deepEqual(device.problems, []);
  return calls;
}

/** Whoever left before the end has heard how it ended for them, and nothing of what came then (CR159). */
function checkAgrees(
  { deviceId, userId }: SimDevice,
  held: CallSnapshot,
  call: CallSnapshot,
): void {
  if (held.revision === call.revision) {
    assert.deepEqual(held, call, `${deviceId} agrees`);
    return;
  }
  const { user: _forgotten, ...known } = legOf(held, userId) ?? {};
  assert.deepEqual(known, legOf(call, userId), `${deviceId} knows how it ended for them`);
}

/** By devices that have been nowhere so far: of the first person, then of whoever is in what that one is not. */
async function askServer(
  { world, members }: GroupWorld,
  callIds: readonly string[],
): Promise<readonly CallSnapshot[]> {
  const found = new Map<string, CallSnapshot>();
  for (const userId of new Set(members.map(({ device }) => device.userId))) {
    const missing = callIds.filter((callId) => !found.has(callId));
    if (missing.length === 0) break;
    const credential = await world.credential(userId);
    const { client } = await RawClient.signedIn(world.url, credential, `${userId}-witness`);
    const known = Object.fromEntries(missing.map((callId) => [callId, 0]));
    const { calls } = await client.request('heartbeat', { calls: known, live: {} });
    for (const call of calls) found.set(call.callId, call);
    await client.close();
  }
  return [...found.values()];
}

function checkEnd(call: CallSnapshot): void {
  assert.notEqual(call.endedAt, undefined, 'the call is over');
  const left = call.legs.map(({ state, reason = 0, cause }) => [
    state,
    reason > 0,
    cause !== undefined,
  ]);
  assert.deepEqual(
    left,
    call.legs.map(() => ['left', true, true]),
    'one reason for everybody',
  );
  const leavers = call.legs.filter(({ cause }) => cause !== 'call-ended');
  const views = new Set<number>(leavers.filter((leg) => leg.leftAt === call.endedAt).map(lastView));
  for (const leg of call.legs.filter(({ cause }) => cause === 'call-ended')) {
    const isAlone = call.kind === 'group' && leg.joinedAt !== undefined;
    const reasons = [...views].map((view) => (isAlone && view === 17 ? 13 : view));
    assert.ok(reasons.includes(leg.reason ?? 0), `${String(leg.reason)} is of who left last`);
  }
}

const lastView = ({ reason }: Leg): EndReason => remoteView(reason);

/** One record for each call of each person, with the reason and the time of their leg. */
export async function checkRecords(
  running: readonly Member[],
  calls: readonly CallSnapshot[],
): Promise<void> {
  const people = new Map(running.map(({ device }) => [device.userId, device]));
  for (const [userId, device] of people) {
    const own = calls.filter((call) => legOf(call, userId));
    if (own.length === 0) continue;
    const listed = await recordsOf(device);
    for (const call of own) {
      const records = listed.filter(({ callId }) => callId === call.callId);
      assert.equal(records.length, 1, 'one record for each call');
      const deviceId = legOf(call, userId)?.deviceId ?? '';
      assert.equal(records[0]?.endReason, endReasonFor(call, { userId, deviceId }), 'its reason');
      assert.equal(records[0].connectedAt, connectedAt(call, userId), 'its time');
    }
  }
}

/**
 * A device that beats may find its socket dead at any time, when the machine is busy, and be away for longer than a
 * request waits. It asks again when it is back; one that had its connection all the time must have been answered.
 */
async function recordsOf(device: SimDevice): Promise<readonly CallRecord[]> {
  for (;;) {
    await device.online();
    const { losses } = device;
    const listed = await device.ask('records.list', {});
    if (listed.ok) return listed.value.records;
    if (listed.error !== 'offline' || device.losses === losses) {
      throw new Error(`no records: ${listed.error}`);
    }
  }
}
