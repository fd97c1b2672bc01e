/**
 * What the pages of call windows ask, each for its own call only, and what becomes of a call when its window goes: a
 * person who closes it hangs up, a page that died or was loaded anew goes on.
 */
import type { ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { joinTypes } from '#protocol/join-types';
import type { IceServer, RequestBody } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type {
  ClaimBody,
  CommandResult,
  JoinBody,
  LeaveBody,
  StartBody,
  StartGroupBody,
} from './call-commands';
import type { DeskParts } from './desk-parts';
import type { MediaState, PageReports } from './page-reports';
import type { Placing } from './placing';
import type { SignalingPort, WindowId } from './ports';
import { toCallProblem } from './rules/call-problem';
import { peerIdOf } from './rules/desk-call';
import { type AnyOrder, isOrdered } from './rules/orders';
import { isHeldHere } from './rules/wanted';

/** The call on another device of this user ends for this one. */
const kick = { joinType: joinTypes.kick } as const;

export interface WindowRequestsOptions {
  readonly parts: DeskParts;
  readonly placing: Placing;
  readonly reports: PageReports;
  readonly signaling: SignalingPort;
}

export class WindowRequests {
  readonly #options: WindowRequestsOptions;

  constructor(options: WindowRequestsOptions) {
    this.#options = options;
  }

  // -- the window itself

  ready(windowId: WindowId): void {
    const { windows } = this.#parts;
    if (windows.isReady(windowId)) this.#pageLoadedAnew(windowId);
    windows.handleReady(windowId);
  }

  /** `crashed`: its page died, and no person wanted that. */
  gone(windowId: WindowId, crashed: boolean): void {
    const { windows, store, nowMs, onChanged } = this.#parts;
    if (!windows.has(windowId)) return;
    const callId = windows.callIdOf(windowId);
    this.#cancelStart(windowId);
    windows.handleGone(windowId);
    if (callId !== null) {
      this.#options.reports.forgetLinks(callId);
      if (!crashed && this.#isHeld(callId)) store.markOut(callId, 'hangup', nowMs());
    }
    onChanged();
  }

  // -- to place a call

  mayStart(windowId: WindowId): Result<null, CallProblem> {
    const { windows, mayStart } = this.#parts;
    const order = windows.orderOf(windowId);
    const may = mayStart(order?.kind === 'place' ? order.targetId : null);
    if (!may.ok) windows.noteStep(windowId, 'failed');
    return may;
  }

  /** The page may ask for the call that the person clicked, and for no other. */
  async start(windowId: WindowId, body: StartBody): Promise<CommandResult> {
    const order = this.#parts.windows.orderOf(windowId);
    const isClicked = order?.kind === 'place' && order.targetId === body.targetId;
    if (!isClicked || order.mediaType !== body.mediaType) return err('call-over');
    return this.#start(windowId, 'call.start', order.switchHere ? { ...body, ...kick } : body);
  }

  /** The same for a call to several: these people, and no others. */
  async startGroup(windowId: WindowId, body: StartGroupBody): Promise<CommandResult> {
    const order = this.#parts.windows.orderOf(windowId);
    if (order?.kind !== 'place-group' || !isOrdered(order, body)) return err('call-over');
    return this.#start(
      windowId,
      'call.start-group',
      order.switchHere ? { ...body, ...kick } : body,
    );
  }

  /** A call that is over, or that came to nothing, is called again from where its window is. */
  async callAgain(windowId: WindowId, switchHere: boolean): Promise<Result<null, CallProblem>> {
    const order = this.#orderAgain(windowId);
    if (!order) return err('call-exists');
    const placed = await this.#options.placing.place({ ...order, switchHere }, windowId);
    if (placed.ok) this.#parts.windows.destroyWindow(windowId);
    return placed;
  }

  // -- in a call

  /** Only what the person has accepted, in the card or in home: a window that merely rings answers nothing. */
  async claim(windowId: WindowId, body: ClaimBody): Promise<CommandResult> {
    const { store, commands } = this.#parts;
    const isAccepted = store.find(body.callId)?.facts.entered ?? false;
    if (!isAccepted || !this.#owns(windowId, body.callId)) return err('call-over');
    return commands.run('call.claim', body);
  }

  async join(windowId: WindowId, body: JoinBody): Promise<CommandResult> {
    if (!this.#owns(windowId, body.callId)) return err('call-over');
    return this.#parts.commands.run('call.join', body);
  }

  async leave(windowId: WindowId, body: LeaveBody): Promise<CommandResult> {
    const { store, commands, nowMs } = this.#parts;
    if (!this.#owns(windowId, body.callId)) return err('call-over');
    store.markOut(body.callId, body.why, nowMs());
    return commands.leave(body);
  }

  /** Sound only from now on, for everybody in the call, or pictures, too. */
  async setMedia(windowId: WindowId, body: RequestBody<'call.media'>): Promise<CommandResult> {
    if (!this.#owns(windowId, body.callId)) return err('call-over');
    return this.#parts.commands.run('call.media', body);
  }

  async answerMedia(
    windowId: WindowId,
    body: RequestBody<'call.media-answer'>,
  ): Promise<CommandResult> {
    if (!this.#owns(windowId, body.callId)) return err('call-over');
    return this.#parts.commands.run('call.media-answer', body);
  }

  async invite(windowId: WindowId, body: RequestBody<'call.invite'>): Promise<CommandResult> {
    if (!this.#owns(windowId, body.callId)) return err('call-over');
    return this.#parts.commands.run('call.invite', body);
  }

  async extend(windowId: WindowId, body: RequestBody<'call.extend'>): Promise<CommandResult> {
    if (!this.#owns(windowId, body.callId)) return err('call-over');
    return this.#parts.commands.run('call.extend', body);
  }

  sendSignal(windowId: WindowId, signal: ReceivedSignal): void {
    if (this.#owns(windowId, signal.callId)) this.#options.signaling.sendSignal(signal);
  }

  reportLiveLinks(windowId: WindowId, callId: string, legIds: readonly string[]): void {
    if (!this.#owns(windowId, callId)) return;
    this.#options.reports.noteLinks(callId, legIds);
    this.#options.signaling.beat();
  }

  reportMediaState(windowId: WindowId, callId: string, state: MediaState): void {
    if (!this.#owns(windowId, callId)) return;
    this.#options.reports.noteMedia(callId, state);
    this.#parts.onChanged();
  }

  /**
   * Microphone, camera, the machine's addresses and TURN passwords: for a window in which the person places a call or
   * is in one, not for one that waits or merely rings.
   */
  mayUseDevices(windowId: WindowId): boolean {
    const { windows } = this.#parts;
    if (windows.orderOf(windowId)) return true;
    const callId = windows.callIdOf(windowId);
    return callId !== null && this.#isHeld(callId);
  }

  async iceServers(windowId: WindowId): Promise<Result<readonly IceServer[], CallProblem>> {
    if (!this.mayUseDevices(windowId)) return err('call-over');
    const answer = await this.#options.signaling.request('ice.servers', {});
    return answer.ok ? ok(answer.value.iceServers) : err(toCallProblem(answer.error));
  }

  async #start<T extends 'call.start' | 'call.start-group'>(
    windowId: WindowId,
    type: T,
    body: RequestBody<T>,
  ): Promise<CommandResult> {
    const { windows, commands } = this.#parts;
    const may = this.mayStart(windowId);
    if (!may.ok) return may;
    windows.noteStep(windowId, 'asked');
    const started = await commands.start(type, body, (callId) => this.#bind(windowId, callId));
    if (!started.ok) windows.noteStep(windowId, 'failed');
    return started;
  }

  /**
   * False when the window is gone: then nobody wants the call. It may be the other person's call, whose ring the
   * person has just accepted in the card: that window is in it already, and this one has nothing to do.
   */
  #bind(windowId: WindowId, callId: string): boolean {
    const { windows, store } = this.#parts;
    if (!windows.has(windowId)) return false;
    const isAccepted = store.find(callId)?.facts.entered ?? false;
    if (isAccepted && windows.hasWindow(callId)) windows.destroyWindow(windowId);
    else windows.bind(windowId, callId);
    store.enter(callId);
    return true;
  }

  /** What the former page did is lost with it, except what the server knows: a call goes on, a try does not. */
  #pageLoadedAnew(windowId: WindowId): void {
    const { windows, store } = this.#parts;
    const callId = windows.callIdOf(windowId);
    if (callId === null) {
      this.#cancelStart(windowId);
      if (windows.orderOf(windowId)) windows.destroyWindow(windowId);
    } else if (store.find(callId)?.facts.overSince === null) {
      this.#options.reports.forgetLinks(callId);
      windows.resume(windowId, callId);
    } else windows.destroyWindow(windowId);
  }

  #cancelStart(windowId: WindowId): void {
    const { windows, commands, log } = this.#parts;
    if (windows.stepOf(windowId) !== 'asked') return;
    log.info('calls: the window of a start is gone, cancelling it');
    commands.cancelStarting();
  }

  /** A group call that this person did not place is not called again: whoever is in it still may be joined. */
  #orderAgain(windowId: WindowId): AnyOrder | null {
    const { windows, store, viewer } = this.#parts;
    const purpose = windows.purposeOf(windowId);
    const callId = windows.callIdOf(windowId);
    if (callId === null)
      return windows.stepOf(windowId) === 'asked' ? null : windows.orderOf(windowId);
    const known = store.find(callId);
    if (!purpose || !known || known.facts.overSince === null) return null;
    if (purpose.kind === 'place' || purpose.kind === 'place-group') return purpose;
    if (known.call.kind === 'group') return null;
    const { mediaType } = known.call;
    return { targetId: peerIdOf(known.call, viewer), mediaType, switchHere: false };
  }

  /** The server counts this device in. */
  #isHeld(callId: string): boolean {
    const known = this.#parts.store.find(callId);
    return known !== undefined && isHeldHere(known.call, this.#parts.viewer);
  }

  #owns(windowId: WindowId, callId: string): boolean {
    return this.#parts.windows.callIdOf(windowId) === callId;
  }

  get #parts(): DeskParts {
    return this.#options.parts;
  }
}
