/**
 * What comes from the others in one call: the mesh, their tracks and what they say about them. Owner of the mesh
 * and of the remote tracks. Legs are the mesh's words, users the application's: the newest snapshot translates.
 */
import { type CallSnapshot, isPresent } from '#protocol/snapshot';
import type { LinkState, MediaSource, MediaState } from '../media/ports';
import type { SessionEvent } from './events';
import { RCPlayCode } from './enums';
import { CallTrack, type Stage, setSpeaker, trackIdOf } from './track';

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
  /** What a picture would come from: links bring it in an audio call, too. */
  picture?: MediaStreamTrack;
  state: MediaState;
}

export class RemoteMedia {
  readonly #stage: Stage;
  readonly #emit: (event: SessionEvent) => void;
  readonly #legs = new Map<string, RemoteLeg>();
  #call: CallSnapshot;
  #speakerId: string | undefined;

  constructor(call: CallSnapshot, stage: Stage, emit: (event: SessionEvent) => void) {
    this.#call = call;
    this.#stage = stage;
    this.#emit = emit;
  }

  /** Who left takes the tracks along; an audio call has no pictures, and one that becomes a video call has them all. */
  update(call: CallSnapshot): void {
    const hasPicturesNow = this.#call.mediaType === 1 && call.mediaType === 2;
    this.#call = call;
    for (const [legId, leg] of this.#legs) {
      if (!call.legs.some((other) => other.legId === legId && isPresent(other))) this.#drop(legId);
      else if (call.mediaType === 1) this.#dropPicture(leg);
      else if (hasPicturesNow && leg.picture) this.handleTrack(legId, 'camera', leg.picture);
    }
  }

  /** All sound comes from this loudspeaker, now and later. Tried first, so that a wrong one changes nothing. */
  async setSpeaker(deviceId: string): Promise<RCPlayCode> {
    const probe = this.#stage.createAudio();
    if (!(await setSpeaker(probe, deviceId))) return RCPlayCode.UNKNOWN_SPEAKER;
    this.#speakerId = deviceId;
    const voices = [...this.#legs.values()].flatMap(({ audio }) => audio ?? []);
    await Promise.all(voices.map((voice) => voice.useSpeaker(deviceId)));
    return RCPlayCode.SUCCESS;
  }

  handleTrack(legId: string, source: MediaSource, media: MediaStreamTrack): void {
    const userId = this.#userOf(legId);
    const kind = kinds[source];
    if (userId === undefined || !kind) return;
    const leg = this.#leg(legId);
    if (kind === 'video') leg.picture = media;
    // A picture in an audio call is dropped, as documented.
    if (kind === 'video' && this.#call.mediaType === 1) return;
    const former = leg[kind];
    const track = new CallTrack({
      ...{ userId, kind, media, stage: this.#stage },
      isLocal: false,
      isMuted: former?.isLocalMuted() ?? false,
    });
    track.setOwnerMuted(isMuted(leg.state, kind));
    if (this.#speakerId !== undefined) void track.useSpeaker(this.#speakerId);
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

  /** Whose leg is gone already, speaks no more. */
  handleSpeaking(legIds: readonly string[]): void {
    const userIds = legIds.flatMap((legId) => this.#userOf(legId) ?? []);
    this.#emit({ type: 'speaking', userIds });
  }

  release(): void {
    for (const legId of this.#legs.keys()) this.#drop(legId);
  }

  #dropPicture(leg: RemoteLeg): void {
    leg.video?.release();
    delete leg.video;
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
