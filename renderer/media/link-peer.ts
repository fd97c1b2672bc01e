/**
 * One WebRTC connection as a link uses it: `rtc-peer.ts` makes it of simple-peer, tests make it of nothing. A peer
 * reports and never closes itself; who made it closes it.
 */
import type { IceServer } from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { LinkBudget } from './budget';
import type { LinkGauge } from './call-watch';
import type { LinkCandidate } from './link-payload';
import type { Connection, LinkRole } from './link-rules';
import type { LinkProblem, MediaSource, MediaState } from './ports';
import type { VoiceForm } from './voice-form';

export interface LinkPeer extends LinkGauge {
  readonly connection: Connection;
  setIceServers(servers: readonly IceServer[]): void;
  /**
   * The first offer, and the very same one while it is not answered: taken back and made anew it would name its
   * sections anew, which an end that answered the lost one cannot take. `restart` takes back what is not answered
   * and looks for fresh routes.
   */
  offer(restart: boolean): Promise<Description>;
  answer(sdp: string): Promise<Description>;
  acceptAnswer(sdp: string): Promise<Result<null, 'bad-description'>>;
  addCandidate(candidate: LinkCandidate): void;
  /** What this section sends from now on. Nothing is negotiated for it. */
  setTrack(source: MediaSource, track: MediaStreamTrack | null): void;
  /** Voice and camera of the other end, once a description is agreed: before anything arrives on them. */
  received(): readonly (readonly [MediaSource, MediaStreamTrack])[];
  /** Told to the other end now, and again whenever the data channel opens. */
  setState(state: MediaState): void;
  /** What the senders may take from now on. Nothing is negotiated for it. The voice's form is apart (below). */
  setBudget(budget: LinkBudget): void;
  /** The voice's form from now on (voice-form.ts). A step of negotiation, though with this end alone. */
  sendVoiceAs(form: VoiceForm): Promise<void>;
  /** Told to the other end like the state: the height at which it is shown here. */
  setShownHeight(height: number): void;
  /** The other end moved to this data channel. */
  followChannel(id: number): void;
  /** Idempotent. Nothing is reported afterwards. */
  close(): void;
}

export type Description = Result<string, 'bad-description'>;

export interface PeerOptions {
  readonly role: LinkRole;
  readonly iceServers: readonly IceServer[];
  readonly tracks: LocalTracks;
  readonly state: MediaState | null;
  readonly voiceForm: VoiceForm;
}

export type LocalTracks = ReadonlyMap<MediaSource, MediaStreamTrack>;

export interface PeerHandlers {
  onCandidate(candidate: LinkCandidate): void;
  onConnection(connection: Connection): void;
  onState(state: MediaState): void;
  onShownHeight(height: number): void;
  /** The data channel had closed and this one was opened in its place. */
  onChannelMoved(id: number): void;
  /** `source` comes with `track-refused`. */
  onProblem(problem: LinkProblem, source?: MediaSource): void;
}

export type CreatePeer = (options: PeerOptions, handlers: PeerHandlers) => LinkPeer;

/** Time, handed in so that tests own it. */
export interface Clock {
  /** Returns its cancel. */
  after(ms: number, run: () => void): () => void;
}
