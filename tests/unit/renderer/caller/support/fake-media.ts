/** A media room without a browser: devices that can fail or wait, meshes that a test drives. */
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import type { Stage } from '../../../../../renderer/caller/track';
import type {
  LocalConstraints,
  LocalMedia,
  MediaPort,
  MediaProblem,
  MediaSource,
  MediaState,
  MediaWishes,
  Mesh,
  MeshHandlers,
} from '../../../../../renderer/media/ports';

export class FakeDeviceTrack extends EventTarget {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';

  constructor(readonly kind: 'audio' | 'video') {
    super();
  }

  /** The device is gone: unplugged, or taken by the system. */
  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  stop(): void {
    this.readyState = 'ended';
  }

  get asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

export class FakeMesh implements Mesh {
  readonly updates: CallSnapshot[] = [];
  readonly sent = new Map<MediaSource, MediaStreamTrack | null>();
  readonly signals: unknown[] = [];
  readonly shownHeights = new Map<string, number>();
  state: MediaState | undefined;
  isStopped = false;
  /** Called when a track is about to be sent. */
  onTrackSet: () => void = () => undefined;
  refreshes = 0;

  constructor(readonly handlers: MeshHandlers) {}

  update(call: CallSnapshot): void {
    this.updates.push(call);
  }

  handleSignal(signal: unknown): void {
    this.signals.push(signal);
  }

  setLocalTrack(source: MediaSource, track: MediaStreamTrack | null): void {
    this.onTrackSet();
    this.sent.set(source, track);
  }

  setLocalState(state: MediaState): void {
    this.state = state;
  }

  setShownHeight(legId: string, height: number): void {
    this.shownHeights.set(legId, height);
  }

  refresh(): void {
    this.refreshes += 1;
  }

  stop(): void {
    this.isStopped = true;
  }
}

export class FakeMedia implements MediaPort {
  /** Every device that was ever opened. */
  readonly devices: FakeDeviceTrack[] = [];
  readonly meshes: FakeMesh[] = [];
  readonly constraints: (LocalConstraints | undefined)[] = [];
  problem: MediaProblem | undefined;
  readonly cameraConstraints: (MediaTrackConstraints | undefined)[] = [];
  /** Set: opening waits for it, as for a permission question. */
  gate: Promise<void> | undefined;

  get mesh(): FakeMesh {
    const mesh = this.meshes.at(-1);
    if (!mesh) throw new Error('no mesh was made');
    return mesh;
  }

  get openDevices(): FakeDeviceTrack[] {
    return this.devices.filter((device) => device.readyState === 'live');
  }

  async openLocal(
    wants: MediaWishes,
    constraints?: LocalConstraints,
  ): Promise<Result<LocalMedia, MediaProblem>> {
    this.constraints.push(constraints);
    await this.gate;
    const { problem } = this;
    if (!problem || (problem.device === 'camera' && !wants.video)) {
      const voice = this.#open('audio');
      return ok(wants.video ? { voice, camera: this.#open('video') } : { voice });
    }
    return problem.device === 'camera' && wants.orVoiceAlone
      ? ok({ voice: this.#open('audio'), cameraProblem: problem })
      : err(problem);
  }

  async openCamera(
    constraints?: MediaTrackConstraints,
  ): Promise<Result<MediaStreamTrack, MediaProblem>> {
    this.cameraConstraints.push(constraints);
    await this.gate;
    return this.problem ? err(this.problem) : ok(this.#open('video'));
  }

  createMesh(_callId: string, _viewer: unknown, handlers: MeshHandlers): FakeMesh {
    const mesh = new FakeMesh(handlers);
    this.meshes.push(mesh);
    return mesh;
  }

  #open(kind: 'audio' | 'video'): MediaStreamTrack {
    const device = new FakeDeviceTrack(kind);
    this.devices.push(device);
    return device.asTrack;
  }
}

export class FakeElement {
  srcObject: unknown = null;
  autoplay = false;
  playsInline = false;
  volume = 1;
  plays = 0;
  speaker = '';
  playProblem: Error | undefined;

  constructor(
    readonly tag: 'audio' | 'video',
    readonly lostSpeakers: ReadonlySet<string> = new Set(),
  ) {}

  play(): Promise<void> {
    this.plays += 1;
    return this.playProblem ? Promise.reject(this.playProblem) : Promise.resolve();
  }

  setSinkId(deviceId: string): Promise<void> {
    if (deviceId === 'unknown' || this.lostSpeakers.has(deviceId))
      return Promise.reject(new Error('NotFoundError'));
    this.speaker = deviceId;
    return Promise.resolve();
  }

  get asVideo(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }
}

export class FakeStage implements Stage {
  readonly audios: FakeElement[] = [];
  /** Loudspeakers that were unplugged. */
  readonly lostSpeakers = new Set<string>();

  isVideoElement(element: unknown): element is HTMLVideoElement {
    return element instanceof FakeElement && element.tag === 'video';
  }

  createAudio(): HTMLAudioElement {
    const audio = new FakeElement('audio', this.lostSpeakers);
    this.audios.push(audio);
    return audio as unknown as HTMLAudioElement;
  }

  createStream(track: MediaStreamTrack): MediaStream {
    return { tracks: [track] } as unknown as MediaStream;
  }

  /** How many hidden elements give sound now. */
  get heard(): number {
    return this.audios.filter((audio) => audio.srcObject !== null).length;
  }
}
