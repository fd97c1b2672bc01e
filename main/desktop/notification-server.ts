/** What becomes of a notification on this desktop. */
import type { AskBus } from './session-bus';

/** markup – shown, and its body is read as markup. plain – shown as it is. none – nobody would show it. */
export type NotificationServer = 'markup' | 'plain' | 'none';

export type FindNotificationServer = () => Promise<NotificationServer>;

export const builtInNotificationServer: FindNotificationServer = () => Promise.resolve('plain');

export function notificationServerOnBus(ask: AskBus): FindNotificationServer {
  return async () => {
    const reply = await ask({
      destination: 'org.freedesktop.Notifications',
      path: '/org/freedesktop/Notifications',
      member: 'org.freedesktop.Notifications.GetCapabilities',
    });
    if (reply === null) return 'none';
    return reply.includes('"body-markup"') ? 'markup' : 'plain';
  };
}
