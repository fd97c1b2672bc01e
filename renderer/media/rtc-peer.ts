/**
 * A LinkPeer made of simple-peer, which is known to no other file. simple-peer sets the connection up, wires its
 * events, trickles the candidates and takes it all down. Two habits of it are switched off: it destroys itself over
 * anything unexpected (here that is reported, and link.ts heals it), and it negotiates when it likes (here only `offer`
 * and `answer` do). It never sees its own default STUN servers.
 *
 * Four sections exist from the first offer (ports.ts, mediaSources). The offerer adds them; the answerer adopts them.
 * Later a section only ever gets another track.
 */
import SimplePeer from 'simple-peer/simplepeer.min.js';
import type { IceServer } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { Description, LinkPeer, PeerHandlers, PeerOptions } from './link-peer';
import type { LinkCandidate } from './link-payload';
import { watchFirstPackets } from './first-packets';
import type { Connection } from './link-rules';
import { PeerChannel } from './peer-channel';
import { type MediaSource, type MediaState, mediaSources } from './ports';

const kinds: Record<MediaSource, 'audio' | 'video'> = {
  voice: 'audio',
  camera: 'video',
  screen: 'video',
  'screen-sound': 'audio',
};

/** What a narrow network must carry first. */
const highPriority = { priority: 'high', networkPriority: 'high' } as const;

/** Candidates may overtake their description; a real peer has far fewer. */
const maxWaitingCandidates = 64;

/** simple-peer without its self-destruction. Its constructor calls some of these, so they hold no state of their own. */
class CalmPeer extends SimplePeer {
  /** Every way of simple-peer to give up ends here. */
  override destroy(error?: Error): void {
    if (error) this.emit('problem');
  }

  close(): void {
    super.destroy();
  }

  override _setupData(event: { channel: RTCDataChannel }): void {
    this._channel = event.channel;
  }

  override _onConnectionStateChange(): void {
    if (!this.destroyed && !this.destroying) this.emit('connection');
  }

  override _needsNegotiation(): void {
    // Only the link decides when to negotiate.
  }

  override negotiate(): void {
    // As above.
  }

  override _onIceStateChange(): void {
    // connectionState says it all, and says `failed` where this one does not.
  }

  override _onSignalingStateChange(): void {
    // Descriptions are awaited, not watched.
  }

  override _onTrack(): void {
    // Tracks are taken from the four sections.
  }
}

interface SimpleSignal {
  readonly candidate?: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null };
}

export class RtcPeer implements LinkPeer {
  readonly #peer: CalmPeer;
  readonly #handlers: PeerHandlers;
  readonly #channel: PeerChannel;
  readonly #tracks: Map<MediaSource, MediaStreamTrack>;
  readonly #senders = new Map<MediaSource, RTCRtpSender>();
  #waiting: LinkCandidate[] = [];
  #stopWatching: (() => void) | undefined;
  #isClosed = false;

