/**
 * Runs commands through decide(): loads the world, decides, writes calls, answer and records in one transaction, and
 * tells the others after it has committed. It holds no state of a call that the database does not have.
 */
import { timing } from '#protocol/limits';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { CallScope, CallTransaction, CommandAnswer, CommandKey, Store } from '../store/store';
import { freeUsers } from './free-users';
import type { LiveCalls } from './live-calls';
import { toSnapshot } from './rules/call-state';
import type { CallCommand, CallTimes } from './rules/command';
import { decide } from './rules/decide';
import { type CallChange, writeDecision } from './write-decision';

export interface CommandRunnerOptions {
  readonly store: Store;
  readonly live: LiveCalls;
  readonly clock: Clock;
  readonly times: CallTimes;
  readonly log: Log;
  /** The ids of a user's connected devices. */
  readonly devicesOf: (userId: string) => readonly string[];
  /** After the commit, once for each revision. */
  readonly onChange: (change: CallChange) => void;
  /** A command came again and got the answer it had. */
  readonly onRepeated: () => void;
}

export interface Run {
  readonly scope: CallScope;
  readonly command: CallCommand;
  /** Absent for what the server itself does. */
  readonly key?: CommandKey;
  /** Asked when the transaction holds its locks: has the reason for this command gone meanwhile? */
  readonly isStale?: () => boolean;
}

interface Outcome {
  readonly answer: CommandAnswer;
  readonly changes: readonly CallChange[];
  readonly isRepeated?: true;
}

export class CommandRunner {
  readonly #options: CommandRunnerOptions;

  constructor(options: CommandRunnerOptions) {
    this.#options = options;
  }

  async run(run: Run): Promise<CommandAnswer> {
    const { key } = run;
    const outcome = await this.#options.store.calls.transaction(
      run.scope,
      async (tx): Promise<Outcome> => {
        const stored = key && (await tx.answerTo(key));
        if (stored) return { answer: stored, changes: [], isRepeated: true };
        if (run.isStale?.()) return refusal('wrong-state');
        const decided = await this.#decide(tx, run.command);
        if (key) await tx.remember(key, decided.answer, this.#expiry());
        return decided;
      },
    );
    if (outcome.isRepeated) this.#options.onRepeated();
    this.#publish(outcome);
    return outcome.answer;
  }

  /** Leaves the call that the command `key` started, or sees to it that the command will be refused. */
  async cancelStart(key: CommandKey): Promise<void> {
    // Twice is enough: once there is an answer to the start, it stays.
    const done = (await this.#tryCancel(key)) ?? (await this.#tryCancel(key));
    if (done) this.#publish(done);
  }

  /** Null when the start was carried out between the look and the locks. */
  async #tryCancel(key: CommandKey): Promise<Outcome | null> {
    const { store } = this.#options;
    const { userId, deviceId } = key;
    const known = await store.calls.answerTo(key);
    const callId = known?.ok ? known.call.callId : null;
    return store.calls.transaction({ callId, userIds: [userId] }, async (tx) => {
      const answer = await tx.answerTo(key);
      if (answer?.ok) {
        if (answer.call.callId !== callId) return null;
        return this.#decide(tx, { type: 'leave', why: 'hangup', userId, deviceId });
      }
      const cancelled = refusal('command-cancelled');
      await tx.remember(key, cancelled.answer, this.#expiry());
      return cancelled;
    });
  }

  async #decide(tx: CallTransaction, command: CallCommand): Promise<Outcome> {
    const { clock, times, devicesOf } = this.#options;
    const freeUserIds = freeUsers(tx.world, devicesOf);
    const deviceIds = new Map([...tx.world.knownUserIds].map((id) => [id, devicesOf(id)]));
    const world = { ...tx.world, freeUserIds, deviceIds, times };
    const decision = decide(world, command, clock.now());
    if (!decision.ok) return refusal(decision.error);
    const answer = { ok: true, call: toSnapshot(decision.call) } as const;
    return { answer, changes: await writeDecision(tx, decision) };
  }

  #publish({ changes }: Outcome): void {
    const { live, log, onChange } = this.#options;
    for (const change of changes) {
      const { callId, revision, endedAt } = change.call;
      if (!change.previous) log('info', 'call started', { callId });
      log('debug', 'call changed', { callId, revision });
      if (endedAt !== undefined) log('info', 'call ended', { callId, revision });
      // The mirror has all of them before the first one is told: presence is read from it.
      live.apply(change.call);
    }
    for (const change of changes) onChange(change);
  }

  #expiry(): number {
    return this.#options.clock.now() + timing.commandMemoryMs;
  }
}

const refusal = (error: Extract<CommandAnswer, { ok: false }>['error']): Outcome => ({
  answer: { ok: false, error },
  changes: [],
});
