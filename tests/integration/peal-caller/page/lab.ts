/** Phones in a plain page, made with the built package. The tests drive them through `window.lab`. */
import { RCCallErrorCode } from '/peal-caller/index.js';
import { createSample } from '/sample.js';
import type { LabApi } from './lab-api';
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

const lab: LabApi = {
  signIn: (name, options) => phone(name).signIn(options),
  signOut: (name) => phone(name).signOut(),
  callBySample: async (name, { targetId, mediaType, userId }) => {
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
    const { code, session } = await sample.call();
    if (session) phone(name).session = session;
    return { code, hasSession: session !== undefined };
  },
  hungupBySample: async (name) => {
    const { sample, session } = phone(name);
    if (!sample || !session) throw new Error(`${name} has not called.`);
    return (await sample.hungup(session)).code;
  },
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
