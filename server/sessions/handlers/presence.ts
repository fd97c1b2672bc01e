import { ok } from '#protocol/result';
import type { PresenceBoard } from '../../presence/presence';
import type { Handlers } from './handler';

export function presenceHandlers(board: PresenceBoard): Handlers<'presence.watch'> {
  return {
    'presence.watch': ({ connection }, { userIds }) => {
      // A connection that closed meanwhile would watch for ever.
      if (!connection.isClosed) board.watch(connection, userIds);
      return Promise.resolve(ok({ presence: board.of(userIds) }));
    },
  };
}
