/**
 * All links of one call: exactly one to each other joined leg, from the newest snapshot, while the own leg is joined.
 * The mesh holds what every link sends, so that a link made later sends the same. It never decides that somebody is
 * gone – only a snapshot does – and never stops a local track.
 */
import type { ReceivedSignal } from '#common/ipc';
import { type CallSnapshot, type Leg, type Viewer, ownActiveLeg } from '#protocol/snapshot';
import type { LinkBudget } from './budget';
import { CallWatch, type LinkGauge, type WatchedCall } from './call-watch';
import { EarlySignals } from './early-signals';
import type { Clock } from './link-peer';
import type { LinkHandlers, LinkOptions } from './link-ports';
import type { LinkState, MediaSource, MediaState, Mesh, MeshHandlers } from './ports';
import { staggeredStarts } from './stagger';

/** A link as the mesh drives it (link.ts). */
export interface MeshLink {
  start(): void;
  awaitOffer(): void;
  refresh(): void;
  receive(linkId: string, payload: string): void;
  setTrack(source: MediaSource, track: MediaStreamTrack | null): void;
  setState(state: MediaState): void;
  setBudget(budget: LinkBudget): void;
  setShownHeight(height: number): void;
  /** null: there is no connection to read. */
  readonly gauge: LinkGauge | null;
  close(): void;
}

export type CreateLink = (options: LinkOptions, handlers: LinkHandlers) => MeshLink;

interface LinkEntry {
  readonly link: MeshLink;
  state: LinkState;
  /** The height at which the other end shows us; null: it never said. */
  shownHeight: number | null;
  /** Set while the link waits for its turn to start. */
  cancelStart: (() => void) | null;
}

type JoinedLeg = Leg & { readonly joinIndex: number };

export class PeerMesh implements Mesh {
  readonly #callId: string;
  readonly #viewer: Viewer;
  readonly #handlers: MeshHandlers;
  readonly #createLink: CreateLink;
  readonly #clock: Clock;
  readonly #watch: CallWatch;
  readonly #links = new Map<string, LinkEntry>();
  readonly #early = new EarlySignals();
  readonly #tracks = new Map<MediaSource, MediaStreamTrack>();
  /** By leg, also of those who have no link yet: a tile is there before its person. */
  readonly #shownHeights = new Map<string, number>();
  #state: MediaState | null = null;
  #revision = 0;
  #own: JoinedLeg | null = null;
  #isGroup = false;
  #toldLive: readonly string[] = [];
  #isStopped = false;

