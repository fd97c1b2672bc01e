/** Whoever is signed in may bring a colleague, unless the server's admin keeps that to himself. */
import { rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import { makeInvitation } from '../../auth/invitations';
import type { Clock } from '../../clock';
import type { Log } from '../../log';
import type { InvitationStore } from '../../store/store';
import { limiter } from '../limiter';
import type { Handlers } from './handler';

/** How a new colleague finds this server and knows it again. */
export interface Whereabouts {
  readonly address?: string;
  readonly keyHash?: string;
}

export interface InvitesOptions {
  readonly store: { readonly invitations: InvitationStore };
  readonly clock: Clock;
  readonly log: Log;
  readonly areInvitesAllowed: boolean;
  /** Asked each time: the server inside the app is opened while it runs. */
  readonly whereabouts: () => Whereabouts;
}

export function inviteHandlers(options: InvitesOptions): Handlers<'invite.create'> {
  const { store, clock, log, areInvitesAllowed, whereabouts } = options;
  const mayInvite = limiter(rates.profile, clock);
  return {
    'invite.create': async (from) => {
      if (!areInvitesAllowed) return err('not-allowed');
      if (!mayInvite(from)) return err('rate-limited');
      const { userId: createdBy } = from;
      const made = await makeInvitation({ store, createdBy, nowMs: clock.now() });
      if (!made.ok) return made;
      log('info', 'invitation made', { userId: createdBy, expiresAt: made.value.expiresAt });
      return ok({ ...made.value, ...whereabouts() });
    },
  };
}
