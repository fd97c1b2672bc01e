/**
 * One link to one other leg, from the snapshot that shows both joined to the one that shows either gone.
 *
 *   start ─> offerer: new peer, offer ─> answer ─> connected ─┐   broken: offer with fresh routes (restart), three
 *        └─> answerer: waits for the offer, may ask for it ───┘   times; then a new peer under a new link id (rebuild)
 *
 * What to do when is decided in link-rules.ts; this file only carries it out. Peers come and go inside a link, one at
 * a time, each with its own link id (link-identity.ts). A new one takes the old one's place once its description proved
 * usable, not before, and its tracks come after that: nothing is heard twice. All negotiation
 * runs through one queue, so no step ever meets another half done. A link never ends by itself: its owner closes it.
 */
import type { IceServer } from '#protocol/messages';
import type { LinkBudget } from './budget';
import type { LinkGauge } from './call-watch';
import { FreshServers } from './fresh-servers';
import { JobQueue } from './job-queue';
import { LinkIdentity } from './link-identity';
import type { LinkPeer, PeerHandlers } from './link-peer';
import { type LinkPayload, encodeLinkPayload, parseLinkPayload } from './link-payload';
import type { LinkHandlers, LinkOptions, LinkPorts } from './link-ports';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkMemory,
  decideLink,
  linkStateOf,
  newLinkMemory,
} from './link-rules';
import { type LinkState, type MediaSource, type MediaState, mediaSources } from './ports';
import type { VoiceForm } from './voice-form';

export class Link {
  readonly #ports: LinkPorts;
  readonly #handlers: LinkHandlers;
  readonly #tracks: Map<MediaSource, MediaStreamTrack>;
  readonly #identity: LinkIdentity;
  readonly #servers: FreshServers;
  readonly #queue: JobQueue;
  #state: MediaState | null;
  #budget: LinkBudget | null = null;
  #shownHeight: number | null = null;
  #memory: LinkMemory;
  #shown: LinkState = 'connecting';
  #peer: LinkPeer | null = null;
  /** Whose tracks were reported. */
  #heardFrom: LinkPeer | null = null;
  /** The offer that waits for its answer. */
  #offerInFlight: number | null = null;
  #offersMade = 0;
  /** Grows with every decision to offer: a queued offer that was overtaken by a newer one is skipped. */
  #offerTurn = 0;
  #wantsNewPeer = false;
  #cancelAlarm: () => void = () => undefined;
  #isClosed = false;

  constructor(options: LinkOptions, ports: LinkPorts, handlers: LinkHandlers) {
    this.#ports = ports;
    this.#handlers = handlers;
    this.#identity = new LinkIdentity(options.role);
    this.#servers = new FreshServers(ports.clock, () => handlers.iceServers());
    this.#queue = new JobQueue(() => handlers.onProblem('peer-failed'));
    this.#tracks = new Map(options.tracks);
    this.#state = options.state;
    this.#memory = newLinkMemory(options.role);
  }

  /** Offers, or asks for the offer. */
  start(): void {
    this.#apply({ type: 'started', asks: true });
  }

  /** In place of `start` where the other end has just come: it offers by itself, when this link's turn has come. */
  awaitOffer(): void {
    this.#apply({ type: 'started', asks: false });
  }

  refresh(): void {
    this.#apply({ type: 'refreshed' });
  }

