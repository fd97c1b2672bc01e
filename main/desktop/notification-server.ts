/** What becomes of a notification on this desktop. */
import type { AskBus } from './session-bus';

/**
 * markup – shown, and its body is read as markup. plain – shown as it is. unsure – shown, in one of the two ways. none –
 * nobody would show it.
 */
export type NotificationServer = 'markup' | 'plain' | 'unsure' | 'none';

export type FindNotificationServer = () => Promise<NotificationServer>;

export const builtInNotificationServer: FindNotificationServer = () => Promise.resolve('plain');

/**
 * dunst announces markup only where its settings have a line that says so, and draws it as well where they have no line
 * at all; nothing tells that from a line that forbids it.
 */
export function notificationServerOnBus(ask: AskBus): FindNotificationServer {
  const about = (what: string): Promise<string | null> =>
    ask({
      destination: 'org.freedesktop.Notifications',
      path: '/org/freedesktop/Notifications',
      member: `org.freedesktop.Notifications.${what}`,
    });
  return async () => {
    const capabilities = await about('GetCapabilities');
    if (capabilities === null) return 'none';
    if (capabilities.includes('"body-markup"')) return 'markup';
    const information = await about('GetServerInformation');
    return information?.includes('"dunst"') ? 'unsure' : 'plain';
  };
}
