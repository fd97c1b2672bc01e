/** Who on this system can say that the person does not want to be disturbed. One small question each. */
import type { AskProgram } from './ask-program';
import type { AskBus } from './session-bus';

export interface QuietSource {
  /** Null: nobody answers, or not this question. Never rejects. */
  readonly ask: () => Promise<boolean | null>;
  /** The signal of the session bus after which it may say something else, as a match rule. */
  readonly changes: string;
}

/** Another program may show the notifications from now on, or none. */
export const notifierChanges =
  "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.freedesktop.Notifications'";

export interface QuietSystem {
  readonly platform: NodeJS.Platform;
  /** As in XDG_CURRENT_DESKTOP: "ubuntu:GNOME". */
  readonly desktop: string;
  readonly askBus: AskBus;
  readonly askProgram: AskProgram;
}

/**
 * None on Windows and macOS: Electron does not tell of Focus there, and the systems have no documented way for a program
 * of another language. Their own notifications obey it; the ring of Peal follows the rules of the user alone.
 */
export function quietSources({
  platform,
  desktop,
  askBus,
  askProgram,
}: QuietSystem): readonly QuietSource[] {
  if (platform !== 'linux') return [];
  const names = desktop.toLowerCase().split(':');
  const isOne = (...wanted: string[]): boolean => wanted.some((name) => names.includes(name));
  return [
    // KDE, and whoever else has this property of the newer specification.
    notificationProperty(askBus, 'org.freedesktop.Notifications', 'Inhibited'),
    notificationProperty(askBus, 'org.dunstproject.cmd0', 'paused'),
    // What a desktop that does not run has in its settings means nothing.
    ...(isOne('gnome', 'unity', 'pop') ? [gnomeBanners(askProgram)] : []),
    ...(isOne('xfce') ? [xfceNotifyd(askProgram)] : []),
  ];
}

function notificationProperty(ask: AskBus, owner: string, name: string): QuietSource {
  return {
    ask: async () => {
      const reply = await ask({
        destination: 'org.freedesktop.Notifications',
        path: '/org/freedesktop/Notifications',
        member: 'org.freedesktop.DBus.Properties.Get',
        args: [`string:${owner}`, `string:${name}`],
      });
      return truthIn(reply, /\bboolean (true|false)\b/);
    },
    changes: `type='signal',path='/org/freedesktop/Notifications',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',arg0='${owner}'`,
  };
}

/** "Do not disturb" switches the banners off. */
function gnomeBanners(ask: AskProgram): QuietSource {
  const key = ['org.gnome.desktop.notifications', 'show-banners'];
  return {
    ask: async () => {
      const shows = truthIn(await ask('gsettings', ['get', ...key]), /^(true|false)\s*$/);
      return shows === null ? null : !shows;
    },
    // Who changes several settings at once names their folder.
    changes:
      "type='signal',interface='ca.desrt.dconf.Writer',member='Notify',arg0path='/org/gnome/desktop/notifications/'",
  };
}

function xfceNotifyd(ask: AskProgram): QuietSource {
  return {
    ask: async () => {
      const reply = await ask('xfconf-query', ['-c', 'xfce4-notifyd', '-p', '/do-not-disturb']);
      return truthIn(reply, /^(true|false)\s*$/);
    },
    changes:
      "type='signal',interface='org.xfce.Xfconf',arg0='xfce4-notifyd',arg1='/do-not-disturb'",
  };
}

function truthIn(reply: string | null, form: RegExp): boolean | null {
  const word = form.exec(reply ?? '')?.[1];
  return word === undefined ? null : word === 'true';
}