  constructor(options: PeerOptions, handlers: PeerHandlers) {
    this.#handlers = this.#whileOpen(handlers);
    this.#tracks = new Map(options.tracks);
    this.#peer = new CalmPeer({
      initiator: options.role === 'offerer',
      config: { iceServers: [], bundlePolicy: 'max-bundle' },
      channelConfig: { negotiated: true, id: 0 },
    });
    this.setIceServers(options.iceServers);
    this.#listen();
    this.#channel = new PeerChannel(
      this.#peer._channel,
      { state: options.state, open: (id) => this.#openChannel(id) },
      {
        onState: (state) => this.#handlers.onState(state),
        onMoved: (id) => this.#handlers.onChannelMoved(id),
        onProblem: (problem) => this.#handlers.onProblem(problem),
      },
    );
    if (options.role === 'offerer') this.#addSections();
  }

  get connection(): Connection {
    const state = this.#pc.connectionState;
    if (state === 'connected' || state === 'disconnected' || state === 'failed') return state;
    return state === 'closed' ? 'failed' : 'new';
  }

  /** One server that the browser refuses does not cost the others. */
  setIceServers(servers: readonly IceServer[]): void {
    const usable = servers.filter((server) => this.#configure([server]));
    if (usable.length < servers.length) this.#handlers.onProblem('ice-servers-refused');
    this.#configure(usable);
  }

  async offer(restart: boolean): Promise<Description> {
    return this.#describe(async (pc) => {
      const isOut = pc.signalingState === 'have-local-offer';
      if (isOut && !restart) return;
      if (isOut) await pc.setLocalDescription({ type: 'rollback' });
      if (restart) pc.restartIce();
      await pc.setLocalDescription();
    });
  }

  async answer(sdp: string): Promise<Description> {
    return this.#describe(async (pc) => {
      await pc.setRemoteDescription({ type: 'offer', sdp });
      this.#adoptSections();
      await pc.setLocalDescription();
      this.#preferVoice();
      this.#addWaiting();
    });
  }

  async acceptAnswer(sdp: string): Promise<Result<null, 'bad-description'>> {
    const described = await this.#describe(async (pc) => {
      await pc.setRemoteDescription({ type: 'answer', sdp });
      this.#addWaiting();
    });
    return described.ok ? ok(null) : described;
  }

  addCandidate(candidate: LinkCandidate): void {
    if (this.#isClosed) return;
    if (!this.#pc.remoteDescription) {
      if (this.#waiting.length < maxWaitingCandidates) this.#waiting.push(candidate);
      return;
    }
    this.#pc
      .addIceCandidate({
        candidate: candidate.candidate,
        sdpMid: candidate.mid,
        sdpMLineIndex: candidate.line,
      })
      .catch(() => this.#handlers.onProblem('bad-candidate'));
  }

  setTrack(source: MediaSource, track: MediaStreamTrack | null): void {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    this.#sendTrack(source);
  }

  setState(state: MediaState): void {
    this.#channel.setState(state);
  }

  followChannel(id: number): void {
    this.#channel.follow(id);
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWatching?.();
    this.#channel.stop();
    this.#peer.close();
  }

  get #pc(): RTCPeerConnection {
    return this.#peer._pc;
  }

  #listen(): void {
    this.#peer.on('problem', () => this.#handlers.onProblem('peer-failed'));
    this.#peer.on('connection', () => {
      if (this.connection === 'connected') this.#watchSections();
      this.#handlers.onConnection(this.connection);
    });
    this.#peer.on('signal', ({ candidate }: SimpleSignal) => {
      if (!candidate) return;
      const { sdpMid: mid, sdpMLineIndex: line } = candidate;
      this.#handlers.onCandidate({ candidate: candidate.candidate, mid, line });
    });
  }

  #configure(servers: readonly IceServer[]): boolean {
    try {
      const iceServers = servers.map((server) => ({ ...server, urls: [...server.urls] }));
      this.#pc.setConfiguration({ ...this.#pc.getConfiguration(), iceServers });
      return true;
    } catch {
      return false;
    }
  }

  #openChannel(id: number): RTCDataChannel {
    return this.#pc.createDataChannel('peal', { negotiated: true, id });
  }

  /** Runs one step of negotiation; the browser's refusal is a value. */
  async #describe(step: (pc: RTCPeerConnection) => Promise<void>): Promise<Description> {
    if (this.#isClosed) return err('bad-description');
    const pc = this.#pc;
    try {
      await step(pc);
    } catch {
      this.#handlers.onProblem('bad-description');
      return err('bad-description');
    }
    const sdp = pc.localDescription?.sdp;
    return sdp === undefined ? err('bad-description') : ok(sdp);
  }

  #addSections(): void {
    for (const source of mediaSources) {
      const encodings = source === 'voice' ? { sendEncodings: [highPriority] } : {};
      const section = this.#pc.addTransceiver(kinds[source], {
        direction: 'sendrecv',
        ...encodings,
      });
      this.#useSection(source, section);
    }
  }

  /** At an answerer the sections come with the first offer, in the order of mediaSources. */
  #adoptSections(): void {
    if (this.#senders.size > 0) return;
    const sections = this.#pc.getTransceivers();
    const isOurs =
      sections.length === mediaSources.length &&
      mediaSources.every((source, at) => sections[at]?.receiver.track.kind === kinds[source]);
    if (!isOurs) throw new TypeError('The offer has other sections than this version.');
    mediaSources.forEach((source, at) => {
      const section = sections[at];
      if (!section) return;
      section.direction = 'sendrecv';
      this.#useSection(source, section);
    });
  }

  #useSection(source: MediaSource, section: RTCRtpTransceiver): void {
    this.#senders.set(source, section.sender);
    this.#sendTrack(source);
  }

  /** Nothing can arrive before the first connection. */
  #watchSections(): void {
    this.#stopWatching ??= watchFirstPackets(
      mediaSources.flatMap((source, at) => {
        const section = this.#pc.getTransceivers()[at];
        return section ? [{ source, receiver: section.receiver }] : [];
      }),
      ({ source, receiver }) => this.#handlers.onTrack(source, receiver.track),
    );
  }

  #sendTrack(source: MediaSource): void {
    const sender = this.#senders.get(source);
    if (!sender || this.#isClosed) return;
    sender.replaceTrack(this.#tracks.get(source) ?? null).catch(() => {
      // A connection that ended sends nothing at all: the link finds out by itself, and the next one gets the track.
      if (this.#pc.signalingState === 'closed') return;
      this.#handlers.onProblem('track-refused', source);
    });
  }

  /** The offerer says it when it adds the section; an adopted one has parameters only after the answer. */
  #preferVoice(): void {
    const sender = this.#senders.get('voice');
    if (!sender) return;
    const parameters = sender.getParameters();
    const encodings = parameters.encodings.map((encoding) => ({ ...encoding, ...highPriority }));
    sender
      .setParameters({ ...parameters, encodings })
      .catch(() => this.#handlers.onProblem('priority-refused'));
  }

  #addWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const candidate of waiting) this.addCandidate(candidate);
  }

  #whileOpen(handlers: PeerHandlers): PeerHandlers {
    const guard =
      <A extends unknown[]>(report: (...values: A) => void) =>
      (...values: A): void => {
        if (!this.#isClosed) report(...values);
      };
    return {
      onCandidate: guard((candidate) => handlers.onCandidate(candidate)),
      onConnection: guard((connection) => handlers.onConnection(connection)),
      onTrack: guard((source, track) => handlers.onTrack(source, track)),
      onState: guard((state) => handlers.onState(state)),
      onChannelMoved: guard((id) => handlers.onChannelMoved(id)),
      onProblem: guard((problem, source) => handlers.onProblem(problem, source)),
    };
  }
}
