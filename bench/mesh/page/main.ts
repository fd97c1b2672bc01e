/**
 * One person of the bench, in a window and a process of their own. The people reach each other by the browser's own
 * channel between pages, which stands in for the server, for both contenders alike. The bench drives `window.stage`.
 */
import { heldBack, openConnections, readConnections } from './connections';
import { OngoingCall, type OwnMedia } from './call';
import type { Devices, Picture, StageApi } from './stage-api';

type Notice =
  | { readonly type: 'joined'; readonly callId: string; readonly count: number }
  | {
      readonly type: 'signal';
      readonly callId: string;
      readonly from: number;
      readonly to: number;
      readonly message: unknown;
    };

const me = Number(new URL(location.href).searchParams.get('me'));
const air = new BroadcastChannel('mesh');
const context = new AudioContext();
let own: OwnMedia | null = null;
let call: OngoingCall | null = null;

const tell = (notice: Notice): void => air.postMessage(notice);

air.onmessage = ({ data }: MessageEvent<Notice>) => {
  if (data.callId !== call?.callId) return;
  if (data.type === 'joined') call.joined(data.count);
  else if (data.to === me) call.receive(data.from, data.message);
};

async function openDevices({ picture, hz }: Devices): Promise<OwnMedia> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: untouched,
    video: picture ? exactly(picture) : false,
  });
  const [voice] = stream.getAudioTracks();
  if (!voice) throw new Error('There is no microphone.');
  return { voice, camera: stream.getVideoTracks()[0] ?? null, hz };
}

/** Everybody sends the same tone: what hears itself would be taken for an echo, and fade. */
const untouched: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

const exactly = ({ width, height, frameRate }: Picture): MediaTrackConstraints => ({
  width: { exact: width },
  height: { exact: height },
  frameRate: { exact: frameRate },
});

function present(): OngoingCall {
  if (!call) throw new Error('There is no call.');
  return call;
}

/** null: not in time. */
async function until<T>(look: () => T | null, limitMs: number): Promise<T | null> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = look();
    if (found !== null || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const stage: StageApi = {
  open: async (devices) => {
    // It runs only while somebody listens for the first sound.
    await context.suspend();
    own = await openDevices(devices);
  },
  setSpeaking: (isSpeaking) => {
    if (own) own.voice.enabled = isSpeaking;
  },
  begin: (plan) => {
    if (!own) throw new Error('The devices are not open.');
    const send = (to: number, message: unknown): void =>
      tell({ type: 'signal', callId: plan.callId, from: me, to, message });
    call = new OngoingCall(plan, own, context, { me, send });
  },
  join: async () => {
    const { callId } = present();
    await context.resume();
    tell({ type: 'joined', callId, count: me + 1 });
    present().join(me + 1);
  },
  complete: async (limitMs) => {
    const arrival = await until(() => present().arrival, limitMs);
    if (arrival) await context.suspend();
    return arrival;
  },
  heldBack,
  totals: async () => {
    const at = performance.now();
    const { problems } = present();
    return { at, problems, ...(await readConnections((trackId) => call?.personOf(trackId))) };
  },
  end: async () => {
    call?.close();
    call = null;
    // Peal's connections close a moment later; the next call has the machine for itself.
    const areClosed = await until(() => openConnections() === 0 || null, 5_000);
    if (!areClosed) throw new Error(`Person ${me} has connections that nobody closed.`);
  },
};

Object.assign(window, { stage });
