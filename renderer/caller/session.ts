/**
 * One call of this device behind the documented session API. The server owns the call: this object follows its
 * snapshots, opens and closes media, and turns differences into callbacks. No timer here ends anything.
 * Owns the own media, the mesh and the remote tracks; #release gives all of it back, at the end at the latest.
 */
import { diffCalls } from '#protocol/call-diff';
import { endReasonFor } from '#protocol/end-reason-for';
import type { ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import type { IceServer } from '#protocol/messages';
import { type Result, ok } from '#protocol/result';
import { type CallSnapshot, ownActiveLeg } from '#protocol/snapshot';
import type { MediaPort, MediaProblem, Mesh } from '../media/ports';
import type { CallerBridge } from './bridge';
import { checkAcceptConstraints, checkListener, toLocalConstraints } from './call-params';
import {
  type ConversationType,
  RCCallEndReason,
  RCCallErrorCode,
  type RCCallMediaType,
  RCCallSessionState,
  type RCCallUserState,
} from './enums';
import { SessionEvents, type Warn, afterContinuations } from './events';
import { OwnMedia } from './local-media';
import { ask, noMedia, refused, success, tooLate, unansweredReasons } from './problem-codes';
import { RemoteMedia } from './remote-media';
import type { ServerClock } from './server-clock';
import * as machine from './session-machine';
import type { Stage } from './track';
import type {
  ICallConstraints,
  ICodeResult,
  IEndSummary,
  IRemoteUser,
  ISessionListener,
  RCCallSession,
} from './types';

export interface SessionContext {
  readonly bridge: CallerBridge;
  readonly media: MediaPort;
  readonly stage: Stage;
  readonly clock: ServerClock;
  readonly warn: Warn;
  /** Over: a new call may start. */
  onEnd(session: CallSession): void;
  /** Over and told: the last thing an application hears. */
  onClose(session: CallSession, summary: IEndSummary): void;
}

export class CallSession implements RCCallSession {
  readonly #context: SessionContext;
  readonly #events: SessionEvents;
  readonly #own: OwnMedia;
  readonly #remote: RemoteMedia;
  #call: CallSnapshot;
  #mesh: Mesh | undefined;
  #iceServers: readonly IceServer[] = [];
  #accepting: Promise<ICodeResult> | undefined;
  #leaving: Promise<ICodeResult> | undefined;
  #isEnded = false;

  /** `own` is given for an outgoing call, whose media is open already. */
  constructor(call: CallSnapshot, context: SessionContext, own?: OwnMedia) {
    const { media, stage, bridge, warn } = context;
    this.#call = call;
    this.#context = context;
    this.#events = new SessionEvents(this, warn);
    this.#own =
      own ?? new OwnMedia({ userId: bridge.self.userId, mediaType: call.mediaType, media, stage });
    this.#remote = new RemoteMedia(call, stage, (event) => this.#events.emit(event));
    if (own) {
      this.#accepting = Promise.resolve(success);
      this.#connect();
    }
  }

  // -- commands

  async accept(constraints?: ICallConstraints): Promise<ICodeResult> {
    checkAcceptConstraints(constraints);
    this.#accepting ??= this.#accept(constraints);
    return this.#accepting;
  }

  async hungup(): Promise<ICodeResult> {
    if (!this.#isEnded) this.#leaving ??= this.#leave();
    return this.#leaving ?? success;
  }

  registerSessionListener(listener: ISessionListener): void {
    checkListener(listener);
    this.#events.setListener(listener);
  }

  disableAudioTrack(): Promise<void> {
    this.#own.setVoiceMuted(true);
    return Promise.resolve();
  }

  enableAudioTrack(): Promise<void> {
    this.#own.setVoiceMuted(false);
    return Promise.resolve();
  }

  async disableVideoTrack(): Promise<ICodeResult> {
    if (!this.#own.hasVideo) return { code: RCCallErrorCode.MISSING_VIDEO_TRACK_ERROR };
    await this.#own.closeCamera();
    return success;
  }

  async enableVideoTrack(): Promise<ICodeResult> {
    if (!this.#own.hasVideo) return { code: RCCallErrorCode.MISSING_VIDEO_TRACK_ERROR };
    const opened = await this.#own.openCamera();
    if (opened.ok) {
      if (opened.value) this.#events.emit({ type: 'track', track: opened.value });
      return success;
    }
    if (opened.error === 'over') return { code: RCCallErrorCode.MISSING_VIDEO_TRACK_ERROR };
    return { code: RCCallErrorCode.GET_LOCAL_VIDEO_TRACK_ERROR, detail: opened.error };
  }

  // -- questions

  getSessionId(): string {
    return this.#call.callId;
  }

  getTargetId(): string {
    return machine.targetId(this.#call, this.#self);
  }

  getCallerId(): string {
    return this.#call.callerId;
  }

  getConversationType(): ConversationType {
    return machine.conversationType(this.#call);
  }

  getMediaType(): RCCallMediaType {
    return this.#call.mediaType;
  }

  getState(): RCCallSessionState {
    return this.#isEnded ? RCCallSessionState.END : machine.sessionState(this.#call, this.#self);
  }

  getRemoteUsers(): IRemoteUser[] {
    return machine.remoteUsers(this.#call, this.#self);
  }

  getUserState(userId: string): RCCallUserState | undefined {
    if (typeof (userId as unknown) !== 'string') throw new Error('userId must be a string');
    return machine.userState(this.#call, this.#self, userId);
  }

  getElapsedMs(): number {
    const since = machine.ownConnectedAt(this.#call, this.#self);
    return since > 0 ? Math.max(0, this.#context.clock.now() - since) : 0;
  }

  // -- for the caller only

  get hasListener(): boolean {
    return this.#events.hasListener;
  }

  /** Follows the snapshot it was made from; what that has to tell waits for open(). */
  begin(): void {
    this.#follow(null, this.#call);
  }

  /** The application knows the session: what waited is told, and all that follows. */
  open(): void {
    this.#events.open();
  }

  handleSnapshot(next: CallSnapshot): void {
    if (this.#isEnded || next.revision <= this.#call.revision) return;
    const previous = this.#call;
    this.#call = next;
    this.#follow(previous, next);
  }

  handleSignal(signal: ReceivedSignal): void {
    this.#mesh?.handleSignal(signal);
  }

  refreshLinks(): void {
    this.#mesh?.refresh();
  }

  get #self(): CallerBridge['self'] {
    return this.#context.bridge.self;
  }

  /** Over, or about to be: what a device or the server brings now is too late. */
  #isOver(): boolean {
    return this.#isEnded || this.#leaving !== undefined;
  }

  #follow(previous: CallSnapshot | null, next: CallSnapshot): void {
    this.#context.clock.observe(next);
    for (const event of diffCalls(previous, next, this.#self)) this.#events.emit(event);
    const reason = endReasonFor(next, this.#self);
    if (reason !== null) {
      this.#end(reason);
      return;
    }
    this.#remote.update(next);
    this.#mesh?.update(next);
  }

  async #accept(constraints: ICallConstraints | undefined): Promise<ICodeResult> {
    if (this.#isOver()) return tooLate;
    const claimed = await this.#claim();
    if (this.#isOver()) return tooLate;
    if (!claimed.ok) return this.#failToAnswer(claimed.error);
    const opened = await this.#own.open(toLocalConstraints(constraints));
    if (!opened.ok) {
      return opened.error === 'over' ? tooLate : this.#failToOpen(opened.error);
    }
    this.#connect();
    return this.#join();
  }

  /** The click in the popup has claimed the call already, when there is a popup. */
  async #claim(): Promise<Result<null, CallProblem>> {
    if (ownActiveLeg(this.#call, this.#self)) return ok(null);
    const { bridge, warn } = this.#context;
    const claimed = await ask(warn, () => bridge.claim(this.#call.callId));
    if (!claimed.ok) return claimed;
    this.handleSnapshot(claimed.value);
    return ok(null);
  }

  async #join(): Promise<ICodeResult> {
    const { bridge, warn } = this.#context;
    const joined = await ask(warn, () => bridge.join(this.#call.callId));
    if (this.#isOver()) return tooLate;
    if (!joined.ok) {
      // Frees the caller at once, if it gets through; else the server's deadline does.
      void ask(warn, () => bridge.leave(this.#call.callId, 'hangup'));
      return this.#failToAnswer(joined.error);
    }
    for (const track of this.#own.tracks) this.#events.emit({ type: 'track', track });
    this.handleSnapshot(joined.value);
    return success;
  }

  #failToAnswer(problem: CallProblem): ICodeResult {
    this.#end(unansweredReasons[problem]);
    return refused(problem);
  }

  #failToOpen(detail: MediaProblem): ICodeResult {
    const { bridge, warn } = this.#context;
    void ask(warn, () => bridge.leave(this.#call.callId, 'media'));
    this.#end(RCCallEndReason.GET_MEDIA_RESOURCES_ERROR);
    return noMedia(this.#call.mediaType, detail);
  }

  async #leave(): Promise<ICodeResult> {
    this.#release();
    const { bridge, warn } = this.#context;
    const left = await ask(warn, () => bridge.leave(this.#call.callId, 'hangup'));
    if (left.ok) this.handleSnapshot(left.value);
    this.#end(machine.reasonToLeave(this.#call, this.#self));
    return left.ok || left.error === 'call-over' ? success : refused(left.error);
  }

  #connect(): void {
    const { bridge, media, warn } = this.#context;
    const { callId } = this.#call;
    const mesh = media.createMesh(callId, this.#self, {
      sendSignal: (signal) => bridge.sendSignal(signal),
      iceServers: async () => {
        const servers = await ask(warn, () => bridge.iceServers());
        // The last known ones are better than none for a restart while the server is away.
        if (servers.ok) this.#iceServers = servers.value;
        return this.#iceServers;
      },
      onRemoteTrack: (legId, source, track) => this.#remote.handleTrack(legId, source, track),
      onRemoteState: (legId, state) => this.#remote.handleState(legId, state),
      onLinkState: (legId, state) => this.#remote.handleLinkState(legId, state),
      onLiveLegs: (legIds) => bridge.reportLiveLinks(callId, legIds),
      onProblem: (legId, problem) => warn(`link to leg ${legId}: ${problem}`),
    });
    this.#mesh = mesh;
    this.#own.sendOver(mesh);
  }

  #release(): void {
    this.#own.release();
    this.#mesh?.stop();
    this.#mesh = undefined;
    this.#remote.release();
  }

  /** The first reason counts. After a hang-up of this user, its result is heard before the close. */
  #end(reason: RCCallEndReason): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#release();
    const end = { reason, nowMs: this.#context.clock.now() };
    const summary = machine.endSummary(this.#call, this.#self, end);
    const close = (): void => this.#events.close(() => this.#context.onClose(this, summary));
    this.#context.onEnd(this);
    if (this.#leaving) void this.#leaving.then(() => afterContinuations(close));
    else close();
  }
}
