/**
 * Who can be reached now. May be lost: it is made anew from the connections and calls of the running server. Behind
 * an interface, because several servers will share it one day.
 */
import type { Availability, Presence, ServerMessage } from '#protocol/messages';

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

/** The availability of a user, from the truth at hand. */
export type ReadAvailability = (userId: string) => Availability;

export class MemoryPresence implements PresenceBoard {
  readonly #read: ReadAvailability;
  readonly #watched = new Map<Watcher, readonly string[]>();
  readonly #watchers = new Map<string, Set<Watcher>>();
  /** What watchers were last told, for watched users only. */
  readonly #told = new Map<string, Availability>();

  constructor(read: ReadAvailability) {
    this.#read = read;
  }

  of(userIds: readonly string[]): readonly Presence[] {
    return [...new Set(userIds)].map((userId) => ({ userId, availability: this.#read(userId) }));
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
      const availability = this.#read(userId);
      if (this.#told.get(userId) === availability) continue;
      this.#told.set(userId, availability);
      const presence = [{ userId, availability }];
      for (const watcher of watchers) watcher.push({ type: 'presence.changed', presence });
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
