/** A user's own call rules. Every connected device of the user hears of each change, the one that made it included. */
import type { ErrorCode } from '#protocol/error-code';
import { rates } from '#protocol/limits';
import type { CallRules } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../../clock';
import type { RulesStore } from '../../store/store';
import { limiter } from '../limiter';
import type { SessionRegistry } from '../session-registry';
import { TaskQueues } from '../task-queues';
import type { Asker, Handlers } from './handler';

type Reply = Promise<Result<{ readonly rules: CallRules }, ErrorCode>>;

interface RulesOptions {
  readonly store: { readonly rules: RulesStore };
  readonly sessions: SessionRegistry;
  readonly clock: Clock;
}

export function rulesHandlers({
  store: { rules },
  sessions,
  clock,
}: RulesOptions): Handlers<'rules.block' | 'rules.set'> {
  const mayChange = limiter(rates.rules, clock);
  // Two changes of one user are told in the order in which they were made: what is told last is what counts.
  const queues = new TaskQueues();
  const tell = async (userId: string): Reply => {
    const changed = await rules.of(userId);
    for (const connection of sessions.ofUser(userId)) {
      connection.push({ type: 'rules.changed', rules: changed });
    }
    return ok({ rules: changed });
  };
  const change = async (from: Asker, work: () => Promise<ErrorCode | null>): Reply => {
    if (!mayChange(from)) return err('rate-limited');
    return queues.run(from.userId, async () => {
      const problem = await work();
      return problem === null ? tell(from.userId) : err(problem);
    });
  };
  return {
    'rules.block': async (from, { userId, blocked }) => {
      // Nobody can call themselves anyway: a client that offers it has a bug.
      if (userId === from.userId) return err('bad-message');
      return change(from, async () => {
        if (!blocked) {
          await rules.unblock(from.userId, userId);
          return null;
        }
        const done = await rules.block(from.userId, userId, clock.now());
        return done === 'done' ? null : done;
      });
    },
    'rules.set': (from, { busy, secondDevice }) =>
      change(from, async () => {
        await rules.set(from.userId, {
          ...(busy === undefined ? {} : { busy }),
          ...(secondDevice === undefined ? {} : { secondDevice }),
        });
        return null;
      }),
  };
}
