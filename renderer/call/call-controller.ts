/**
 * What the call window does, without Vue: takes its assignment, places or answers the one call through the
 * documented API, and says what to show. Ends with closeWindow, exactly once. It must never decide about the call
 * itself: who rings, who left and why is the session's to say.
 */
import type { CallAssignment } from '#common/ipc';
import type { CallApi } from '#common/window-api';
import { endReasonFor } from '#protocol/end-reason-for';
import {
  type CallerOptions,
  type ICodeResult,
  type ISessionListener,
  RCCallErrorCode,
  type RCCallClient,
  type RCCallSession,
  type RCTrack,
  createCaller,
} from '../caller';
import type { MediaPort } from '../media/ports';
import { createCallBridge } from './bridge';
import { type CallPhase, type CallView, emptyView } from './call-view';
import { type Ending, endingFor, failureOf, mediaText, stays } from './ending';
import { type Mark, markBridge, markMedia } from './marks';

export interface CallPorts {
  readonly peal: CallApi;
  readonly media: MediaPort;
  readonly mark: Mark;
  readonly warn: (message: string, cause?: unknown) => void;
  /** Runs a task later; returns its cancellation. */
  readonly after: (ms: number, task: () => void) => () => void;
  /** Told to the caller; tests bring their own. */
  readonly caller?: Pick<CallerOptions, 'stage' | 'now'>;
}

/** A hang-up that the server does not answer keeps the window no longer than this. */
const leavingMs = 1_000;

export class CallController {
  readonly #ports: CallPorts;
  readonly #show: (view: CallView) => void;
  #view = emptyView;
  #assignment: CallAssignment | undefined;
  #caller: RCCallClient | undefined;
  #session: RCCallSession | undefined;
  #placing: Promise<void> = Promise.resolve();
  #voice: RCTrack | undefined;
  #isLeaving = false;
  #isClosed = false;
  #cancelClose: (() => void) | undefined;

  constructor(ports: CallPorts, show: (view: CallView) => void) {
    this.#ports = ports;
    this.#show = show;
  }

