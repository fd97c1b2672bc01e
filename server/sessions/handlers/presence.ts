import { rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import type { Clock } from '../../clock';
import type { PresenceBoard } from '../../presence/presence';
import type { Standings } from '../../presence/standing';
import { limiter } from '../limiter';
import type { Handlers } from './handler';

interface PresenceOptions {
  readonly presence: PresenceBoard;
  readonly standings: Standings;
  readonly clock: Clock;
}

export function presenceHandlers({
  presence,
  standings,
  clock,
}: PresenceOptions): Handlers<'presence.watch' | 'presence.report'> {
  const mayReport = limiter(rates.presence, clock);
  return {
    'presence.watch': ({ connection }, { userIds }) => {
      // A connection that closed meanwhile would watch for ever.
      if (!connection.isClosed) presence.watch(connection, userIds);
      return Promise.resolve(ok({ presence: presence.of(userIds) }));
    },
    'presence.report': (from, { isAway, isQuiet }) => {
      if (!mayReport(from)) return Promise.resolve(err('rate-limited'));
      standings.noteReport(from.connection, { isAway, isQuiet });
      presence.refresh([from.userId]);
      return Promise.resolve(ok({}));
    },
  };
}
