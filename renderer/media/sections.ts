/**
 * The four fixed sections of one connection (ports.ts, mediaSources). The offerer adds them, the answerer adopts them;
 * later a section only ever sends another track. Owner of the senders, not of the tracks.
 */
import { type LinkProblem, type MediaSource, mediaSources } from './ports';

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

  /** The offerer says it when it adds the section; an adopted one has parameters only after the answer. */
  preferVoice(): void {
    const sender = this.#senders.get('voice');
    if (!sender) return;
    const parameters = sender.getParameters();
    const encodings = parameters.encodings.map((encoding) => ({ ...encoding, ...highPriority }));
    sender
      .setParameters({ ...parameters, encodings })
      .catch(() => this.#onProblem('priority-refused'));
  }

  setTrack(source: MediaSource, track: MediaStreamTrack | null): void {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    this.#send(source);
  }

  /** Voice and camera. Chromium has tracks for the other sections too, but nobody shares a screen yet. */
  received(): (readonly [MediaSource, MediaStreamTrack])[] {
    const sections = this.#pc.getTransceivers();
    return (['voice', 'camera'] as const).flatMap((source) => {
      const track = sections[mediaSources.indexOf(source)]?.receiver.track;
      return track ? [[source, track] as const] : [];
    });
  }

  #use(source: MediaSource, section: RTCRtpTransceiver): void {
    this.#senders.set(source, section.sender);
    this.#send(source);
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