  /** Listens first and asks for the assignment then, so that none is missed. */
  start(): void {
    const { peal, warn } = this.#ports;
    peal.onAssigned((assignment) => this.#handleAssignment(assignment));
    peal.onAccepted(({ callId }) => {
      if (callId === this.#session?.getSessionId()) void this.#accept();
    });
    peal
      .ready()
      .catch((cause: unknown) => warn('main does not know that the page is ready', cause));
  }

  // -- what the person does

  toggleMute(): void {
    if (!this.#voice || this.#view.phase === 'ended') return;
    const isMuted = !this.#view.isMuted;
    if (isMuted) this.#voice.mute();
    else this.#voice.unmute();
    this.#update({ isMuted });
  }

  async toggleCamera(): Promise<void> {
    const session = this.#session;
    if (!session || !this.#view.canSwitchCamera) return;
    const isCameraOn = !this.#view.isCameraOn;
    this.#update({ canSwitchCamera: false, notice: null });
    const { detail } = isCameraOn
      ? await session.enableVideoTrack()
      : await session.disableVideoTrack();
    if (this.#view.phase === 'ended') return;
    if (!isCameraOn) this.#update({ isCameraOn, ownPicture: null });
    this.#update({ canSwitchCamera: true, notice: detail ? mediaText(detail) : null });
  }

  /** At the end of a call, the same button closes the window. */
  hangUp(): void {
    if (this.#isLeaving) return;
    if (this.#view.phase === 'ended' || !this.#caller) {
      this.close();
      return;
    }
    this.#isLeaving = true;
    this.#ends({ text: 'call.reason.hungUp', stay: 'not' });
    const left = this.#session ? this.#session.hungup() : this.#placing;
    this.#caller.dispose();
    void left.then(() => this.close());
    this.#cancelClose = this.#ports.after(leavingMs, () => this.close());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelClose?.();
    const { peal, warn } = this.#ports;
    peal.closeWindow().catch((cause: unknown) => warn('main did not close the window', cause));
  }

  /** The first frame of the other person's picture is on the screen. */
  markFrame(): void {
    this.#ports.mark('peal:remote-frame');
  }

  elapsedMs(): number {
    return this.#session?.getElapsedMs() ?? 0;
  }

  // -- what the call does

  #handleAssignment(assignment: CallAssignment): void {
    if (this.#assignment) return;
    this.#assignment = assignment;
    const { peal, media, mark, warn, caller } = this.#ports;
    mark('peal:assigned');
    const bridge = markBridge(createCallBridge(peal, assignment, warn), mark);
    this.#caller = createCaller(bridge, markMedia(media, mark), {
      onSession: (session) => this.#handleSession(session),
      onSessionClose: (_session, { endReason }) => this.#leaveAfter(endingFor(endReason)),
      warn,
      ...caller,
    });
    const isPlacing = assignment.purpose === 'place';
    const mediaType = isPlacing ? assignment.mediaType : assignment.call.mediaType;
    this.#update({
      phase: isPlacing ? 'dialing' : assignment.accepted ? 'connecting' : 'incoming',
      self: assignment.self,
      peer: assignment.peer,
      isVideo: mediaType === 2,
    });
    if (isPlacing) this.#placing = this.#place(this.#caller, assignment.targetId, mediaType);
    else if (endReasonFor(assignment.call, bridge.self) !== null) this.close();
  }

  async #place(caller: RCCallClient, targetId: string, mediaType: 1 | 2): Promise<void> {
    const listener = this.#listener();
    const result = await caller.call({ targetId, mediaType, listener });
    if (this.#isLeaving) return;
    if (result.session) this.#keep(result.session);
    else this.#leaveAfter(failureOf(result));
  }

  #handleSession(session: RCCallSession): void {
    session.registerSessionListener(this.#listener());
    this.#session = session;
    if (this.#assignment?.purpose === 'answer' && this.#assignment.accepted) void this.#accept();
  }

  async #accept(): Promise<void> {
    const session = this.#session;
    if (!session || this.#view.phase === 'ended') return;
    this.#ports.mark('peal:claimed');
    this.#moveTo('connecting');
    const result = await session.accept();
    if (this.#isLeaving) return;
    if (result.code === RCCallErrorCode.SUCCESS) this.#keep(session);
    else this.#explain(result);
  }

  #keep(session: RCCallSession): void {
    this.#session = session;
    this.#update({ canSwitchCamera: this.#view.isVideo && this.#view.phase !== 'ended' });
  }

  /** The session has closed with a mere number; the result knows which device it was and why. */
  #explain(result: ICodeResult): void {
    if (result.detail) this.#leaveAfter(failureOf(result));
  }

  #listener(): ISessionListener {
    return {
      onRinging: () => {
        if (this.#view.phase === 'dialing') this.#moveTo('ringing');
      },
      onAccept: () => this.#moveTo('connecting'),
      onHungup: () => undefined,
      onTrackReady: (track) => this.#handleTrack(track),
      onMemberModify: () => undefined,
      onMediaModify: () => undefined,
      onAudioMuteChange: ({ muted }) => this.#update({ isPeerMuted: muted }),
      onVideoMuteChange: ({ muted }) => this.#update({ isPeerCameraOff: muted }),
      onLinkStateChange: (_userId, state) => {
        const wasLive = this.#view.phase === 'active' || this.#view.phase === 'reconnecting';
        if (state === 'live') this.#moveTo('active');
        else if (wasLive) this.#moveTo('reconnecting');
      },
    };
  }

  #handleTrack(track: RCTrack): void {
    if (this.#isLeaving) return;
    if (track.isLocalTrack()) {
      if (track.isAudioTrack()) this.#voice = track;
      else this.#update({ ownPicture: track, isCameraOn: true });
      return;
    }
    this.#ports.mark('peal:remote-track');
    if (track.isAudioTrack()) void this.#playSound(track);
    else this.#update({ peerPicture: track });
  }

  async #playSound(track: RCTrack): Promise<void> {
    this.#ports.mark('peal:remote-sound');
    const { code } = await track.play();
    const isHeard = code === RCCallErrorCode.SUCCESS;
    if (!isHeard && track.isReady()) this.#update({ notice: 'call.noSound' });
  }

  #leaveAfter(ending: Ending): void {
    if (this.#isLeaving) return;
    // Nobody has seen a window whose call was never accepted here.
    const isUnseen = this.#view.phase === 'incoming';
    this.#ends(ending);
    const stayMs = isUnseen ? 0 : stays[ending.stay];
    this.#cancelClose?.();
    if (stayMs === 0) this.close();
    else this.#cancelClose = this.#ports.after(stayMs, () => this.close());
  }

  #ends(ending: Ending): void {
    this.#update({
      phase: 'ended',
      ending,
      ownPicture: null,
      peerPicture: null,
      canSwitchCamera: false,
      notice: null,
    });
  }

  #moveTo(phase: CallPhase): void {
    if (this.#view.phase !== 'ended') this.#update({ phase });
  }

  #update(change: Partial<CallView>): void {
    this.#view = { ...this.#view, ...change };
    this.#show(this.#view);
  }
}
