/** What devices, and the server for them, do to calls: each is a command with the users it has to hold. */
import type { ErrorCode } from '#protocol/error-code';
import type { JoinType } from '#protocol/primitives';
import type { CallSnapshot } from '#protocol/snapshot';
import { type Result, err, ok } from '#protocol/result';
import type { MakeId } from '../clock';
import { CommandRunner, type CommandRunnerOptions, type Run } from './command-runner';
import { type CallState, toSnapshot } from './rules/call-state';
import type { CallCommand, StartCommand, StartGroupCommand } from './rules/command';
import { asHeardBy, hasNewsFor, isOpenFor } from './rules/hearers';

/** Who speaks: taken from the connection, never from the message. */
export interface DeviceOf {
  readonly userId: string;
  readonly deviceId: string;
}

export type StartBody = Pick<
  StartCommand,
  'targetId' | 'mediaType' | 'extra' | 'push' | 'user' | 'joinType'
>;

export type StartGroupBody = Pick<
  StartGroupCommand,
  'groupId' | 'userIds' | 'mediaType' | 'extra' | 'push' | 'user' | 'joinType'
>;

type DeviceCommand = Extract<
  CallCommand,
  { type: 'ringing' | 'silenced' | 'claim' | 'join' | 'leave' | 'media' | 'media-answer' }
>;

type WithoutDevice<T> = T extends unknown ? Omit<T, 'userId' | 'deviceId'> : never;

/** What a device does in a call that is there. */
export type DeviceAction = WithoutDevice<DeviceCommand>;

export type AskBody = { readonly callId: string; readonly userIds: readonly string[] } & (
  | { readonly type: 'extend' }
  /** The words for those who are asked, which are the call's from then on, come with it. */
  | ({ readonly type: 'invite' } & Pick<StartBody, 'extra' | 'push'>)
);

export interface CallServiceOptions extends CommandRunnerOptions {
  readonly makeId: MakeId;
  readonly isConnected: (device: DeviceOf) => boolean;
}

type CallReply = Result<{ readonly call: CallSnapshot }, ErrorCode>;

export class CallService {
  readonly #options: CallServiceOptions;
  readonly #runner: CommandRunner;

  constructor(options: CallServiceOptions) {
    this.#options = options;
    this.#runner = new CommandRunner(options);
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

  startGroup(from: DeviceOf, commandId: string, body: StartGroupBody): Promise<CallReply> {
    const command: StartGroupCommand = {
      type: 'start-group',
      callId: this.#options.makeId(),
      callerLegId: this.#options.makeId(),
      legIds: this.#legIds(body.userIds),
      ...from,
      ...body,
    };
    const { groupId } = body;
    const scope = {
      callId: null,
      userIds: [from.userId, ...body.userIds],
      ...(groupId === undefined ? {} : { groupId }),
    };
    return this.#answer({ scope, command, key: { ...from, commandId } });
  }

  /** Asks more people into a call; `extend` makes a group call of a private one with it. */
  ask(from: DeviceOf, commandId: string, { callId, ...body }: AskBody): Promise<CallReply> {
    const scope = { callId, userIds: [from.userId, ...body.userIds] };
    const command = { ...body, legIds: this.#legIds(body.userIds), ...from };
    return this.#answer({ scope, command, key: { ...from, commandId } });
  }

  enter(
    from: DeviceOf,
    commandId: string,
    { callId, joinType }: { readonly callId: string; readonly joinType?: JoinType },
  ): Promise<CallReply> {
    const legId = this.#options.makeId();
    const wish = joinType === undefined ? {} : { joinType };
    const scope = { callId, userIds: [from.userId] };
    const command = { type: 'enter', legId, ...wish, ...from } as const;
    return this.#answer({ scope, command, key: { ...from, commandId } });
  }

  act(
    from: DeviceOf,
    commandId: string,
    { callId, action }: { readonly callId: string; readonly action: DeviceAction },
  ): Promise<CallReply> {
    const scope = { callId, userIds: [from.userId] };
    return this.#answer({ scope, command: { ...action, ...from }, key: { ...from, commandId } });
  }

  /** Leaves the call that `commandId` started or was merged into, or sees to it that it will not start any more. */
  cancelStart(from: DeviceOf, commandId: string): Promise<void> {
    return this.#runner.cancelStart({ ...from, commandId });
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
    await this.#runner.run({ scope, command: { type: 'links', liveLegIds, ...from } });
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
    await this.#runner.run({ scope, command, ...(isStale === undefined ? {} : { isStale }) });
  }

  /** An orderly sign-out: this device leaves every call it is in or would ring for. */
  async leaveAll(from: DeviceOf): Promise<void> {
    for (const { callId } of await this.#options.store.calls.unendedOf(from.userId)) {
      const scope = { callId, userIds: [from.userId] };
      await this.#runner.run({ scope, command: { type: 'leave', why: 'quit', ...from } });
    }
  }

  /** Calls that ring for this user or that they are in. */
  async openOf(userId: string): Promise<readonly CallState[]> {
    const unended = await this.#options.store.calls.unendedOf(userId);
    return unended.filter((call) => isOpenFor(call, userId));
  }

  /** What a device that knows these revisions has missed: also how calls ended that its user is in no more. */
  async newerThan(
    userId: string,
    known: Readonly<Record<string, number>>,
  ): Promise<{ readonly calls: readonly CallSnapshot[]; readonly gone: readonly string[] }> {
    const open = await this.openOf(userId);
    const others = Object.keys(known).filter((id) => !open.some((call) => call.callId === id));
    const over = (await this.#options.store.calls.find(others))
      .map((call) => asHeardBy(call, userId))
      .filter((call) => call.legs.some((leg) => leg.userId === userId));
    const newer = [...open, ...over].filter((call) =>
      hasNewsFor(call, userId, known[call.callId] ?? 0),
    );
    return {
      calls: newer.map(toSnapshot),
      gone: others.filter((id) => !over.some((call) => call.callId === id)),
    };
  }

  #legIds(userIds: readonly string[]): readonly string[] {
    return userIds.map(() => this.#options.makeId());
  }

  async #unendedIdsOf({ userId }: DeviceOf): Promise<readonly string[]> {
    const unended = await this.#options.store.calls.unendedOf(userId);
    return unended.map((call) => call.callId);
  }

  async #answer(run: Run): Promise<CallReply> {
    const answer = await this.#runner.run(run);
    return answer.ok ? ok({ call: answer.call }) : err(answer.error);
  }
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const wanted = new Set(b);
  return new Set(a).size === wanted.size && a.every((id) => wanted.has(id));
}
