/** Two or three meshes in one page, joined by a relay with faults. The tests drive it through `window.lab`. */
import type { ReceivedSignal } from '#common/ipc';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { connectionsOf, newestChannelOf, receivedBy, totals } from './connections';
import { listDevices, openDevices } from './devices';
import { longestSilence } from './ear';
import type { LabApi, LabEvent } from './lab-api';
import { Party, legIdOf } from './party';
import { Relay, typeOf } from './relay';

type LegState = 'ringing' | 'claimed' | 'joined';

const context = new AudioContext();
const tones = new Map<string, number>();
const parties = new Map<string, Party>();
const held = new Set<string>();
let events: LabEvent[] = [];
let legs: Leg[] = [];
let revision = 0;
let callCount = 0;

declare global {
  interface Window {
    /** Set by a test that joins two pages. */
    sendOut?: (signal: ReceivedSignal) => void;
  }
}

const relay = new Relay((signal) => {
  if (!deliver(signal)) window.sendOut?.(signal);
});

function deliver(signal: ReceivedSignal): boolean {
  const target = [...parties.values()].find(({ name }) => legIdOf(name) === signal.toLeg);
  target?.mesh.handleSignal(signal);
  return target !== undefined;
}

function snapshot(): CallSnapshot {
  return {
    callId: `call-${callCount}`,
    revision,
    kind: 'group',
    mediaType: 2,
    callerId: 'a',
    createdAt: 0,
    legs,
  };
}

function tellEverybody(): void {
  revision += 1;
  for (const [name, party] of parties) if (!held.has(name)) party.mesh.update(snapshot());
}

function party(name: string): Party {
  const found = parties.get(name);
  if (!found) throw new Error(`Nobody is called ${name}.`);
  return found;
}

function log(who: string, what: LabEvent['what'], detail: string): void {
  events.push({ at: performance.now(), who, what, detail });
}

function join(name: string, hz: number): void {
  tones.set(name, hz);
  parties.set(name, makeParty(name, hz));
  addLeg(name, 'joined');
}

function ring(name: string, hz: number): void {
  tones.set(name, hz);
  parties.set(name, makeParty(name, hz));
  addLeg(name, 'ringing');
}

function joinElsewhere(name: string, hz: number): void {
  tones.set(name, hz);
  addLeg(name, 'joined');
}

function makeParty(name: string, hz: number): Party {
  const send = (signal: ReceivedSignal): void => {
    log(name, 'sent', typeOf(signal));
    relay.carry(signal);
  };
  const options = { name, hz, context, send, callId: `call-${callCount}` };
  const hzOf = (other: string): number => tones.get(other) ?? 0;
  return new Party({ ...options, hzOf, log: (what, detail) => log(name, what, detail) });
}

function addLeg(name: string, state: LegState): void {
  const leg: Leg = {
    legId: legIdOf(name),
    userId: name,
    invitedBy: 'a',
    state,
    ringingOn: 0,
    deviceId: `device-${name}`,
  };
  legs = [...legs, state === 'joined' ? joined(leg) : leg];
  tellEverybody();
}

function joined(leg: Leg): Leg {
  const joinIndex = legs.filter((one) => one.joinIndex !== undefined).length;
  return { ...leg, state: 'joined', joinIndex, joinedAt: joinIndex };
}

function setLeg(name: string, state: LegState): void {
  const change = (leg: Leg): Leg => (state === 'joined' ? joined(leg) : { ...leg, state });
  legs = legs.map((leg) => (leg.userId === name ? change(leg) : leg));
  tellEverybody();
}

function reopen(name: string): void {
  party(name).close();
  const made = makeParty(name, tones.get(name) ?? 0);
  parties.set(name, made);
  made.mesh.update(snapshot());
}

function leave(name: string): void {
  legs = legs.map((leg) => (leg.userId === name ? { ...leg, state: 'left' } : leg));
  tellEverybody();
  party(name).close();
  parties.delete(name);
}

function reset(call = callCount + 1): void {
  for (const one of parties.values()) one.close();
  parties.clear();
  held.clear();
  relay.fault = null;
  events = [];
  legs = [];
  callCount = call;
}

async function waitUntil(isMet: () => boolean, limitMs: number): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < limitMs) {
    if (isMet()) return performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return -1;
}

