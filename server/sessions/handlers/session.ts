import { ok } from '#protocol/result';
import type { Authenticator } from '../../auth/authenticator';
import type { CallService } from '../../calls/call-service';
import type { Handlers } from './handler';

/** The router closes the connection after the reply. */
export function sessionHandlers(auth: Authenticator, calls: CallService): Handlers<'sign-out'> {
  return {
    'sign-out': async ({ userId, deviceId }) => {
      await auth.revoke(userId, deviceId);
      await calls.leaveAll({ userId, deviceId });
      return ok({});
    },
  };
}
