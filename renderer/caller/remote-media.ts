/**
 * What comes from the others in one call: the mesh, their tracks and what they say about them. Owner of the mesh
 * and of the remote tracks. Legs are the mesh's words, users the application's: the newest snapshot translates.
 */
import { type CallSnapshot, isPresent } from '#protocol/snapshot';
import type { LinkState, MediaSource, MediaState } from '../media/ports';
import type { SessionEvent } from './events';
import { CallTrack, type Stage, trackIdOf } from './track';

/** Screen and its sound are sections of every link from the start, but nothing of the documented API shows them yet. */
const kinds: Record<MediaSource, 'audio' | 'video' | null> = {
  voice: 'audio',
  camera: 'video',
  screen: null,
  'screen-sound': null,
};

interface RemoteLeg {
  audio?: CallTrack;
  video?: CallTrack;
  state: MediaState;
}

export class RemoteMedia {
  readonly #stage: Stage;
  readonly #emit: (event: SessionEvent) => void;
  readonly #legs = new Map<string, RemoteLeg>();
  #call: CallSnapshot;

  constructor(call: CallSnapshot, stage: Stage, emit: (event: SessionEvent) => void) {
    this.#call = call;
    this.#stage = stage;
    this.#emit = emit;
  }

  /** Who left takes the tracks along. */
  update(call: CallSnapshot): void {
    this.#call = call;
    for (const legId of this.#legs.keys()) {
      if (!call.legs.some((leg) => leg.legId === legId && isPresent(leg))) this.#drop(legId);
    }
  }

  handleTrack(legId: string, source: MediaSource, media: MediaStreamTrack): void {
    const userId = this.#userOf(legId);
    const kind = kinds[source];
    // A picture in an audio call is dropped, as documented.
    if (userId === undefined || !kind || (kind === 'video' && this.#call.mediaType === 1)) return;
    const leg = this.#leg(legId);
    const former = leg[kind];
    const track = new CallTrack({ userId, kind, isLocal: false, media, stage: this.#stage });
    track.setOwnerMuted(isMuted(leg.state, kind));
    if (former?.isLocalMuted()) track.mute();
    former?.release();
    leg[kind] = track;
    this.#emit({ type: 'track', track });
  }

  handleState(legId: string, state: MediaState): void {
    const userId = this.#userOf(legId);
    if (userId === undefined) return;
    const leg = this.#leg(legId);
    const before = leg.state;
    leg.state = state;
    for (const kind of ['audio', 'video'] as const) {
      if (kind === 'video' && this.#call.mediaType === 1) continue;
      const muted = isMuted(state, kind);
      if (muted === isMuted(before, kind)) continue;
      leg[kind]?.setOwnerMuted(muted);
      const trackId = trackIdOf(userId, kind);
      this.#emit({ type: 'mute', change: { userId, muted, kind, trackId } });
    }
  }

  handleLinkState(legId: string, state: LinkState): void {
    const userId = this.#userOf(legId);
    if (userId !== undefined) this.#emit({ type: 'link', userId, state });
  }

  release(): void {
    for (const legId of this.#legs.keys()) this.#drop(legId);
  }

  #drop(legId: string): void {
    const leg = this.#legs.get(legId);
    leg?.audio?.release();
    leg?.video?.release();
    this.#legs.delete(legId);
  }

  #userOf(legId: string): string | undefined {
    return this.#call.legs.find((leg) => leg.legId === legId && isPresent(leg))?.userId;
  }

  /** Until it says otherwise, a person speaks and is seen. */
  #leg(legId: string): RemoteLeg {
    const leg = this.#legs.get(legId) ?? { state: { voiceMuted: false, cameraOff: false } };
    this.#legs.set(legId, leg);
    return leg;
  }
}

function isMuted(state: MediaState, kind: 'audio' | 'video'): boolean {
  return kind === 'audio' ? state.voiceMuted : state.cameraOff;
}
