/** Whether the desktop shows tray icons. GNOME without an extension does not, and a panel may come and go. */
import type { AskBus } from './session-bus';

/** Names the host as long as it is the same one; null: there is none. */
export type FindTrayHost = () => Promise<string | null>;

/** Windows and macOS always have a place for them. */
export const builtInTrayHost: FindTrayHost = () => Promise.resolve('system');

export function trayHostOnBus(ask: AskBus): FindTrayHost {
  return async () => {
    const reply = await ask({
      destination: 'org.kde.StatusNotifierWatcher',
      path: '/StatusNotifierWatcher',
      member: 'org.freedesktop.DBus.Properties.Get',
      args: ['string:org.kde.StatusNotifierWatcher', 'string:IsStatusNotifierHostRegistered'],
    });
    const sender = /\bsender=(\S+)/.exec(reply ?? '')?.[1];
    return sender !== undefined && /\bboolean true\b/.test(reply ?? '') ? sender : null;
  };
}