  receive(linkId: string, text: string): void {
    if (this.#isClosed) return;
    if (this.#queue.isFull) {
      this.#handlers.onProblem('flooded');
      return;
    }
    const payload = parseLinkPayload(text);
    if (!payload.ok) {
      this.#handlers.onProblem(payload.error);
      return;
    }
    const offersMade = this.#offersMade;
    this.#queue.add(() => this.#take(linkId, payload.value, offersMade));
  }

  setTrack(source: MediaSource, track: MediaStreamTrack | null): void {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    this.#peer?.setTrack(source, track);
  }

  setState(state: MediaState): void {
    this.#state = state;
    this.#peer?.setState(state);
  }

  setBudget(budget: LinkBudget): void {
    const formBefore = this.#voiceForm;
    this.#budget = budget;
    this.#peer?.setBudget(budget);
    if (this.#voiceForm === formBefore) return;
    this.#queue.add(async () => this.#peer?.sendVoiceAs(this.#voiceForm));
  }

  setShownHeight(height: number): void {
    this.#shownHeight = height;
    this.#peer?.setShownHeight(height);
  }

  get #voiceForm(): VoiceForm {
    return this.#budget?.voiceForm ?? 'plain';
  }

  get gauge(): LinkGauge | null {
    return this.#peer;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelAlarm();
    this.#queue.clear();
    this.#peer?.close();
    this.#peer = null;
  }

  #apply(event: LinkEvent): void {
    if (this.#isClosed) return;
    const { memory, effects } = decideLink(this.#memory, event);
    this.#memory = memory;
    for (const effect of effects) this.#carryOut(effect);
    const shown = linkStateOf(memory);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#handlers.onLinkState(shown);
  }

  #carryOut(effect: LinkEffect): void {
    switch (effect.type) {
      case 'offer':
        this.#enqueueOffer(effect.restart);
        return;
      case 'rebuild':
        this.#wantsNewPeer = true;
        this.#enqueueOffer(false);
        return;
      case 'ask':
        this.#send(this.#identity.id, { type: 'link.request', want: effect.want });
        return;
      case 'set-alarm':
        this.#setAlarm(effect.afterMs);
    }
  }

  #setAlarm(afterMs: number | null): void {
    this.#cancelAlarm();
    if (afterMs === null) return;
    this.#cancelAlarm = this.#ports.clock.after(afterMs, () => this.#apply({ type: 'alarm' }));
  }

