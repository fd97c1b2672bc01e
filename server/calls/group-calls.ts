/**
 * Which groups have a running call, for their members who are not in it. Whom an admin has put out of it is told of none:
 * there is no way back in. May be lost: it is read from the mirror of the unended calls. Only members watch.
 */
import type { GroupCall, ServerMessage } from '#protocol/messages';
import type { LiveCalls } from './live-calls';
import type { CallState } from './rules/call-state';
import { isShutOut } from './rules/legs';

export interface GroupWatcher {
  readonly identity: { readonly userId: string } | null;
  push(message: ServerMessage): void;
}

/** The running call of a group as its members see it, as text too, and the users to whom it is none. */
interface Shown {
  readonly call: GroupCall | null;
  readonly text: string;
  readonly shutOutIds: ReadonlySet<string>;
}

export class GroupCalls {
  readonly #live: LiveCalls;
  readonly #watched = new Map<GroupWatcher, readonly string[]>();
  readonly #watchers = new Map<string, Set<GroupWatcher>>();
  /** What watchers were last told, for watched groups only. */
  readonly #told = new Map<string, Shown>();
  #expulsions = 0;

  constructor(live: LiveCalls) {
    this.#live = live;
  }

  of(groupIds: readonly string[], userId: string): readonly GroupCall[] {
    return [...new Set(groupIds)].flatMap((groupId) => callFor(userId, this.#shown(groupId)) ?? []);
  }

  /** Replaces what this watcher watched before; an empty list ends it. */
  watch(watcher: GroupWatcher, groupIds: readonly string[]): void {
    for (const groupId of this.#watched.get(watcher) ?? []) this.#unwatch(watcher, groupId);
    this.#watched.delete(watcher);
    const wanted = [...new Set(groupIds)];
    if (wanted.length > 0) this.#watched.set(watcher, wanted);
    for (const groupId of wanted) {
      const watchers = this.#watchers.get(groupId) ?? new Set();
      this.#watchers.set(groupId, watchers.add(watcher));
      if (!this.#told.has(groupId)) this.#told.set(groupId, this.#shown(groupId));
    }
  }

  /** How often somebody was put out of a group: whoever reads memberships for a watch compares before and after. */
  get expulsions(): number {
    return this.#expulsions;
  }

  /** These watchers are of people who are no members any more. */
  expel(watchers: Iterable<GroupWatcher>, groupId: string): void {
    this.#expulsions += 1;
    for (const watcher of watchers) {
      const watched = this.#watched.get(watcher);
      if (watched?.includes(groupId) !== true) continue;
      this.watch(
        watcher,
        watched.filter((id) => id !== groupId),
      );
    }
  }

  /** A call of this group has changed: tells the watchers to whom it looks different. */
  refresh(groupId: string): void {
    const watchers = this.#watchers.get(groupId);
    if (!watchers) return;
    const before = this.#told.get(groupId) ?? none;
    const now = this.#shown(groupId);
    this.#told.set(groupId, now);
    for (const watcher of watchers) {
      const userId = watcher.identity?.userId ?? '';
      if (textFor(userId, before) === textFor(userId, now)) continue;
      watcher.push({ type: 'group-call.changed', groupId, call: callFor(userId, now) });
    }
  }

  /** The newest, where there are several. */
  #shown(groupId: string): Shown {
    const [newest] = this.#live.ofGroup(groupId).toSorted((a, b) => b.createdAt - a.createdAt);
    if (!newest) return none;
    const call = toGroupCall(newest, groupId);
    const userIds = new Set(newest.legs.map((leg) => leg.userId));
    const shutOutIds = [...userIds].filter((userId) => isShutOut(newest.legs, userId));
    return { call, text: JSON.stringify(call), shutOutIds: new Set(shutOutIds) };
  }

  #unwatch(watcher: GroupWatcher, groupId: string): void {
    const watchers = this.#watchers.get(groupId);
    watchers?.delete(watcher);
    if (watchers?.size !== 0) return;
    this.#watchers.delete(groupId);
    this.#told.delete(groupId);
  }
}

const none: Shown = { call: null, text: 'null', shutOutIds: new Set() };

const callFor = (userId: string, { call, shutOutIds }: Shown): GroupCall | null =>
  shutOutIds.has(userId) ? null : call;

const textFor = (userId: string, { text, shutOutIds }: Shown): string =>
  shutOutIds.has(userId) ? none.text : text;

function toGroupCall(call: CallState, groupId: string): GroupCall {
  const { callId, mediaType, callerId, createdAt, legs } = call;
  const joined = legs.filter((leg) => leg.state === 'joined');
  joined.sort((a, b) => (a.joinIndex ?? 0) - (b.joinIndex ?? 0));
  const joinedIds = joined.map((leg) => leg.userId);
  return { callId, groupId, mediaType, callerId, createdAt, joinedIds };
}