const isHearing = (listener: string, speaker: string): boolean =>
  party(listener).ears.get(speaker)?.isHearing === true;

function newestConnection(name: string): RTCPeerConnection {
  const pc = connectionsOf(party(name).voice).at(-1);
  if (!pc) throw new Error(`${name} has no connection.`);
  return pc;
}

const lab: LabApi = {
  reset,
  join,
  joinElsewhere,
  deliver: (signal) => void deliver(signal as ReceivedSignal),
  ring,
  setLeg,
  reopen,
  leave,
  repeatSnapshot: tellEverybody,
  holdSnapshots: (name) => void held.add(name),
  releaseSnapshots: (name) => {
    held.delete(name);
    party(name).mesh.update(snapshot());
  },
  setFault: (fault) => void (relay.fault = fault),
  forge: (from, to, { linkId, payload }) => {
    party(to).mesh.handleSignal({
      callId: `call-${callCount}`,
      fromLeg: legIdOf(from),
      toLeg: legIdOf(to),
      linkId: linkId ?? relay.linkId(legIdOf(from), legIdOf(to)),
      payload,
    });
  },
  linkId: (a, b) => relay.linkId(legIdOf(a), legIdOf(b)),
  setState: (name, state) => party(name).mesh.setLocalState(state),
  showAt: (name, other, height) => party(name).mesh.setShownHeight(legIdOf(other), height),
  setVoice: (name, on) => party(name).mesh.setLocalTrack('voice', on ? party(name).voice : null),
  useProduct: (name) => party(name).useProduct(),
  muteVoice: (name, isMuted) => party(name).own.media.setVoiceMuted(isMuted),
  switchCamera: async (name, isOn) => {
    const { media } = party(name).own;
    if (isOn) await media.openCamera();
    else media.closeCamera();
  },
  liveDevices: (name) => party(name).own.live,
  openTooLate: async (name) => {
    const { own } = party(name);
    let grant = (): void => undefined;
    own.gate = new Promise((resolve) => (grant = resolve));
    const opening = own.media.open({});
    await Promise.resolve();
    own.media.release();
    grant();
    const answer = await opening;
    return { answer: answer.ok ? 'ok' : JSON.stringify(answer.error), opened: own.opened.length };
  },
  changeVoice: (name, hz) => party(name).changeVoice(hz),
  sendPictureAsVoice: (name) => party(name).mesh.setLocalTrack('voice', party(name).camera),
  refresh: (name) => party(name).mesh.refresh(),
  closeChannel: (name) => newestChannelOf(newestConnection(name))?.close(),
  killConnection: (name) => newestConnection(name).close(),
  connections: (name) => connectionsOf(party(name).voice).length,
  totals,
  received: (name) => receivedBy(newestConnection(name)),
  openDevices,
  listDevices,
  waitForSound: (listener, speaker, limitMs) =>
    waitUntil(() => isHearing(listener, speaker), limitMs),
  waitForTone: (listener, speaker, hz, limitMs) =>
    waitUntil(() => party(listener).ears.get(speaker)?.isHearingTone(hz) === true, limitMs),
  waitForSilence: (listener, speaker, limitMs) =>
    waitUntil(() => !isHearing(listener, speaker), limitMs),
  waitForEvent: (match, limitMs) =>
    waitUntil(() => events.some((event) => matches(event, match)), limitMs),
  longestSilence: (listener, speaker, sinceMs) => {
    const all = party(listener).ears.get(speaker)?.samples ?? [];
    const samples = all.filter((sample) => sample.at >= sinceMs);
    return { ms: longestSilence(samples, sinceMs, performance.now()), samples: samples.length };
  },
  peak: (listener, speaker) => party(listener).ears.get(speaker)?.peak ?? -1,
  peakHz: (listener, speaker) => party(listener).ears.get(speaker)?.peakHz ?? 0,
  countPictures: async (listener, speaker, forMs) =>
    (await party(listener).eyes.get(speaker)?.countPictures(forMs)) ?? 0,
  events: () => events,
  now: () => performance.now(),
};

function matches(event: LabEvent, match: Partial<LabEvent>): boolean {
  return (
    (match.at === undefined || event.at >= match.at) &&
    (match.who === undefined || event.who === match.who) &&
    (match.what === undefined || event.what === match.what) &&
    (match.detail === undefined || event.detail === match.detail)
  );
}

Object.assign(window, { lab });
