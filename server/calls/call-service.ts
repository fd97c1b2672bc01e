/**
 * Runs commands through decide(): loads the world, decides, writes call, answer and records in one transaction, and
 * tells the others after it has committed. It holds no state of a call that the database does not have.
 */
import type { ErrorCode } from '#protocol/error-code';
import { timing } from '#protocol/limits';
import type { CallSnapshot } from '#protocol/snapshot';
import { type Result, err, ok } from '#protocol/result';
import type { Clock, MakeId } from '../clock';
import type { Log } from '../log';
import type {
  CallScope,
  CallTransaction,
  CommandAnswer,
  CommandKey,
  OwnedRecord,
  Store,
} from '../store/store';
import type { LiveCalls } from './live-calls';
import { type CallState, toSnapshot } from './rules/call-state';
import type { CallCommand, CallTimes, StartCommand } from './rules/command';
import { decide } from './rules/decide';
import { recordsFor } from './rules/records';

/** One committed revision. */
export interface CallChange {
  readonly previous: CallState | null;
  readonly call: CallState;
  /** Those of a call that has just ended. */
  readonly records: readonly OwnedRecord[];
}

/** Who speaks: taken from the connection, never from the message. */
export interface DeviceOf {
  readonly userId: string;
  readonly deviceId: string;
}

export type StartBody = Pick<
  StartCommand,
  'targetId' | 'mediaType' | 'extra' | 'pushTitle' | 'pushContent'
>;

export type DeviceCommandType = 'ringing' | 'claim' | 'join';

export interface CallServiceOptions {
  readonly store: Store;
  readonly live: LiveCalls;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly times: CallTimes;
  readonly log: Log;
  readonly isConnected: (device: DeviceOf) => boolean;
  /** After the commit, once for each revision. */
  readonly onChange: (change: CallChange) => void;
}

interface Run {
  readonly scope: CallScope;
  readonly command: CallCommand;
  /** Absent for what the server itself does. */
  readonly key?: CommandKey;
  /** Asked when the transaction holds its locks: has the reason for this command gone meanwhile? */
  readonly isStale?: () => boolean;
}

interface Outcome {
  readonly answer: CommandAnswer;
  readonly change?: CallChange;
}

type CallReply = Result<{ readonly call: CallSnapshot }, ErrorCode>;

export class CallService {
  readonly #options: CallServiceOptions;

  constructor(options: CallServiceOptions) {
    this.#options = options;
  }

  start(from: DeviceOf, commandId: string, body: StartBody): Promise<CallReply> {
    const { makeId } = this.#options;
    const command: StartCommand = {
      type: 'start',
      callId: makeId(),
      callerLegId: makeId(),
      calleeLegId: makeId(),
      ...from,
      ...body,
    };
    const scope = { callId: null, userIds: [from.userId, body.targetId] };
    return this.#answer({ scope, command, key: { ...from, commandId } });
  }

  act(
    from: DeviceOf,
    commandId: string,
    { type, callId }: { readonly type: DeviceCommandType; readonly callId: string },
  ): Promise<CallReply> {
    const scope = { callId, userIds: [from.userId] };
    return this.#answer({ scope, command: { type, ...from }, key: { ...from, commandId } });
  }

  leave(
    from: DeviceOf,
    commandId: string,
    { callId, why }: { readonly callId: string; readonly why: 'hangup' | 'media' | 'quit' },
  ): Promise<CallReply> {
    const scope = { callId, userIds: [from.userId] };
    const command = { type: 'leave', why, ...from } as const;
    return this.#answer({ scope, command, key: { ...from, commandId } });
  }

