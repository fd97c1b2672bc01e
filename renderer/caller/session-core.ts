/**
 * The life of one call on this device. The server owns the call: this object follows its snapshots, opens and closes
 * the media, and turns differences into events. No timer here ends anything. Owns the session's media, which are given
 * back at the end at the latest. What an application holds is the face in front of it (session.ts).
 */
import { diffCalls } from '#protocol/call-diff';
import { endReasonFor } from '#protocol/end-reason-for';
import type { ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { type Result, ok } from '#protocol/result';
import { type CallSnapshot, type Viewer, legOf, ownActiveLeg } from '#protocol/snapshot';
import type { LocalConstraints, MediaProblem } from '../media/ports';
import type { CallerBridge, InviteRequest, LeaveReason } from './bridge';
import { areTooMany, distinct } from './call-params';
import { RCCallEndReason, RCCallErrorCode } from './enums';
import { SessionEvents, afterContinuations } from './events';
import type { OwnMedia } from './local-media';
import {
  ask,
  noMedia,
  notAGroup,
  refused,
  refusedAnswer,
  success,
  successWith,
  tooLate,
  unansweredReasons,
} from './problem-codes';
import type { SessionContext } from './session-context';
import * as machine from './session-machine';
import { SessionMedia } from './session-media';
import type { ICodeResult, IRTCJoinedInfo, ISessionListener, RCCallSession } from './types';

export interface SessionInit {
  readonly call: CallSnapshot;
  readonly context: SessionContext;
  /** Of a call that was placed here: they are open already. */
  readonly own?: OwnMedia;
}

export class SessionCore {
  readonly media: SessionMedia;
  /** What the application holds. */
  readonly face: RCCallSession;
  readonly #context: SessionContext;
  readonly #events: SessionEvents;
  readonly #isPlaced: boolean;
  #call: CallSnapshot;
  #accepting: Promise<ICodeResult> | undefined;
  #leaving: Promise<ICodeResult> | undefined;
  #endReason: RCCallEndReason | undefined;

  constructor({ call, context, own }: SessionInit, face: RCCallSession) {
    this.face = face;
    this.#call = call;
    this.#context = context;
    this.#isPlaced = own !== undefined;
    this.#events = new SessionEvents(face, context.warn, (userId) =>
      machine.senderInfo(this.#call, userId),
    );
    this.media = new SessionMedia(call, context, own ?? context.createOwnMedia(call.mediaType), {
      emit: (event) => this.#events.emit(event),
      onVoiceRefused: () => this.#giveUp('publish', RCCallEndReason.PUBLISH_ERROR),
    });
    if (own) {
      this.#accepting = Promise.resolve(success);
      this.media.connect();
    }
  }

  get call(): CallSnapshot {
    return this.#call;
  }

  get self(): Viewer {
    return this.#context.bridge.self;
  }

  get hasEnded(): boolean {
    return this.#endReason !== undefined;
  }

  get hasListener(): boolean {
    return this.#events.hasListener;
  }

  elapsedMs(): number {
    const since = machine.ownConnectedAt(this.#call, this.self);
    return since > 0 ? Math.max(0, this.#context.clock.now() - since) : 0;
  }

  joinedInfo(userId: string): IRTCJoinedInfo[] {
    return machine.joinedInfo(this.#call, userId);
  }

  setListener(listener: ISessionListener): void {
    this.#events.setListener(listener);
  }

  // -- what the server tells

  /** Follows the snapshot it was made from; what that has to tell waits for open(). */
  begin(): void {
    // Both called each other: the older call is the one, and its caller answered by having called.
    if (this.#isPlaced && this.#call.callerId !== this.self.userId) {
      this.#events.emit({ type: 'accepted', userId: this.#call.callerId });
    }
    this.#follow(null, this.#call);
  }

  /** The application knows the session: what waited is told, and all that follows. */
  open(): void {
    this.#events.open();
  }

  handleSnapshot(call: CallSnapshot): void {
    if (this.hasEnded || call.revision <= this.#call.revision) return;
    const previous = this.#call;
    const next = machine.callOfLeg(call, legOf(previous, this.self.userId));
    this.#call = next;
    this.#follow(previous, next);
  }

  handleSignal(signal: ReceivedSignal): void {
    this.media.handleSignal(signal);
  }

  #follow(previous: CallSnapshot | null, next: CallSnapshot): void {
    this.#context.clock.observe(next);
    for (const event of diffCalls(previous, next, this.self)) this.#events.emit(event);
    const asked = machine.videoAskEvent(previous, next, this.self);
    if (asked) this.#events.emit(asked);
    const reason = endReasonFor(next, this.self);
    if (reason === null) this.media.update(next);
    else this.#end(reason);
  }

  // -- what the application wants

  /** Repeated, it answers with the first result. */
  accept(constraints: LocalConstraints): Promise<ICodeResult> {
    this.#accepting ??= this.#accept(constraints);
    return this.#accepting;
  }

  async leave(): Promise<ICodeResult> {
    if (!this.hasEnded) this.#leaving ??= this.#leave();
    return this.#leaving ?? success;
  }

  /**
   * This device goes away. What it is in, or is answering, it leaves; what merely rings is over here alone, for the
   * person may still answer on another device.
   */
  withdraw(): void {
    const isIn = this.#accepting ?? ownActiveLeg(this.#call, this.self);
    if (isIn || this.#leaving) void this.leave();
    else this.#end(RCCallEndReason.NO_RESPONSE);
  }

  async becomeAudio(): Promise<ICodeResult> {
    if (this.#isOver() || this.#call.mediaType === 2) {
      return this.#command((bridge, callId) => bridge.setMedia(callId, 1));
    }
    return success;
  }

  async askForVideo(): Promise<ICodeResult> {
    if (this.#isOver() || this.#call.mediaType === 1) {
      return this.#command((bridge, callId) => bridge.setMedia(callId, 2));
    }
    return success;
  }

  answerVideo(accept: boolean): Promise<ICodeResult> {
    return this.#command((bridge, callId) => bridge.answerMedia(callId, accept));
  }

  async invite(request: InviteRequest): Promise<ICodeResult> {
    if (this.#call.kind === 'private') return notAGroup;
    const userIds = distinct(request.userIds);
    return this.#command(
      (bridge, callId) => bridge.invite(callId, { ...request, userIds }),
      userIds,
    );
  }

  extend(asked: readonly string[]): Promise<ICodeResult> {
    const userIds = distinct(asked);
    return this.#command((bridge, callId) => bridge.extend(callId, userIds), userIds);
  }

  /** Something said of a call that this device is in; `userIds`: who are asked in. */
  async #command(
    say: (bridge: CallerBridge, callId: string) => Promise<Result<CallSnapshot, CallProblem>>,
    userIds: readonly string[] = [],
  ): Promise<ICodeResult> {
    if (this.#isOver()) return tooLate;
    if (areTooMany(userIds, this.self)) return refused('call-full');
    const { bridge, warn } = this.#context;
    const answer = await ask(warn, () => say(bridge, this.#call.callId));
    if (!answer.ok) return refused(answer.error);
    this.handleSnapshot(answer.value);
    return success;
  }

  /** Over, or about to be: what a device or the server brings now is too late. */
  #isOver(): boolean {
    return this.hasEnded || this.#leaving !== undefined;
  }

  async #accept(constraints: LocalConstraints): Promise<ICodeResult> {
    if (this.#isOver()) return tooLate;
    const claimed = await this.#claim();
    if (this.#isOver()) return this.#lateAnswer();
    if (!claimed.ok) {
      this.#end(unansweredReasons[claimed.error], this.#accepting);
      return refusedAnswer(claimed.error);
    }
    const opened = await this.media.open(constraints);
    if (!opened.ok) {
      return opened.error === 'over' ? tooLate : this.#failToOpen(opened.error);
    }
    this.media.connect();
    const joined = await this.#join();
    return joined === success ? successWith(opened.value) : joined;
  }

  /** The popup has claimed the call already, when there is a popup; and a page that was loaded anew is in it. */
  async #claim(): Promise<Result<null, CallProblem>> {
    if (ownActiveLeg(this.#call, this.self)) return ok(null);
    const { bridge, warn, joinType } = this.#context;
    const claimed = await ask(warn, () => bridge.claim(this.#call.callId, joinType));
    if (!claimed.ok) return claimed;
    this.handleSnapshot(claimed.value);
    return ok(null);
  }

  /** The server may have taken the answer only to refuse this device. */
  #lateAnswer(): ICodeResult {
    return this.#endReason === RCCallEndReason.OTHER_CLIENT_IN_CALL
      ? refused('in-call-elsewhere')
      : tooLate;
  }

  async #join(): Promise<ICodeResult> {
    const { bridge, warn, registeredUser } = this.#context;
    if (ownActiveLeg(this.#call, this.self)?.state === 'joined') {
      this.media.announceOwnTracks();
      return success;
    }
    const joined = await ask(warn, () => bridge.join(this.#call.callId, registeredUser()));
    if (this.#isOver()) return tooLate;
    if (!joined.ok) {
      this.#giveUp('network', unansweredReasons[joined.error], this.#accepting);
      return { code: RCCallErrorCode.JOIN_ROOM_ERROR, problem: joined.error };
    }
    this.media.announceOwnTracks();
    this.handleSnapshot(joined.value);
    return success;
  }

  #failToOpen(detail: MediaProblem): ICodeResult {
    this.#giveUp('media', RCCallEndReason.GET_MEDIA_RESOURCES_ERROR, this.#accepting);
    return noMedia(this.#call.mediaType, detail);
  }

  /** Frees the others at once, if it gets through; else the server's deadlines do. */
  #giveUp(why: LeaveReason, reason: RCCallEndReason, result?: Promise<unknown>): void {
    if (this.#isOver()) return;
    const { bridge, warn, registeredUser } = this.#context;
    void ask(warn, () => bridge.leave(this.#call.callId, why, registeredUser()));
    this.#end(reason, result);
  }

  async #leave(): Promise<ICodeResult> {
    this.media.release();
    const { bridge, warn, registeredUser } = this.#context;
    const { callId } = this.#call;
    const left = await ask(warn, () => bridge.leave(callId, 'hangup', registeredUser()));
    if (left.ok) this.handleSnapshot(left.value);
    this.#end(machine.reasonToLeave(this.#call, this.self));
    return left.ok || left.error === 'call-over' ? success : refused(left.error);
  }

  /** The first reason counts. The result of the command that ended the session is heard before the close. */
  #end(reason: RCCallEndReason, result: Promise<unknown> | undefined = this.#leaving): void {
    if (this.#endReason !== undefined) return;
    this.#endReason = reason;
    this.media.release();
    const { clock, onEnd, onClose } = this.#context;
    const summary = machine.endSummary(this.#call, this.self, { reason, nowMs: clock.now() });
    const close = (): void => this.#events.close(() => onClose(this.face, summary));
    onEnd(this.#call.callId);
    if (result) void result.then(() => afterContinuations(close));
    else close();
  }
}
