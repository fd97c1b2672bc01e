/** One person of the bench, on a computer in a network of their own. The bench drives `window.party`. */
import { bareMesh } from '../../baseline/loss/bare-mesh.mjs';
import { makeRedundant, readConnections } from './connections';
import type { CallPlan, PartyApi } from './party-api';
import { pealMesh } from './peal';

declare global {
  interface Window {
    /** Set by the bench, which stands in for the server: signals take a way that loses nothing. */
    sendTo(to: number, message: unknown): void;
  }
}

interface Mesh {
  joined(count: number): void;
  receive(from: number, message: unknown): void;
  close(): void;
}

interface OngoingCall {
  readonly mesh: Mesh;
  readonly people: ReadonlyMap<string, number>;
}

let own: MediaStream | null = null;
let call: OngoingCall | null = null;

function begin({ callId, contender, me }: CallPlan): OngoingCall {
  const tracks = own?.getTracks() ?? [];
  const people = new Map<string, number>();
  const options = {
    ...{ callId, me, tracks },
    send: (to: number, message: unknown) => window.sendTo(to, message),
    onTrack: (from: number, track: MediaStreamTrack) => {
      people.set(track.id, from);
      play(track);
    },
  };
  makeRedundant(contender === 'redundant');
  const mesh = contender === 'peal' ? pealMesh(options) : bareMesh(options);
  return { mesh, people };
}

/** The browser decodes what is played, and only then knows what it had to make up. */
function play(track: MediaStreamTrack): void {
  const element = document.createElement(track.kind === 'audio' ? 'audio' : 'video');
  element.srcObject = new MediaStream([track]);
  document.body.append(element);
  void element.play();
}

const party: PartyApi = {
  open: async () => {
    // As spoken: what makes a voice pleasant is the same for all contenders, and here only in the way.
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const video = { width: { exact: 320 }, height: { exact: 240 }, frameRate: { exact: 15 } };
    own = await navigator.mediaDevices.getUserMedia({ audio, video });
  },
  begin: (plan) => {
    call = begin(plan);
  },
  joined: (count) => call?.mesh.joined(count),
  deliver: (from, message) => call?.mesh.receive(from, message),
  totals: () => readConnections((trackId) => call?.people.get(trackId)),
  end: () => {
    call?.mesh.close();
    call = null;
    document.body.replaceChildren();
  },
};

Object.assign(window, { party });
