/** What a link needs and what it tells; link.ts is the link. */
import type { IceServer } from '#protocol/messages';
import type { Clock, CreatePeer, LocalTracks } from './link-peer';
import type { LinkRole } from './link-rules';
import type { LinkProblem, LinkState, MediaSource, MediaState } from './ports';

export interface LinkPorts {
  readonly createPeer: CreatePeer;
  readonly clock: Clock;
  readonly newLinkId: () => string;
}

export interface LinkHandlers {
  send(linkId: string, payload: string): void;
  iceServers(): Promise<readonly IceServer[]>;
  onTrack(source: MediaSource, track: MediaStreamTrack): void;
  onRemoteState(state: MediaState): void;
  /** The height at which the other end shows us; null when a new peer has not said it yet. */
  onShownHeight(height: number | null): void;
  onLinkState(state: LinkState): void;
  onProblem(problem: LinkProblem, source?: MediaSource): void;
}

export interface LinkOptions {
  readonly role: LinkRole;
  readonly tracks: LocalTracks;
  readonly state: MediaState | null;
}
