/**
 * Which groups have a running call, for their members who are not in it. May be lost: it is read from the mirror of the
 * unended calls. Only members watch.
 */
import type { GroupCall, ServerMessage } from '#protocol/messages';
import type { LiveCalls } from './live-calls';
import type { CallState } from './rules/call-state';

export interface GroupWatcher {
  push(message: ServerMessage): void;
}

export class GroupCalls {
  readonly #live: LiveCalls;
  readonly #watched = new Map<GroupWatcher, readonly string[]>();
  readonly #watchers = new Map<string, Set<GroupWatcher>>();
  /** What watchers were last told, as text, for watched groups only. */
  readonly #told = new Map<string, string>();
  #expulsions = 0;

  constructor(live: LiveCalls) {
    this.#live = live;
  }

  of(groupIds: readonly string[]): readonly GroupCall[] {
    return [...new Set(groupIds)].flatMap((groupId) => this.#runningIn(groupId) ?? []);
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
      if (!this.#told.has(groupId)) this.#told.set(groupId, JSON.stringify(this.#running(groupId)));
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

  /** A call of this group has changed: tells the watchers if it can be seen. */
  refresh(groupId: string): void {
    const watchers = this.#watchers.get(groupId);
    if (!watchers) return;
    const call = this.#running(groupId);
    const text = JSON.stringify(call);
    if (this.#told.get(groupId) === text) return;
    this.#told.set(groupId, text);
    for (const watcher of watchers) watcher.push({ type: 'group-call.changed', groupId, call });
  }

  #running(groupId: string): GroupCall | null {
    return this.#runningIn(groupId) ?? null;
  }

  /** The newest, where there are several. */
  #runningIn(groupId: string): GroupCall | undefined {
    const [newest] = this.#live.ofGroup(groupId).toSorted((a, b) => b.createdAt - a.createdAt);
    return newest && toGroupCall(newest, groupId);
  }

  #unwatch(watcher: GroupWatcher, groupId: string): void {
    const watchers = this.#watchers.get(groupId);
    watchers?.delete(watcher);
    if (watchers?.size !== 0) return;
    this.#watchers.delete(groupId);
    this.#told.delete(groupId);
  }
}

function toGroupCall(call: CallState, groupId: string): GroupCall {
  const { callId, mediaType, callerId, createdAt, legs } = call;
  const joined = legs.filter((leg) => leg.state === 'joined');
  joined.sort((a, b) => (a.joinIndex ?? 0) - (b.joinIndex ?? 0));
  const joinedIds = joined.map((leg) => leg.userId);
  return { callId, groupId, mediaType, callerId, createdAt, joinedIds };
}