  /** Ends the call that `commandId` started, or sees to it that it will not start any more. */
  async cancelStart(from: DeviceOf, commandId: string): Promise<void> {
    const key = { ...from, commandId };
    // Twice is enough: once there is an answer to the start, it stays.
    const done = (await this.#tryCancel(key)) ?? (await this.#tryCancel(key));
    if (done) this.#publish(done);
  }

  /** What a heartbeat says of live links; asks the database only if it is news. */
  async reportLinks(from: DeviceOf, callId: string, liveLegIds: readonly string[]): Promise<void> {
    const legs = this.#options.live.get(callId)?.legs;
    const own = legs?.find(
      (leg) =>
        leg.state === 'joined' && leg.userId === from.userId && leg.deviceId === from.deviceId,
    );
    if (!own || isSameSet(own.liveLegIds, liveLegIds)) return;
    const scope = { callId, userIds: [from.userId] };
    await this.#run({ scope, command: { type: 'links', liveLegIds, ...from } });
  }

  async deviceLost(device: DeviceOf): Promise<void> {
    for (const callId of await this.#unendedIdsOf(device)) await this.deviceLostIn(callId, device);
  }

  async deviceBack(device: DeviceOf): Promise<void> {
    for (const callId of await this.#unendedIdsOf(device)) await this.deviceBackIn(callId, device);
  }

  async deviceLostIn(callId: string, device: DeviceOf): Promise<void> {
    const isStale = (): boolean => this.#options.isConnected(device);
    await this.apply(callId, { type: 'device-lost', ...device }, isStale);
  }

  async deviceBackIn(callId: string, device: DeviceOf): Promise<void> {
    const isStale = (): boolean => !this.#options.isConnected(device);
    await this.apply(callId, { type: 'device-back', ...device }, isStale);
  }

  /** What the server itself does to a call. */
  async apply(callId: string, command: CallCommand, isStale?: () => boolean): Promise<void> {
    const scope = { callId, userIds: [] };
    await this.#run({ scope, command, ...(isStale === undefined ? {} : { isStale }) });
  }

  /** An orderly sign-out: this device leaves every call it is in or would ring for. */
  async leaveAll(from: DeviceOf): Promise<void> {
    for (const { callId } of await this.#options.store.calls.unendedOf(from.userId)) {
      const scope = { callId, userIds: [from.userId] };
      await this.#run({ scope, command: { type: 'leave', why: 'quit', ...from } });
    }
  }

  async unendedOf(userId: string): Promise<readonly CallState[]> {
    return this.#options.store.calls.unendedOf(userId);
  }

  /** What a device that knows these revisions has missed. */
  async newerThan(
    userId: string,
    known: Readonly<Record<string, number>>,
  ): Promise<{ readonly calls: readonly CallSnapshot[]; readonly gone: readonly string[] }> {
    const { calls } = this.#options.store;
    const unended = await calls.unendedOf(userId);
    const others = Object.keys(known).filter((id) => !unended.some((call) => call.callId === id));
    const ended = (await calls.find(others)).filter((call) =>
      call.legs.some((leg) => leg.userId === userId),
    );
    const found = [...unended, ...ended];
    return {
      calls: found.filter((call) => call.revision > (known[call.callId] ?? 0)).map(toSnapshot),
      gone: others.filter((id) => !ended.some((call) => call.callId === id)),
    };
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
      const refusal = { ok: false, error: 'command-cancelled' } as const;
      await tx.remember(key, refusal, this.#expiry());
      return { answer: refusal };
    });
  }

  async #unendedIdsOf({ userId }: DeviceOf): Promise<readonly string[]> {
    const unended = await this.#options.store.calls.unendedOf(userId);
    return unended.map((call) => call.callId);
  }

  async #answer(run: Run): Promise<CallReply> {
    const answer = await this.#run(run);
    return answer.ok ? ok({ call: answer.call }) : err(answer.error);
  }

  async #run(run: Run): Promise<CommandAnswer> {
    const { key } = run;
    const outcome = await this.#options.store.calls.transaction(
      run.scope,
      async (tx): Promise<Outcome> => {
        const stored = key && (await tx.answerTo(key));
        if (stored) return { answer: stored };
        if (run.isStale?.()) return { answer: { ok: false, error: 'wrong-state' } };
        const decided = await this.#decide(tx, run.command);
        if (key) await tx.remember(key, decided.answer, this.#expiry());
        return decided;
      },
    );
    this.#publish(outcome);
    return outcome.answer;
  }

  async #decide(tx: CallTransaction, command: CallCommand): Promise<Outcome> {
    const { clock, times } = this.#options;
    const previous = tx.world.call;
    const decision = decide({ ...tx.world, times }, command, clock.now());
    if (!decision.ok) return { answer: decision };
    const { call } = decision;
    const answer = { ok: true, call: toSnapshot(call) } as const;
    if (!decision.changed) return { answer };
    await tx.save(call);
    const records = call.endedAt === undefined ? [] : recordsFor(call);
    await tx.addRecords(records);
    return { answer, change: { previous, call, records } };
  }

  #publish({ change }: Outcome): void {
    if (!change) return;
    const { callId, revision, endedAt } = change.call;
    const { live, log, onChange } = this.#options;
    if (!change.previous) log('info', 'call started', { callId });
    log('debug', 'call changed', { callId, revision });
    if (endedAt !== undefined) log('info', 'call ended', { callId, revision });
    live.apply(change.call);
    onChange(change);
  }

  #expiry(): number {
    return this.#options.clock.now() + timing.commandMemoryMs;
  }
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const wanted = new Set(b);
  return new Set(a).size === wanted.size && a.every((id) => wanted.has(id));
}
