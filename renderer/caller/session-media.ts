/**
 * Everything of one session that is seen and heard: the own media, the links, the others' tracks. Owns all three;
 * release() gives them back. Answers the documented commands about devices with their codes. It must never decide
 * about the call itself.
 */
import type { ReceivedSignal } from '#common/ipc';
import type { IceServer } from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import type {
  LinkProblem,
  LocalConstraints,
  MediaProblem,
  MediaSource,
  Mesh,
} from '../media/ports';
import { RCCallErrorCode, RCPlayCode } from './enums';
import type { SessionEvent } from './events';
import type { ChangeProblem, OpenProblem, OwnMedia } from './local-media';
import { ask, success, tooLate } from './problem-codes';
import { RemoteMedia } from './remote-media';
import { ShownHeights } from './shown-heights';
import type { SessionContext } from './session-context';
import type { CallTrack } from './track';
import type { ICodeResult } from './types';

export interface SessionMediaHandlers {
  emit(event: SessionEvent): void;
  /** No link can send the own voice. */
  onVoiceRefused(): void;
}

export class SessionMedia {
  readonly #context: SessionContext;
  readonly #handlers: SessionMediaHandlers;
  readonly #own: OwnMedia;
  readonly #remote: RemoteMedia;
  #call: CallSnapshot;
  #mesh: Mesh | undefined;
  #iceServers: readonly IceServer[] = [];
  #earlyServers: Promise<boolean> | undefined;
  readonly #refusedBy = new Set<string>();
  readonly #heights = new ShownHeights();
  #isReleased = false;

  constructor(
    call: CallSnapshot,
    context: SessionContext,
    own: OwnMedia,
    handlers: SessionMediaHandlers,
  ) {
    this.#call = call;
    this.#context = context;
    this.#own = own;
    this.#handlers = handlers;
    this.#remote = new RemoteMedia(call, context.stage, (event) => handlers.emit(event));
    // Who asked for a video call may be in an audio call now: no link may ever see the picture.
    if (call.mediaType === 1) own.becomeAudio();
  }

  // -- the life of it

  open(constraints: LocalConstraints): Promise<Result<MediaProblem | null, OpenProblem>> {
    // Who joins makes its offer at once: the first link's servers come while the devices open.
    this.#earlyServers = this.#askForServers();
    return this.#own.open(constraints);
  }