  constructor(
    call: { readonly callId: string; readonly viewer: Viewer },
    handlers: MeshHandlers,
    createLink: CreateLink,
    clock: Clock,
  ) {
    this.#callId = call.callId;
    this.#viewer = call.viewer;
    this.#handlers = handlers;
    this.#createLink = createLink;
    this.#clock = clock;
    this.#watch = new CallWatch(
      clock,
      () => this.#watched(),
      (legIds) => handlers.onSpeaking?.(legIds),
    );
  }

  update(call: CallSnapshot): void {
    if (this.#isStopped || call.callId !== this.#callId || call.revision <= this.#revision) return;
    this.#revision = call.revision;
    this.#isGroup = call.kind === 'group';
    const wasIn = this.#takeOwn(call);
    const others = this.#own ? othersJoined(call, this.#own) : [];
    this.#closeAllBut(new Set(others.map((leg) => leg.legId)));
    for (const leg of call.legs) if (leg.state === 'left') this.#early.take(leg.legId);
    const unlinked = others.filter((leg) => !this.#links.has(leg.legId));
    this.#offerToEarlier(unlinked);
    this.#answerLater(unlinked, wasIn);
    this.#tellLive();
    this.#watch.update();
  }

  handleSignal(signal: ReceivedSignal): void {
    if (this.#isStopped || signal.callId !== this.#callId) return;
    if (this.#own && signal.toLeg !== this.#own.legId) {
      this.#handlers.onProblem(signal.fromLeg, 'stale-signal');
      return;
    }
    const entry = this.#links.get(signal.fromLeg);
    if (entry) {
      // Whoever says something before its turn asks for the offer.
      if (entry.cancelStart) this.#start(signal.fromLeg, entry);
      entry.link.receive(signal.linkId, signal.payload);
    } else if (!this.#early.keep(signal)) {
      this.#handlers.onProblem(signal.fromLeg, 'stale-signal');
    }
  }

  setLocalTrack(source: MediaSource, track: MediaStreamTrack | null): void {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    for (const { link } of this.#links.values()) link.setTrack(source, track);
  }

  setLocalState(state: MediaState): void {
    this.#state = state;
    for (const { link } of this.#links.values()) link.setState(state);
  }

  setShownHeight(legId: string, height: number): void {
    this.#shownHeights.set(legId, height);
    this.#links.get(legId)?.link.setShownHeight(height);
  }

  refresh(): void {
    for (const { link, cancelStart } of this.#links.values()) if (!cancelStart) link.refresh();
  }

  stop(): void {
    this.#isStopped = true;
    this.#watch.stop();
    this.#closeAllBut(new Set());
    this.#early.clear();
    this.#tracks.clear();
    this.#shownHeights.clear();
  }

  /**
   * A person who left and came back has another leg, and no link of the former one is of use. Returns whether this page
   * has known the own leg as joined before.
   */
  #takeOwn(call: CallSnapshot): boolean {
    const leg = ownActiveLeg(call, this.#viewer);
    const own = leg && isJoined(leg) ? leg : null;
    const isSame = own?.legId === this.#own?.legId;
    if (!isSame) this.#closeAllBut(new Set());
    this.#own = own;
    return isSame;
  }

  /** All links exist at once, so that whatever is set reaches every one, and start one after the other. */
  #offerToEarlier(legs: readonly JoinedLeg[]): void {
    const own = this.#own;
    if (!own) return;
    const earlier = legs.filter((leg) => leg.joinIndex < own.joinIndex);
    earlier.sort((a, b) => a.joinIndex - b.joinIndex);
    for (const leg of earlier) this.#open(own, leg);
    const inOrder = earlier.map(({ legId }) => legId);
    const asked = inOrder.filter((legId) => this.#early.has(legId));
    for (const { legId, afterMs } of staggeredStarts([...new Set([...asked, ...inOrder])])) {
      this.#startAfter(legId, afterMs);
    }
  }

  /**
   * A newcomer offers by itself, to one after the other: whoever speaks asks, so as to be heard first. A page that was
   * loaded anew cannot tell newcomers from those who have offered already, and asks everybody.
   */
  #answerLater(legs: readonly JoinedLeg[], wasIn: boolean): void {
    const own = this.#own;
    if (!own) return;
    const asks = !wasIn || this.#watch.isSpeaking(own.legId);
    for (const leg of legs) {
      if (leg.joinIndex < own.joinIndex) continue;
      const { link } = this.#open(own, leg);
      if (asks) link.start();
      else link.awaitOffer();
      this.#giveEarly(leg.legId, link);
    }
  }

  #open(own: JoinedLeg, leg: JoinedLeg): LinkEntry {
    const role = own.joinIndex > leg.joinIndex ? 'offerer' : 'answerer';
    const options: LinkOptions = { role, tracks: this.#tracks, state: this.#state };
    const link = this.#createLink(options, this.#linkHandlers(own.legId, leg.legId));
    const entry: LinkEntry = { link, state: 'connecting', shownHeight: null, cancelStart: null };
    this.#links.set(leg.legId, entry);
    const height = this.#shownHeights.get(leg.legId);
    if (height !== undefined) link.setShownHeight(height);
    return entry;
  }

  #startAfter(legId: string, afterMs: number): void {
    const entry = this.#links.get(legId);
    if (!entry) return;
    if (afterMs === 0) this.#start(legId, entry);
    else entry.cancelStart = this.#clock.after(afterMs, () => this.#start(legId, entry));
  }

  #start(legId: string, entry: LinkEntry): void {
    entry.cancelStart?.();
    entry.cancelStart = null;
    entry.link.start();
    this.#giveEarly(legId, entry.link);
  }

  #giveEarly(legId: string, link: MeshLink): void {
    for (const { toLeg, linkId, payload } of this.#early.take(legId)) {
      if (toLeg === this.#own?.legId) link.receive(linkId, payload);
    }
  }

  #linkHandlers(ownLeg: string, legId: string): LinkHandlers {
    const callId = this.#callId;
    const handlers = this.#handlers;
    return {
      send: (linkId, payload) =>
        handlers.sendSignal({ callId, fromLeg: ownLeg, toLeg: legId, linkId, payload }),
      iceServers: () => handlers.iceServers(),
      onTrack: (source, track) => handlers.onRemoteTrack(legId, source, track),
      onRemoteState: (state) => handlers.onRemoteState(legId, state),
      onShownHeight: (height) => this.#takeShownHeight(legId, height),
      onLinkState: (state) => this.#takeLinkState(legId, state),
      onProblem: (problem, source) => handlers.onProblem(legId, problem, source),
    };
  }

  #takeLinkState(legId: string, state: LinkState): void {
    const entry = this.#links.get(legId);
    if (!entry) return;
    entry.state = state;
    this.#handlers.onLinkState(legId, state);
    this.#tellLive();
  }

  #takeShownHeight(legId: string, height: number | null): void {
    const entry = this.#links.get(legId);
    if (!entry || entry.shownHeight === height) return;
    entry.shownHeight = height;
    this.#watch.update();
  }

  #watched(): WatchedCall | null {
    if (!this.#own || this.#isStopped || this.#links.size === 0) return null;
    const links = [...this.#links].map(([legId, { link, shownHeight }]) => {
      const setBudget = (budget: LinkBudget): void => link.setBudget(budget);
      return [legId, { gauge: link.gauge, shownHeight, setBudget }] as const;
    });
    return {
      ownLegId: this.#own.legId,
      isGroup: this.#isGroup,
      isMuted: this.#state?.voiceMuted ?? false,
      links: new Map(links),
    };
  }

  #closeAllBut(kept: ReadonlySet<string>): void {
    for (const [legId, { link, cancelStart }] of this.#links) {
      if (kept.has(legId)) continue;
      this.#links.delete(legId);
      cancelStart?.();
      link.close();
    }
  }

  #tellLive(): void {
    const live = [...this.#links].filter(([, { state }]) => state === 'live').map(([id]) => id);
    if (live.join() === this.#toldLive.join()) return;
    this.#toldLive = live;
    this.#handlers.onLiveLegs(live);
  }
}

function isJoined(leg: Leg): leg is JoinedLeg {
  return leg.state === 'joined' && leg.joinIndex !== undefined;
}

function othersJoined(call: CallSnapshot, own: JoinedLeg): JoinedLeg[] {
  return call.legs.filter(isJoined).filter((leg) => leg.legId !== own.legId);
}
