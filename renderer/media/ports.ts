/**
 * The media room as the caller sees it. It knows legs, links and tracks, but no users' names, phases, windows or Vue.
 * A signal is opaque to everybody between two meshes.
 */
import type { ReceivedSignal } from '#common/ipc';
import type { IceServer } from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';

/** The four fixed sections of every link, in the order of the offer. */
export const mediaSources = ['voice', 'camera', 'screen', 'screen-sound'] as const;
export type MediaSource = (typeof mediaSources)[number];

/** What the other side says about its own sources, over the link's data channel. */
export interface MediaState {
  /** The microphone sends nothing that can be heard. */
  readonly voiceMuted: boolean;
  readonly cameraOff: boolean;
}

/** Why a microphone or camera could not be opened. */
export type MediaProblem = {
  readonly device: 'microphone' | 'camera';
  /** denied – the permission. absent – no such device. busy – another program has it. failed – anything else. */
  readonly detail: 'denied' | 'absent' | 'busy' | 'failed';
};

export interface LocalConstraints {
  readonly audio?: MediaTrackConstraints;
  readonly video?: MediaTrackConstraints;
}

export interface LocalMedia {
  readonly voice: MediaStreamTrack;
  readonly camera?: MediaStreamTrack;
  /** Why there is no camera, where the voice alone was welcome. */
  readonly cameraProblem?: MediaProblem;
}

export interface MediaWishes {
  readonly video: boolean;
  /** With `video`: a camera that cannot be opened leaves the voice open instead of closing it again. */
  readonly orVoiceAlone?: boolean;
}

/** connecting – no media yet. live – connected. broken – was connected or should be; being restarted or rebuilt. */
export type LinkState = 'connecting' | 'live' | 'broken';

/**
 * What went wrong on a link and was survived; for logs.
 * bad-payload – a signal that is none. stale-signal – it names a link that is gone or never was. bad-candidate,
 * bad-description – the browser refused it. channel-lost – the data channel closed and is opened anew. channel-failed –
 * it cannot be opened. ice-servers-refused – the browser refused at least one of them. track-refused – it would not
 * send a track, and this one does concern a person: the other end does not get that source. limits-refused – it sends
 * a source, but not within its budget or, for the voice, not before everything else. flooded – more signals at once
 * than any honest end sends; the newest were dropped. peer-failed – anything else that simple-peer would have destroyed
 * itself for.
 */
export type LinkProblem =
  | 'bad-payload'
  | 'stale-signal'
  | 'bad-candidate'
  | 'bad-description'
  | 'channel-lost'
  | 'channel-failed'
  | 'ice-servers-refused'
  | 'track-refused'
  | 'limits-refused'
  | 'flooded'
  | 'peer-failed';

export interface MeshHandlers {
  sendSignal(signal: ReceivedSignal): void;
  /** Asked anew before the first offer and before each restart. Never rejects. */
  iceServers(): Promise<readonly IceServer[]>;
  /**
   * Once per leg and source, as soon as the ends agree, which is before anything arrives: whoever plays it from here
   * on misses nothing. Again when a rebuilt link brings a new track. A camera that is off brings nothing on its track.
   */
  onRemoteTrack(legId: string, source: MediaSource, track: MediaStreamTrack): void;
  onRemoteState(legId: string, state: MediaState): void;
  onLinkState(legId: string, state: LinkState): void;
  /** The legs with a live link, whenever that set changes. */
  onLiveLegs(legIds: readonly string[]): void;
  /** `source` comes with `track-refused`. */
  onProblem(legId: string, problem: LinkProblem, source?: MediaSource): void;
  /** Who speaks now, the own leg included, whenever that set changes; in a call of two nobody is named. */
  onSpeaking?(legIds: readonly string[]): void;
}

export interface Mesh {
  /** Brings the links in line with a snapshot: exactly one to each other joined leg, none before the own leg joined. */
  update(call: CallSnapshot): void;
  handleSignal(signal: ReceivedSignal): void;
  /** The track that every link sends in this section; null sends nothing. Never renegotiates. */
  setLocalTrack(source: MediaSource, track: MediaStreamTrack | null): void;
  setLocalState(state: MediaState): void;
  /**
   * The height in pixels of the screen at which this person's picture is shown here, 0 while nobody sees it: the other
   * end sends no more than that. Until it is said, all of it is sent.
   */
  setShownHeight(legId: string, height: number): void;
  /** Tries every link anew at once: the network changed or the machine woke up. */
  refresh(): void;
  /** Closes every link. Nothing is called back afterwards. Local tracks are not stopped: they are not the mesh's. */
  stop(): void;
}

export interface MediaPort {
  /** Opens microphone and, with `video`, camera. Stops what it opened before it reports a problem. */
  openLocal(
    wants: MediaWishes,
    constraints?: LocalConstraints,
  ): Promise<Result<LocalMedia, MediaProblem>>;
  openCamera(constraints?: MediaTrackConstraints): Promise<Result<MediaStreamTrack, MediaProblem>>;
  createMesh(callId: string, viewer: Viewer, handlers: MeshHandlers): Mesh;
}
