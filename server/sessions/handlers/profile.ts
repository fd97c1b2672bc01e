/** The own name and picture, and the pictures of others. Who sees the name on a screen hears of the change. */
import type { ErrorCode } from '#protocol/error-code';
import { rates } from '#protocol/limits';
import type { Picture, Request, UserProfile } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../../clock';
import { cleanName } from '../../names';
import { pictureIdOf } from '../../pictures';
import type { PresenceBoard } from '../../presence/presence';
import type { ProfileChange, UserStore } from '../../store/store';
import { limiter } from '../limiter';
import type { SessionRegistry } from '../session-registry';
import { TaskQueues } from '../task-queues';
import type { Handlers } from './handler';

interface ProfileOptions {
  readonly store: { readonly users: UserStore };
  readonly sessions: SessionRegistry;
  readonly presence: PresenceBoard;
  readonly clock: Clock;
}

export function profileHandlers(options: ProfileOptions): Handlers<'profile.set' | 'picture.get'> {
  const { clock, store } = options;
  const mayChange = limiter(rates.profile, clock);
  const mayLook = limiter(rates.picture, clock);
  // What is told last is what counts.
  const queues = new TaskQueues();
  return {
    'profile.set': async (from, asked) => {
      if (!mayChange(from)) return err('rate-limited');
      const change = readChange(asked);
      if (!change.ok) return change;
      return queues.run(from.userId, async () => {
        const user = await store.users.change(from.userId, change.value);
        if (!user) return err('user-unknown');
        tell(options, user);
        return ok({ user });
      });
    },
    'picture.get': async (from, { userId, pictureId }) => {
      if (!mayLook(from)) return err('rate-limited');
      return ok({ picture: await store.users.picture(userId, pictureId) });
    },
  };
}

function readChange({ name, picture }: Request<'profile.set'>): Result<ProfileChange, ErrorCode> {
  const named = readName(name);
  const pictured = readPicture(picture);
  if (named === null || pictured === null) return err('bad-message');
  return ok({ ...named, ...pictured });
}

/** Null for what is no name. */
function readName(typed: string | undefined): Pick<ProfileChange, 'name'> | null {
  if (typed === undefined) return {};
  const name = cleanName(typed);
  return name === null ? null : { name };
}

/** Null for what is no picture. */
function readPicture(picture: Picture | null | undefined): Pick<ProfileChange, 'picture'> | null {
  if (picture === undefined) return {};
  if (picture === null) return { picture };
  const pictureId = pictureIdOf(picture);
  return pictureId.ok ? { picture: { pictureId: pictureId.value, picture } } : null;
}

/** All devices of the user, and those that have the user on their screen. */
function tell({ sessions, presence }: ProfileOptions, user: UserProfile): void {
  const listeners = new Set([...sessions.ofUser(user.userId), ...presence.watchersOf(user.userId)]);
  for (const listener of listeners) listener.push({ type: 'profile.changed', user });
}
