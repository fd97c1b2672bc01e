/** A user's own call rules. Every connected device of the user hears of each change, the one that made it included. */
import type { ErrorCode } from '#protocol/error-code';
import { rates } from '#protocol/limits';
import type { CallRules, RulesChange } from '#protocol/messages';
import { isTimeZone } from '#protocol/quiet-hours';
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../../clock';
import type { RulesStore } from '../../store/store';
import { limiter } from '../limiter';
import type { PresenceBoard } from '../../presence/presence';
import type { Standings } from '../../presence/standing';
import type { SessionRegistry } from '../session-registry';
import { TaskQueues } from '../task-queues';
import type { Asker, Handlers } from './handler';

type Reply = Promise<Result<{ readonly rules: CallRules }, ErrorCode>>;

type ListChange = 'done' | 'user-unknown' | 'too-many';

interface RulesOptions {
  readonly store: { readonly rules: RulesStore };
  readonly sessions: SessionRegistry;
  readonly presence: PresenceBoard;
  readonly standings: Standings;
  readonly clock: Clock;
}

type Change = (from: Asker, work: () => Promise<ErrorCode | null>) => Reply;

/** Two changes of one user are told in the order in which they were made: what is told last is what counts. */
function changesOf({
  store: { rules },
  sessions,
  presence,
  standings,
  clock,
}: RulesOptions): Change {
  const mayChange = limiter(rates.rules, clock);
  const queues = new TaskQueues();
  const tell = async (userId: string): Reply => {
    const changed = await rules.of(userId);
    const connections = sessions.ofUser(userId);
    for (const connection of connections)
      connection.push({ type: 'rules.changed', rules: changed });
    if (connections.length > 0) standings.noteRule(userId, changed.doNotDisturb);
    presence.refresh([userId]);
    return ok({ rules: changed });
  };
  return async (from, work) => {
    if (!mayChange(from)) return err('rate-limited');
    return queues.run(from.userId, async () => {
      const problem = await work();
      return problem === null ? tell(from.userId) : err(problem);
    });
  };
}

export function rulesHandlers(
  options: RulesOptions,
): Handlers<'rules.block' | 'rules.favourite' | 'rules.set'> {
  const { clock } = options;
  const { rules } = options.store;
  const change = changesOf(options);
  /** Nobody calls themselves anyway: a client that offers it has a bug. */
  const changeList = async (
    from: Asker,
    userId: string,
    work: () => Promise<ListChange>,
  ): Reply => {
    if (userId === from.userId) return err('bad-message');
    return change(from, async () => {
      const done = await work();
      return done === 'done' ? null : done;
    });
  };
  return {
    'rules.block': (from, { userId, blocked }) =>
      changeList(from, userId, () =>
        blocked
          ? rules.block(from.userId, userId, clock.now())
          : rules.unblock(from.userId, userId),
      ),
    'rules.favourite': (from, { userId, favourite }) =>
      changeList(from, userId, () =>
        favourite ? rules.favour(from.userId, userId) : rules.unfavour(from.userId, userId),
      ),
    'rules.set': async (from, { id: _id, type: _type, ...asked }) => {
      const wanted = readChange(asked);
      if (!wanted.ok) return wanted;
      return change(from, async () => {
        await rules.set(from.userId, wanted.value);
        return null;
      });
    },
  };
}

/** Hours that nobody can work out would never silence anything. */
function readChange({ quickReplies, ...rest }: RulesChange): Result<RulesChange, ErrorCode> {
  const schedule = rest.doNotDisturb?.schedule;
  if (schedule && !isTimeZone(schedule.timeZone)) return err('bad-message');
  if (quickReplies === undefined) return ok(rest);
  const replies = quickReplies.map((reply) => reply.trim());
  return replies.includes('') ? err('bad-message') : ok({ ...rest, quickReplies: replies });
}
