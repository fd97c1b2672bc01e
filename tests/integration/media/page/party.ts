/** One person of the call: a mesh, a tone to send and a moving picture, and ears and eyes for the others. */
import { createMedia } from '#renderer/media/index';
import type { Mesh, MeshHandlers } from '#renderer/media/ports';
import { Ear } from './ear';
import { Eye } from './eye';
import type { LabEvent } from './lab-api';
import { OwnDevices } from './own-devices';

export interface PartyOptions {
  readonly name: string;
  readonly hz: number;
  readonly callId: string;
  readonly context: AudioContext;
  readonly hzOf: (name: string) => number;
  readonly send: MeshHandlers['sendSignal'];
  readonly log: (what: LabEvent['what'], detail: string) => void;
}

export const legIdOf = (name: string): string => `leg-${name}`;
const nameOf = (legId: string): string => legId.slice('leg-'.length);

export class Party {
  readonly name: string;
  voice: MediaStreamTrack;
  camera: MediaStreamTrack;
  readonly mesh: Mesh;
  readonly own: OwnDevices;
  readonly ears = new Map<string, Ear>();
  readonly eyes = new Map<string, Eye>();
  readonly #heard = new Map<string, MediaStreamTrack>();
  readonly #endings: (() => void)[] = [];
  readonly #options: PartyOptions;

  constructor(options: PartyOptions) {
    this.#options = options;
    this.name = options.name;
    this.own = new OwnDevices(options.name, {
      microphone: () => this.#tone(options.hz),
      camera: () => this.#movingPicture(),
    });
    this.voice = this.#tone(options.hz);
    this.camera = this.#movingPicture();
    const viewer = { userId: options.name, deviceId: `device-${options.name}` };
    this.mesh = createMedia().createMesh(options.callId, viewer, this.#handlers());
    this.mesh.setLocalTrack('voice', this.voice);
    this.mesh.setLocalTrack('camera', this.camera);
    this.mesh.setLocalState({ voiceMuted: false, cameraOff: false });
  }

  close(): void {
    this.own.media.release();
    this.mesh.stop();
    for (const end of this.#endings) end();
    for (const sense of [...this.ears.values(), ...this.eyes.values()]) sense.close();
  }

  /** Another microphone, with another tone. */
  changeVoice(hz: number): void {
    this.voice.stop();
    this.voice = this.#tone(hz);
    this.mesh.setLocalTrack('voice', this.voice);
  }

  /** From now on the product's own media send what this party's devices give. */
  async useProduct(): Promise<void> {
    const { own } = this;
    const opened = await own.media.open({});
    if (!opened.ok) throw new Error('The devices did not open.');
    own.media.sendOver({ mesh: this.mesh, onState: () => undefined, onEnded: () => undefined });
    for (const track of [this.voice, this.camera]) track.stop();
  }

  #tone(hz: number): MediaStreamTrack {
    const { context } = this.#options;
    const oscillator = new OscillatorNode(context, { frequency: hz });
    const destination = context.createMediaStreamDestination();
    oscillator.connect(destination);
    oscillator.start();
    this.#endings.push(() => oscillator.stop());
    return first(destination.stream.getAudioTracks());
  }

  #movingPicture(): MediaStreamTrack {
    const { track, timer } = movingPicture();
    this.#endings.push(() => clearInterval(timer));
    return track;
  }

  #handlers(): MeshHandlers {
    const { log, send } = this.#options;
    return {
      sendSignal: send,
      iceServers: () => Promise.resolve([]),
      onRemoteTrack: (legId, source, track) => {
        log('track', `${nameOf(legId)} ${source}`);
        if (source === 'voice') this.#hear(nameOf(legId), track);
        if (source === 'camera') this.#see(nameOf(legId), track);
      },
      onRemoteState: (legId, state) => {
        const words = `${state.voiceMuted ? 'muted' : 'open'} ${state.cameraOff ? 'off' : 'on'}`;
        log('state', `${nameOf(legId)} ${words}`);
      },
      onLinkState: (legId, state) => log('link', `${nameOf(legId)} ${state}`),
      onLiveLegs: (legIds) => log('live', legIds.map(nameOf).sort().join()),
      onSpeaking: (legIds) => log('speaking', legIds.map(nameOf).sort().join()),
      onProblem: (legId, problem, source) =>
        log('problem', [nameOf(legId), problem, source].filter(Boolean).join(' ')),
    };
  }

  #hear(name: string, track: MediaStreamTrack): void {
    // The application lets go of the old track when the new one comes: until then both would be heard.
    if (this.#heard.get(name)?.readyState === 'live') this.#options.log('heard twice', name);
    this.#heard.set(name, track);
    this.ears.get(name)?.close();
    this.ears.set(name, new Ear(this.#options.context, track, this.#options.hzOf(name)));
  }

  #see(name: string, track: MediaStreamTrack): void {
    this.eyes.get(name)?.close();
    this.eyes.set(name, new Eye(track));
  }
}

function movingPicture(): { track: MediaStreamTrack; timer: number } {
  const canvas = document.createElement('canvas');
  canvas.width = 160;
  canvas.height = 120;
  const context = canvas.getContext('2d');
  let hue = 0;
  const timer = window.setInterval(() => {
    if (!context) return;
    hue = (hue + 37) % 360;
    context.fillStyle = `hsl(${hue} 90% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 66);
  return { track: first(canvas.captureStream(15).getVideoTracks()), timer };
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('Nothing there.');
  return item;
}
