/** Two or three meshes in one page, joined by a relay with faults. The tests drive it through `window.lab`. */
import type { ReceivedSignal } from '#common/ipc';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { connectionsOf, newestChannelOf } from './connections';
import { longestSilence } from './ear';
import type { LabApi, LabEvent } from './lab-api';
import { Party, legIdOf } from './party';
import { Relay, typeOf } from './relay';

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
  const send = (signal: ReceivedSignal): void => {
    log(name, 'sent', typeOf(signal));
    relay.carry(signal);
  };
  const options = { name, hz, context, send, callId: `call-${callCount}` };
  const hzOf = (other: string): number => tones.get(other) ?? 0;
  const made = new Party({ ...options, hzOf, log: (what, detail) => log(name, what, detail) });
  parties.set(name, made);
  addLeg(name);
}

function joinElsewhere(name: string, hz: number): void {
  tones.set(name, hz);
  addLeg(name);
}

function addLeg(name: string): void {
  const joinIndex = legs.length;
  legs = [
    ...legs,
    {
      legId: legIdOf(name),
      userId: name,
      invitedBy: 'a',
      state: 'joined',
      ringingOn: 0,
      deviceId: `device-${name}`,
      joinIndex,
      joinedAt: joinIndex,
    },
  ];
  tellEverybody();
}

function leave(name: string): void {
  legs = legs.map((leg) => (leg.userId === name ? { ...leg, state: 'left' } : leg));
  tellEverybody();
  party(name).close();
  parties.delete(name);
}

function reset(): void {
  for (const one of parties.values()) one.close();
  parties.clear();
  held.clear();
  relay.fault = null;
  events = [];
  legs = [];
  callCount += 1;
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
  setVoice: (name, on) => party(name).mesh.setLocalTrack('voice', on ? party(name).voice : null),
  refresh: (name) => party(name).mesh.refresh(),
  closeChannel: (name) => newestChannelOf(newestConnection(name))?.close(),
  killConnection: (name) => newestConnection(name).close(),
  connections: (name) => connectionsOf(party(name).voice).length,
  waitForSound: (listener, speaker, limitMs) =>
    waitUntil(() => isHearing(listener, speaker), limitMs),
  waitForSilence: (listener, speaker, limitMs) =>
    waitUntil(() => !isHearing(listener, speaker), limitMs),
  waitForEvent: (match, limitMs) =>
    waitUntil(() => events.some((event) => matches(event, match)), limitMs),
  longestSilence: (listener, speaker, sinceMs) => {
    const all = party(listener).ears.get(speaker)?.samples ?? [];
    const samples = all.filter((sample) => sample.at >= sinceMs);
    return { ms: longestSilence(samples, sinceMs, performance.now()), samples: samples.length };
  },
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