  /** From now on signals go out and come in, and every link sends what is open. */
  connect(): void {
    const { bridge, media } = this.#context;
    const { callId } = this.#call;
    const mesh = media.createMesh(callId, bridge.self, {
      sendSignal: (signal) => bridge.sendSignal(signal),
      iceServers: () => this.#serversForLink(),
      onRemoteTrack: (legId, source, track) => this.#remote.handleTrack(legId, source, track),
      onRemoteState: (legId, state) => this.#remote.handleState(legId, state),
      onLinkState: (legId, state) => this.#remote.handleLinkState(legId, state),
      onLiveLegs: (legIds) => bridge.reportLiveLinks(callId, legIds),
      onProblem: (legId, problem, source) => this.#handleProblem(legId, problem, source),
      onSpeaking: (legIds) => this.#remote.handleSpeaking(legIds),
    });
    this.#mesh = mesh;
    this.#own.sendOver({
      mesh,
      onState: (state) => bridge.reportMediaState(callId, state),
      onEnded: (track) => this.#handlers.emit({ type: 'local-ended', track }),
    });
    mesh.update(this.#call);
    this.#heights.tell(mesh, this.#call);
  }

  update(call: CallSnapshot): void {
    if (call.mediaType === 1) this.#own.becomeAudio();
    else if (this.#call.mediaType === 1) this.#own.becomeVideo();
    this.#call = call;
    this.#remote.update(call);
    this.#mesh?.update(call);
    if (this.#mesh) this.#heights.tell(this.#mesh, call);
  }

  announceOwnTracks(): void {
    for (const track of this.#own.tracks) this.#handlers.emit({ type: 'track', track });
  }

  setShownHeight(userId: string, height: number): void {
    this.#heights.set(userId, height);
    if (this.#mesh) this.#heights.tell(this.#mesh, this.#call);
  }

  handleSignal(signal: ReceivedSignal): void {
    this.#mesh?.handleSignal(signal);
  }

  refreshLinks(): void {
    this.#mesh?.refresh();
  }

  /** Idempotent. */
  release(): void {
    this.#isReleased = true;
    this.#own.release();
    this.#mesh?.stop();
    this.#mesh = undefined;
    this.#remote.release();
  }

  // -- commands about devices

  setVoiceMuted(isMuted: boolean): void {
    this.#own.setVoiceMuted(isMuted);
  }

  disableVideo(): ICodeResult {
    if (!this.#own.hasVideo) return { code: RCCallErrorCode.MISSING_VIDEO_TRACK_ERROR };
    this.#own.closeCamera();
    return success;
  }

  async enableVideo(): Promise<ICodeResult> {
    const opened = await this.#own.openCamera();
    return this.#cameraResult(opened);
  }

  async changeVoice(constraints: MediaTrackConstraints): Promise<ICodeResult> {
    const changed = await this.#own.changeVoice(constraints);
    if (changed.ok) return this.#announce(changed.value);
    if (changed.error === 'over') return tooLate;
    return changed.error === 'not-open'
      ? { code: RCCallErrorCode.AUDIO_PUBLISH_ERROR }
      : { code: RCCallErrorCode.GET_LOCAL_AUDIO_TRACK_ERROR, detail: changed.error };
  }

  async changeCamera(constraints: MediaTrackConstraints): Promise<ICodeResult> {
    return this.#cameraResult(await this.#own.changeCamera(constraints));
  }

  async setSpeaker(deviceId: string): Promise<{ code: RCPlayCode }> {
    return {
      code: this.#isReleased ? RCPlayCode.NOT_READY : await this.#remote.setSpeaker(deviceId),
    };
  }

  #cameraResult(changed: Result<CallTrack | null, ChangeProblem>): ICodeResult {
    if (changed.ok) return changed.value ? this.#announce(changed.value) : success;
    if (changed.error === 'over') return { code: RCCallErrorCode.MISSING_VIDEO_TRACK_ERROR };
    return changed.error === 'not-open'
      ? { code: RCCallErrorCode.VIDEO_PUBLISH_ERROR }
      : { code: RCCallErrorCode.GET_LOCAL_VIDEO_TRACK_ERROR, detail: changed.error };
  }

  #announce(track: CallTrack): ICodeResult {
    this.#handlers.emit({ type: 'track', track });
    return success;
  }

  /** Everything else on a link mends itself; what a link will not send concerns a person. */
  #handleProblem(legId: string, problem: LinkProblem, source?: MediaSource): void {
    this.#context.warn(`link to leg ${legId}: ${problem}${source ? ` (${source})` : ''}`);
    if (problem !== 'track-refused') return;
    if (source === 'camera') {
      const code = RCCallErrorCode.VIDEO_PUBLISH_ERROR;
      this.#handlers.emit({ type: 'publish-fail', code });
    } else if (source === 'voice' && this.#own.hasVoice) {
      const code = RCCallErrorCode.AUDIO_PUBLISH_ERROR;
      this.#handlers.emit({ type: 'publish-fail', code });
      this.#refusedBy.add(legId);
      if (this.#isRefusedByAll()) this.#handlers.onVoiceRefused();
    }
  }

  #isRefusedByAll(): boolean {
    const { userId } = this.#context.bridge.self;
    const others = this.#call.legs.filter((leg) => leg.userId !== userId && leg.state === 'joined');
    return others.every((leg) => this.#refusedBy.has(leg.legId));
  }

  /** Fresh ones, unless those that came early are still unused. */
  async #serversForLink(): Promise<readonly IceServer[]> {
    const early = this.#earlyServers;
    this.#earlyServers = undefined;
    if (!(await early)) await this.#askForServers();
    return this.#iceServers;
  }

  /** The last known ones are better than none for a restart while the server is away. */
  async #askForServers(): Promise<boolean> {
    const { bridge, warn } = this.#context;
    const servers = await ask(warn, () => bridge.iceServers());
    if (servers.ok) this.#iceServers = servers.value;
    return servers.ok;
  }
}
