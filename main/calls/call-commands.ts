/**
 * The commands this device gives about calls, and what their answers change. A start that was never answered is
 * cancelled by its id as soon as the server can be reached.
 */
import type { CallProblem } from '#common/problems';
import type { RequestBody } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import type { Log } from '../log';
import type { RequestError } from '../signaling/pending-requests';
import type { CallStore } from './call-store';
import type { SignalingPort } from './ports';
import { toCallProblem } from './rules/call-problem';
import type { Leave } from './rules/wanted';

export type StartBody = RequestBody<'call.start'>;
export type StartGroupBody = RequestBody<'call.start-group'>;
export type ClaimBody = RequestBody<'call.claim'>;
export type JoinBody = RequestBody<'call.join'>;
export type LeaveBody = RequestBody<'call.leave'>;

export type CommandResult = Result<CallSnapshot, CallProblem>;

/** What this device says of a call that is there. Leaving is more than a word: `leave`. */
type CallCommand =
  | 'call.ringing'
  | 'call.silenced'
  | 'call.claim'
  | 'call.enter'
  | 'call.join'
  | 'call.invite'
  | 'call.extend'
  | 'call.media'
  | 'call.media-answer';

/** What makes a call. */
type StartCommand = 'call.start' | 'call.start-group';

export interface CallCommandsOptions {
  readonly signaling: SignalingPort;
  readonly store: CallStore;
  readonly newId: () => string;
  readonly log: Log;
  /** The store changed. */
  readonly onChanged: () => void;
}

export class CallCommands {
  readonly #options: CallCommandsOptions;
  readonly #starting = new Set<string>();
  readonly #toCancel = new Set<string>();
  /** Those of them whose cancelling has no answer yet. */
  readonly #cancelling = new Set<string>();
  readonly #leaving = new Set<string>();

  constructor(options: CallCommandsOptions) {
    this.#options = options;
  }

  get isStarting(): boolean {
    return this.#starting.size > 0;
  }

  /** A start is under way, or one that nobody waits for may still have become a call. */
  get hasOpenStart(): boolean {
    return this.#starting.size + this.#toCancel.size > 0;
  }

  /**
   * `bind` runs between the answer and everything that follows from the new call. False from it: whoever wanted the
   * call is gone, and it is left.
   */
  async start<T extends StartCommand>(
    type: T,
    body: RequestBody<T>,
    bind: (callId: string) => boolean,
  ): Promise<CommandResult> {
    const { signaling, newId, log } = this.#options;
    const commandId = newId();
    this.#starting.add(commandId);
    const answer = await signaling.request<StartCommand>(type, body, commandId);
    const awaited = this.#starting.delete(commandId);
    if (!answer.ok) {
      log.warn(`${type}: ${answer.error}`);
      if (awaited && unsettled.includes(answer.error)) this.#cancelStart(commandId);
      return err(toCallProblem(answer.error));
    }
    const { call } = answer.value;
    if (awaited && bind(call.callId)) return ok(this.#take(call));
    return this.#leaveUnwanted(call);
  }

  /** Nobody waits for the starts under way any more. */
  cancelStarting(): void {
    for (const commandId of this.#starting) {
      this.#starting.delete(commandId);
      this.#cancelStart(commandId);
    }
  }

  async run<T extends CallCommand>(type: T, body: RequestBody<T>): Promise<CommandResult> {
    const answer = await this.#options.signaling.request<CallCommand>(type, body);
    return this.#settle(type, body.callId, answer);
  }

  async leave(body: LeaveBody): Promise<CommandResult> {
    const { callId } = body;
    this.#leaving.add(callId);
    const answer = await this.#options.signaling.request('call.leave', body);
    this.#leaving.delete(callId);
    return this.#settle('call.leave', callId, answer);
  }

  /** The reconciler asks each second; one question at a time and call is enough. */
  leaveOnce(leave: Leave): void {
    const { signaling } = this.#options;
    if (signaling.isOnline() && !this.#leaving.has(leave.callId)) void this.leave(leave);
  }

  /** At a welcome, and each second: starts that must not become calls are cancelled until the server has heard it. */
  cancelOpenStarts(): void {
    for (const commandId of this.#toCancel) this.#cancelStart(commandId);
  }

  /** Leaves the given calls and forgets starts under way, all at once. */
  async quit(callIds: readonly string[]): Promise<void> {
    const { signaling } = this.#options;
    await Promise.all([
      ...callIds.map((callId) => this.leave({ callId, why: 'quit' })),
      ...[...this.#starting, ...this.#toCancel].map((commandId) =>
        signaling.request('call.cancel-start', { commandId }),
      ),
    ]);
  }

  #cancelStart(commandId: string): void {
    this.#toCancel.add(commandId);
    if (!this.#options.signaling.isOnline() || this.#cancelling.has(commandId)) return;
    this.#cancelling.add(commandId);
    void this.#options.signaling.request('call.cancel-start', { commandId }).then((answer) => {
      this.#cancelling.delete(commandId);
      if (answer.ok || !unheard.includes(answer.error)) this.#toCancel.delete(commandId);
    });
  }

  #settle(
    type: string,
    callId: string,
    answer: Result<{ readonly call: CallSnapshot }, RequestError>,
  ): CommandResult {
    if (answer.ok) return ok(this.#take(answer.value.call));
    const { store, signaling, log, onChanged } = this.#options;
    log.warn(`call ${callId}: ${type}: ${answer.error}`);
    const isLost = answer.error === 'already-claimed' || answer.error === 'blocked';
    if (isLost) store.markOut(callId, 'lost', signaling.serverNowMs());
    if (answer.error === 'call-unknown') store.end([callId], signaling.serverNowMs());
    onChanged();
    return err(toCallProblem(answer.error));
  }

  #leaveUnwanted(call: CallSnapshot): CommandResult {
    const { store, signaling, log, onChanged } = this.#options;
    log.info(`call ${call.callId}: nobody waits for it, leaving`);
    store.put(call, signaling.serverNowMs());
    store.markOut(call.callId, 'hangup', signaling.serverNowMs());
    onChanged();
    return err('call-over');
  }

  /** A push may have brought something newer before the reply came: the newest counts. */
  #take(call: CallSnapshot): CallSnapshot {
    const { store, signaling, onChanged } = this.#options;
    store.put(call, signaling.serverNowMs());
    onChanged();
    return store.get(call.callId) ?? call;
  }
}

/** Whether the server carried it out, or still will, is not known. */
const unsettled: readonly RequestError[] = ['offline', 'unavailable', 'internal'];
/** The server has not done it, and may do it at the next try. */
const unheard: readonly RequestError[] = [...unsettled, 'rate-limited'];
