/** Phones in a plain page, made with the built package. The tests drive them through `window.lab`. */
import { RCCallErrorCode } from '/peal-caller/index.js';
import { type Sample, createSample } from '/sample.js';
import type { LabApi, SampleCall } from './lab-api';
import { Phone } from './phone';

const phones = new Map<string, Phone>();
const faults: string[] = [];

addEventListener('error', ({ message }) => void faults.push(`error: ${message}`));
addEventListener('unhandledrejection', ({ reason }) => void faults.push(`rejection: ${reason}`));
addEventListener(
  'securitypolicyviolation',
  ({ violatedDirective }) => void faults.push(`policy: ${violatedDirective}`),
);

function phone(name: string): Phone {
  const found = phones.get(name) ?? new Phone((fault) => void faults.push(`${name}: ${fault}`));
  phones.set(name, found);
  return found;
}

let releaseDevices = (): void => undefined;
let heldDevices = 0;

function holdDevices(): void {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  const released = new Promise<void>((resolve) => (releaseDevices = resolve));
  devices.getUserMedia = async (constraints) => {
    heldDevices += 1;
    await released;
    heldDevices -= 1;
    return open(constraints);
  };
}

const texts = (what: string): { pushTitle: string; pushContent: string } => ({
  pushTitle: `${what} title`,
  pushContent: `${what} content`,
});

/** The sample for this phone, with the push texts set by it. */
async function sampleFor(
  name: string,
  { targetId, mediaType, userId }: SampleCall,
): Promise<Sample> {
  const sample = createSample({
    caller: phone(name).recordedCaller(),
    callPushConfig: texts('call'),
    hungupPushConfig: texts('hungup'),
    targetId,
    mediaType,
    user: { userId },
    RCCallErrorCode,
  });
  phone(name).sample = sample;
  await sample.push();
  return sample;
}

type Called = Awaited<ReturnType<Sample['call']>>;

function keepSession(name: string, { code, session }: Called) {
  if (session) phone(name).session = session;
  return { code, hasSession: session !== undefined };
}

const lab: LabApi = {
  signIn: (name, options) => phone(name).signIn(options),
  signOut: (name) => phone(name).signOut(),
  callBySample: async (name, call) => {
    const sample = await sampleFor(name, call);
    return keepSession(name, await sample.call());
  },
  callGroupBySample: async (name, { userIds, ...call }) => {
    const sample = await sampleFor(name, call);
    return keepSession(name, await sample.callInGroup([...userIds]));
  },
  hungupBySample: async (name) => {
    const { sample, openSession } = phone(name);
    if (!sample) throw new Error(`${name} has not called.`);
    return (await sample.hungup(openSession)).code;
  },
  inviteBySample: async (name, userIds) => {
    const { sample, openSession } = phone(name);
    if (!sample) throw new Error(`${name} has not called.`);
    return (await sample.invite(openSession, [...userIds])).code;
  },
  callInGroup: async (name, call) => (await phone(name).callInGroup(call)).code,
  invite: async (name, ...asked) => (await phone(name).openSession.invite(...asked)).code,
  extend: async (name, userIds) => (await phone(name).openSession.extend(userIds)).code,
  enter: async (name, callId) => (await phone(name).enter(callId)).code,
  members: (name) => phone(name).members,
  userState: (name, userId) => phone(name).openSession.getUserState(userId) ?? null,
  accept: async (name) => (await phone(name).openSession.accept()).code,
  hungup: async (name) => (await phone(name).openSession.hungup()).code,
  setVoice: async (name, on) => {
    const session = phone(name).openSession;
    await (on ? session.enableAudioTrack() : session.disableAudioTrack());
  },
  setCamera: async (name, on) => {
    const session = phone(name).openSession;
    return (await (on ? session.enableVideoTrack() : session.disableVideoTrack())).code;
  },
  descend: async (name) => (await phone(name).openSession.descendAbility()).code,
  heard: (name) => phone(name).heard,
  forget: (name) => phone(name).forget(),
  holdDevices,
  heldDevices: () => heldDevices,
  releaseDevices: () => releaseDevices(),
  pictureWidth: (id) => document.querySelector<HTMLVideoElement>(`#${id}`)?.videoWidth ?? 0,
  addVideo: (id) => document.body.append(Object.assign(document.createElement('video'), { id })),
  removeVideos: () => {
    for (const video of document.querySelectorAll('video')) video.remove();
  },
  faults: () => faults,
};

Object.assign(window, { lab });
