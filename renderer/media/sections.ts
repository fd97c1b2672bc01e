/**
 * The four fixed sections of one connection (ports.ts, mediaSources). The offerer adds them, the answerer adopts them;
 * later a section only ever sends another track. Owner of the senders, not of the tracks.
 */
import type { LinkBudget } from './budget';
import { type LinkProblem, type MediaSource, mediaSources } from './ports';
import { SenderLimiter, noLimits } from './sender-limits';

const kinds: Record<MediaSource, 'audio' | 'video'> = {
  voice: 'audio',
  camera: 'video',
  screen: 'video',
  'screen-sound': 'audio',
};

/** What a narrow network must carry first. */
const highPriority = { priority: 'high', networkPriority: 'high' } as const;

export class Sections {
  readonly #pc: RTCPeerConnection;
  readonly #tracks: Map<MediaSource, MediaStreamTrack>;
  readonly #onProblem: (problem: LinkProblem, source?: MediaSource) => void;
  readonly #senders = new Map<MediaSource, RTCRtpSender>();
  readonly #limiters = new Map<MediaSource, SenderLimiter>();
  #budget: LinkBudget | null = null;
  /** When the voice's last packet came, by its own clock: the browser keeps telling the level of a voice that stopped. */
  #voiceStamp = 0;

  constructor(
    pc: RTCPeerConnection,
    tracks: ReadonlyMap<MediaSource, MediaStreamTrack>,
    onProblem: (problem: LinkProblem, source?: MediaSource) => void,
  ) {
    this.#pc = pc;
    this.#tracks = new Map(tracks);
    this.#onProblem = onProblem;
  }

  /** For the offerer, before its first offer. */
  add(): void {
    for (const source of mediaSources) {
      const encodings = source === 'voice' ? { sendEncodings: [highPriority] } : {};
      const section = this.#pc.addTransceiver(kinds[source], {
        direction: 'sendrecv',
        ...encodings,
      });
      this.#use(source, section);
    }
  }

  /** For the answerer, with every offer. False: these are not the sections of this version, or not only these. */
  adopt(): boolean {
    const sections = this.#pc.getTransceivers();
    const isOurs =
      sections.length === mediaSources.length &&
      mediaSources.every((source, at) => sections[at]?.receiver.track.kind === kinds[source]);
    if (!isOurs || this.#senders.size > 0) return isOurs;
    mediaSources.forEach((source, at) => {
      const section = sections[at];
      if (!section) return;
      section.direction = 'sendrecv';
      this.#use(source, section);
    });
    return true;
  }

  /** An adopted section has parameters only after the answer; the offerer's have been right from the start. */
  applyLimits(): void {
    for (const limiter of this.#limiters.values()) limiter.applyAdopted();
  }

  setBudget(budget: LinkBudget): void {
    this.#budget = budget;
    this.#limit();
  }

  /** As statistics name the voice that arrives. */
  get voiceTrackId(): string | undefined {
    return this.#voiceReceiver?.track.id;
  }

  /** How loud the voice is that arrives, 0 where none does. */
  heardLevel(): number {
    const newest = this.#voiceReceiver?.getSynchronizationSources()[0];
    if (!newest || newest.rtpTimestamp === this.#voiceStamp) return 0;
    this.#voiceStamp = newest.rtpTimestamp;
    return newest.audioLevel ?? 0;
  }

  setTrack(source: MediaSource, track: MediaStreamTrack | null): void {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    this.#send(source);
    if (source === 'camera') this.#limit();
  }

  /** Voice and camera. Chromium has tracks for the other sections too, but nobody shares a screen yet. */
  received(): (readonly [MediaSource, MediaStreamTrack])[] {
    const sections = this.#pc.getTransceivers();
    return (['voice', 'camera'] as const).flatMap((source) => {
      const track = sections[mediaSources.indexOf(source)]?.receiver.track;
      return track ? [[source, track] as const] : [];
    });
  }

  get #voiceReceiver(): RTCRtpReceiver | undefined {
    return this.#pc.getTransceivers()[mediaSources.indexOf('voice')]?.receiver;
  }

  #use(source: MediaSource, section: RTCRtpTransceiver): void {
    this.#senders.set(source, section.sender);
    const always = source === 'voice' ? highPriority : {};
    const limiter = new SenderLimiter(section.sender, { kind: kinds[source], always }, () => {
      if (!this.#isOver()) this.#onProblem('limits-refused', source);
    });
    this.#limiters.set(source, limiter);
    this.#send(source);
    this.#limit();
  }

  /** The camera's size is a share of what it gives, so this is done anew with every camera. */
  #limit(): void {
    if (!this.#budget) return;
    const { camera, voiceBitrate } = this.#budget;
    const given = this.#tracks.get('camera')?.getSettings().height ?? 0;
    const scaleDownBy = camera.height === null ? 1 : Math.max(1, given / camera.height);
    const { isOn, bitrate, frameRate } = camera;
    this.#limiters.get('voice')?.set({ ...noLimits, bitrate: voiceBitrate });
    this.#limiters.get('camera')?.set({ isOn, bitrate, frameRate, scaleDownBy });
  }

  #send(source: MediaSource): void {
    const sender = this.#senders.get(source);
    if (!sender || this.#isOver()) return;
    sender.replaceTrack(this.#tracks.get(source) ?? null).catch(() => {
      if (!this.#isOver()) this.#onProblem('track-refused', source);
    });
  }

  /** A connection that ended sends nothing at all: the link finds out by itself, and the next one gets the tracks. */
  #isOver(): boolean {
    return this.#pc.signalingState === 'closed';
  }
}