  #enqueueOffer(restart: boolean): void {
    const turn = ++this.#offerTurn;
    this.#queue.add(async () => {
      if (turn !== this.#offerTurn) return;
      const servers = await this.#servers.get();
      if (this.#wasClosed() || turn !== this.#offerTurn) return;
      await this.#offer(this.#peerForOffer(servers, restart), restart);
    });
  }

  #peerForOffer(servers: readonly IceServer[], restart: boolean): LinkPeer {
    if (this.#peer && !this.#wantsNewPeer) {
      // An offer that is merely repeated looks for no routes, and a browser that was given servers waits to do so.
      if (restart || this.#offerInFlight === null) this.#peer.setIceServers(servers);
      return this.#peer;
    }
    this.#wantsNewPeer = false;
    const linkId = this.#ports.newLinkId();
    const peer = this.#createPeer(linkId, servers);
    this.#adopt(peer, linkId);
    return peer;
  }

  async #offer(peer: LinkPeer, restart: boolean): Promise<void> {
    const isRepeated = !restart && this.#offerInFlight !== null;
    if (!isRepeated) this.#offerInFlight = ++this.#offersMade;
    const n = this.#offersMade;
    const offer = await peer.offer(restart);
    if (this.#wasClosed()) return;
    if (!offer.ok) {
      this.#refused();
      return;
    }
    this.#send(this.#identity.id, { type: 'offer', n, fresh: !restart, sdp: offer.value });
    this.#apply({ type: 'offer-sent' });
  }

  async #takeAnswer(n: number, sdp: string): Promise<void> {
    const peer = this.#peer;
    if (!peer || n !== this.#offerInFlight) {
      this.#handlers.onProblem('stale-signal');
      return;
    }
    const accepted = await peer.acceptAnswer(sdp);
    if (!accepted.ok) {
      this.#refused();
      return;
    }
    this.#offerInFlight = null;
    this.#reportTracks(peer);
    this.#apply({ type: 'answered', connection: peer.connection });
  }

  async #takeOffer(linkId: string, n: number, sdp: string): Promise<void> {
    const servers = await this.#servers.get();
    if (this.#wasClosed()) return;
    const present = linkId === this.#identity.id ? this.#peer : null;
    present?.setIceServers(servers);
    const peer = present ?? this.#createPeer(linkId, servers);
    const answer = await peer.answer(sdp);
    if (this.#wasClosed() || !answer.ok) {
      if (peer !== present) peer.close();
      this.#refused();
      return;
    }
    if (peer !== present) this.#adopt(peer, linkId);
    this.#send(linkId, { type: 'answer', n, sdp: answer.value });
    this.#reportTracks(peer);
    this.#apply({ type: 'answered', connection: peer.connection });
  }

  /** `offersMade`: how many had been made when it came. */
  async #take(linkId: string, payload: LinkPayload, offersMade: number): Promise<void> {
    const verdict = this.#identity.judge(linkId, payload);
    if (verdict !== 'expected') {
      this.#handlers.onProblem('stale-signal');
      if (verdict === 'unknown-link') this.#apply({ type: 'unknown-link' });
      return;
    }
    switch (payload.type) {
      case 'offer':
        return this.#takeOffer(linkId, payload.n, payload.sdp);
      case 'answer':
        return this.#takeAnswer(payload.n, payload.sdp);
      case 'candidate':
        return this.#peer?.addCandidate(payload);
      case 'channel':
        return this.#peer?.followChannel(payload.id);
      case 'link.request':
        this.#apply({
          type: 'requested',
          want: payload.want,
          isServed: offersMade < this.#offersMade,
        });
    }
  }

  #refused(): void {
    this.#apply({ type: 'description-refused', connection: this.#peer?.connection ?? 'new' });
  }

  #createPeer(linkId: string, iceServers: readonly IceServer[]): LinkPeer {
    const { role } = this.#memory;
    const handlers: PeerHandlers = {
      onCandidate: (candidate) => this.#send(linkId, { type: 'candidate', ...candidate }),
      onConnection: (connection) => {
        if (peer === this.#peer) this.#apply({ type: 'connection', connection });
      },
      onState: (state) => this.#handlers.onRemoteState(state),
      onShownHeight: (height) => {
        if (peer === this.#peer) this.#handlers.onShownHeight(height);
      },
      onChannelMoved: (id) => this.#send(linkId, { type: 'channel', id }),
      onProblem: (problem, source) => this.#handlers.onProblem(problem, source),
    };
    const options = {
      ...{ role, iceServers, tracks: this.#tracks, state: this.#state },
      voiceForm: this.#voiceForm,
    };
    const peer = this.#ports.createPeer(options, handlers);
    return peer;
  }

  /** The new peer takes the place of the present one, with what changed while it was made. */
  #adopt(peer: LinkPeer, linkId: string): void {
    this.#peer?.close();
    this.#identity.replace(linkId);
    this.#peer = peer;
    this.#offerInFlight = null;
    for (const source of mediaSources) peer.setTrack(source, this.#tracks.get(source) ?? null);
    if (this.#state) peer.setState(this.#state);
    if (this.#budget) peer.setBudget(this.#budget);
    if (this.#shownHeight !== null) peer.setShownHeight(this.#shownHeight);
    this.#handlers.onShownHeight(null);
  }

  /** The first agreement of a peer brings them; a later one on the same peer changes none. */
  #reportTracks(peer: LinkPeer): void {
    if (this.#isClosed || peer === this.#heardFrom) return;
    this.#heardFrom = peer;
    for (const [source, track] of peer.received()) this.#handlers.onTrack(source, track);
  }

  /** Asked after every await: what arrives late is released, not used. */
  #wasClosed(): boolean {
    return this.#isClosed;
  }

  #send(linkId: string, payload: LinkPayload): void {
    if (!this.#isClosed) this.#handlers.send(linkId, encodeLinkPayload(payload));
  }
}
