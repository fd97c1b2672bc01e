/**
 * Who can be reached now. May be lost: it is made anew from the connections and calls of the running server. Behind
 * an interface, because several servers will share it one day.
 */
import type { Presence, ServerMessage } from '#protocol/messages';
import type { Standing } from './standing';

/** Somebody who watches: a device's connection. */
export interface Watcher {
  push(message: ServerMessage): void;
}

export interface PresenceBoard {
  of(userIds: readonly string[]): readonly Presence[];
  /** Replaces what this watcher watched before; an empty list ends it. */
  watch(watcher: Watcher, userIds: readonly string[]): void;
  watchersOf(userId: string): Iterable<Watcher>;
  /** Somebody connected, left, or changed calls: tells the watchers if it can be seen. */
  refresh(userIds: readonly string[]): void;
}

export type ReadStanding = (userId: string) => Standing;

export class MemoryPresence implements PresenceBoard {
  readonly #read: ReadStanding;
  readonly #watched = new Map<Watcher, readonly string[]>();
  readonly #watchers = new Map<string, Set<Watcher>>();
  /** What watchers were last told, for watched users only. */
  readonly #told = new Map<string, Standing>();

  constructor(read: ReadStanding) {
    this.#read = read;
  }

  of(userIds: readonly string[]): readonly Presence[] {
    return [...new Set(userIds)].map((userId) => presenceOf(userId, this.#read(userId)));
  }

  watch(watcher: Watcher, userIds: readonly string[]): void {
    for (const userId of this.#watched.get(watcher) ?? []) this.#unwatch(watcher, userId);
    this.#watched.delete(watcher);
    const wanted = [...new Set(userIds)];
    if (wanted.length > 0) this.#watched.set(watcher, wanted);
    for (const userId of wanted) {
      const watchers = this.#watchers.get(userId) ?? new Set();
      this.#watchers.set(userId, watchers.add(watcher));
      if (!this.#told.has(userId)) this.#told.set(userId, this.#read(userId));
    }
  }

  refresh(userIds: readonly string[]): void {
    for (const userId of new Set(userIds)) {
      const watchers = this.#watchers.get(userId);
      if (!watchers) continue;
      const before = this.#told.get(userId);
      const standing = this.#read(userId);
      this.#told.set(userId, standing);
      if (before && looksSame(before, standing)) continue;
      const presence = [presenceOf(userId, standing)];
      for (const watcher of watchers) watcher.push({ type: 'presence.changed', presence });
    }
  }

  /** Every second: what has begun or ended by itself. */
  tick(nowMs: number): void {
    for (const [userId, { changesAt }] of this.#told) {
      if (changesAt !== null && changesAt <= nowMs) this.refresh([userId]);
    }
  }

  watchersOf(userId: string): Iterable<Watcher> {
    return this.#watchers.get(userId) ?? [];
  }

  #unwatch(watcher: Watcher, userId: string): void {
    const watchers = this.#watchers.get(userId);
    watchers?.delete(watcher);
    if (watchers?.size !== 0) return;
    this.#watchers.delete(userId);
    this.#told.delete(userId);
  }
}

const presenceOf = (userId: string, { changesAt: _own, ...shown }: Standing): Presence => ({
  userId,
  ...shown,
});

const looksSame = (one: Standing, other: Standing): boolean =>
  one.availability === other.availability && one.until === other.until;
