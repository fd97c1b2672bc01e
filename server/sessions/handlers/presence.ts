import { ok } from '#protocol/result';
import type { PresenceBoard, Watcher } from '../../presence/presence';
import type { Connection } from '../connection';
import type { Handlers } from './handler';

/** One watcher per connection: a new list replaces its old one. */
export class PresenceWatches {
  readonly #board: PresenceBoard;
  readonly #watchers = new WeakMap<Connection, Watcher>();

  constructor(board: PresenceBoard) {
    this.#board = board;
  }

  watch(connection: Connection, userIds: readonly string[]): void {
    const watcher = this.#watchers.get(connection) ?? {
      push: (presence) => connection.push({ type: 'presence.changed', presence: [...presence] }),
    };
    this.#watchers.set(connection, watcher);
    this.#board.watch(watcher, userIds);
  }

  end(connection: Connection): void {
    const watcher = this.#watchers.get(connection);
    if (watcher) this.#board.watch(watcher, []);
  }
}

export function presenceHandlers(
  board: PresenceBoard,
  watches: PresenceWatches,
): Handlers<'presence.watch'> {
  return {
    'presence.watch': ({ connection }, { userIds }) => {
      // A connection that closed meanwhile would watch for ever.
      if (!connection.isClosed) watches.watch(connection, userIds);
      return Promise.resolve(ok({ presence: board.of(userIds) }));
    },
  };
}
