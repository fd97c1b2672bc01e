/** What a desktop environment gives beside windows: a tray, notifications, and a screen reader. */
import type { Bus } from './bus';
import type { Env } from './child';
import { building } from './cleanup';
import { NotificationServer } from './notifications';
import { type ScreenReader, startScreenReader } from './screen-reader';
import { TrayHost } from './tray-host';

export interface Shell {
  readonly notifications: NotificationServer;
  readonly tray: TrayHost;
  readonly screenReader: ScreenReader;
  close(): Promise<void>;
}

/** Before the app starts, as on a real desktop. Only some desktops are read by a screen reader. */
export async function startShell(bus: Bus, display: Env, isRead: boolean): Promise<Shell> {
  return building(async (cleanup) => {
    const notifications = cleanup.own(await NotificationServer.start(bus));
    const tray = cleanup.own(await TrayHost.start(bus));
    const reader = isRead ? cleanup.own(await startScreenReader(bus, display)) : undefined;
    return {
      notifications,
      tray,
      get screenReader() {
        if (!reader) throw new Error('Nobody reads this desktop.');
        return reader;
      },
      close: () => cleanup.close(),
    };
  });
}
