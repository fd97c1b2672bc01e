/**
 * A LinkPeer made of simple-peer, which is known to no other file. simple-peer sets the connection up, wires its
 * events, trickles the candidates and takes it all down. Two habits of it are switched off: it destroys itself over
 * anything unexpected (here that is reported, and link.ts heals it), and it negotiates when it likes (here only `offer`
 * and `answer` do). It never sees its own default STUN servers. What it sends and receives is in sections.ts, what
 * the ends tell each other in peer-channel.ts.
 */
import SimplePeer from 'simple-peer/simplepeer.min.js';
import type { IceServer } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { LinkBudget } from './budget';
import type { Description, LinkPeer, PeerHandlers, PeerOptions } from './link-peer';
import type { LinkCandidate } from './link-payload';
import { lineReportChannel, LineReports } from './line-reports';
import {
  type VoicePackets,
  lostShareOf,
  noPackets,
  ownLevelOf,
  readingOf,
  voicePacketsOf,
} from './link-reading';
import type { Connection } from './link-rules';
import { PeerChannel } from './peer-channel';
import type { MediaSource, MediaState } from './ports';
import type { LinkReading } from './pressure';
import { Sections } from './sections';
import { type VoiceForm, withVoice } from './voice-form';

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
  readonly #sections: Sections;
  readonly #reports = new LineReports(() => performance.now());
  #voicePackets: VoicePackets = noPackets;
  #waiting: LinkCandidate[] = [];
  #voiceForm: VoiceForm;
  /** What the other end last agreed to, in its own words: what was left out for a form must come back with another. */
  #theirs: Agreed | null = null;
  #isClosed = false;

  constructor(options: PeerOptions, handlers: PeerHandlers) {
    this.#handlers = this.#whileOpen(handlers);
    this.#voiceForm = options.voiceForm;
    this.#peer = new CalmPeer({
      initiator: options.role === 'offerer',
      config: { iceServers: [], bundlePolicy: 'max-bundle' },
      channelConfig: { negotiated: true, id: 0 },
    });
    this.setIceServers(options.iceServers);
    this.#listen();
    this.#openReports(0);
    this.#channel = new PeerChannel(
      this.#peer._channel,
      { state: options.state, open: (id) => this.#openChannel(id) },
      {
        onState: (state) => this.#handlers.onState(state),
        onShownHeight: (height) => this.#handlers.onShownHeight(height),
        onMoved: (id) => this.#handlers.onChannelMoved(id),
        onProblem: (problem) => this.#handlers.onProblem(problem),
      },
    );
    this.#sections = new Sections(this.#pc, options.tracks, (problem, source) =>
      this.#handlers.onProblem(problem, source),
    );
    if (options.role === 'offerer') this.#sections.add();
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

  /** The answer is made to what they offered, not to what this end makes of it for itself. */
  async answer(sdp: string): Promise<Description> {
    const form = this.#voiceForm === 'long' ? 'plain' : this.#voiceForm;
    const answered = await this.#describe(async (pc) => {
      await pc.setRemoteDescription({ type: 'offer', sdp: withVoice(sdp, form) });
      if (!this.#sections.adopt()) {
        await pc.setRemoteDescription({ type: 'rollback' });
        throw new TypeError('The offer has other sections than this version.');
      }
      await pc.setLocalDescription();
      this.#sections.applyLimits();
      this.#addWaiting();
      this.#theirs = { type: 'offer', sdp };
    });
    if (answered.ok && form !== this.#voiceForm) await this.#describeForm();
    return answered;
  }

  async acceptAnswer(sdp: string): Promise<Result<null, 'bad-description'>> {
    const described = await this.#describe(async (pc) => {
      await pc.setRemoteDescription({ type: 'answer', sdp: withVoice(sdp, this.#voiceForm) });
      this.#theirs = { type: 'answer', sdp };
      this.#addWaiting();
    });
    return described.ok ? ok(null) : described;
  }

  /** With nothing agreed yet, or an offer on its way, the next description brings it. */
  async sendVoiceAs(form: VoiceForm): Promise<void> {
    if (form === this.#voiceForm) return;
    this.#voiceForm = form;
    await this.#describeForm();
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
    this.#sections.setTrack(source, track);
  }

  received(): ReturnType<Sections['received']> {
    return this.#sections.received();
  }

  setState(state: MediaState): void {
    this.#channel.setState(state);
  }

  setShownHeight(height: number): void {
    this.#channel.setShownHeight(height);
  }

  setBudget(budget: LinkBudget): void {
    this.#sections.setBudget(budget);
  }

  heardLevel(): number {
    return this.#sections.heardLevel();
  }

  async ownLevel(): Promise<number> {
    return ownLevelOf(await this.#statistics());
  }

  async reading(): Promise<LinkReading> {
    const stats = [...(await this.#statistics())];
    const packets = voicePacketsOf(stats, this.#sections.voiceTrackId) ?? this.#voicePackets;
    this.#reports.tell(lostShareOf(this.#voicePackets, packets));
    this.#voicePackets = packets;
    return readingOf(stats, this.#reports.take());
  }

  followChannel(id: number): void {
    this.#channel.follow(id);
  }

  close(): void {
    this.#isClosed = true;
    this.#channel.stop();
    this.#reports.stop();
    // The connection closes a moment later; by then another peer may be heard.
    for (const [, track] of this.received()) track.stop();
    this.#peer.close();
  }

  get #pc(): RTCPeerConnection {
    return this.#peer._pc;
  }

  #listen(): void {
    this.#peer.on('problem', () => this.#handlers.onProblem('peer-failed'));
    this.#peer.on('connection', () => {
      // Perhaps on another route, or after a sleep in which a clock stood still.
      if (this.connection === 'connected') this.#reports.forgetFastest();
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
    this.#openReports(id);
    return this.#pc.createDataChannel('peal', { negotiated: true, id: 2 * id });
  }

  /** Every channel has one of reports beside it. */
  #openReports(id: number): void {
    const options = { ...lineReportChannel, id: 2 * id + 1 };
    this.#reports.use(this.#pc.createDataChannel('peal-line', options));
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

  /** Nothing from a connection that has ended: what is missing decides nothing. */
  async #statistics(): Promise<Iterable<Record<string, unknown>>> {
    if (this.#isClosed) return [];
    try {
      const report: ReadonlyMap<string, Record<string, unknown>> = await this.#pc.getStats();
      return report.values();
    } catch {
      return [];
    }
  }

  async #describeForm(): Promise<void> {
    const theirs = this.#theirs;
    if (!theirs || this.#pc.signalingState !== 'stable') return;
    const again = { type: theirs.type, sdp: withVoice(theirs.sdp, this.#voiceForm) };
    await this.#describe((pc) => describeAgain(pc, again));
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
      onState: guard((state) => handlers.onState(state)),
      onShownHeight: guard((height) => handlers.onShownHeight(height)),
      onChannelMoved: guard((id) => handlers.onChannelMoved(id)),
      onProblem: guard((problem, source) => handlers.onProblem(problem, source)),
    };
  }
}

interface Agreed {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

/** For this end alone: the other end is asked nothing and told nothing. */
async function describeAgain(pc: RTCPeerConnection, agreed: Agreed): Promise<void> {
  if (agreed.type === 'offer') {
    await pc.setRemoteDescription(agreed);
    await pc.setLocalDescription();
    return;
  }
  const offer = await pc.createOffer();
  // With other ICE servers than at the last offer it would look for fresh routes, of which the other end must be told.
  if (routesOf(offer) !== routesOf(pc.currentLocalDescription)) return;
  await pc.setLocalDescription(offer);
  try {
    await pc.setRemoteDescription(agreed);
  } catch (refusal) {
    await pc.setLocalDescription({ type: 'rollback' });
    throw refusal;
  }
}

const routesOf = (description: RTCSessionDescriptionInit | null): string | undefined =>
  /^a=ice-ufrag:.*$/m.exec(description?.sdp ?? '')?.[0];
