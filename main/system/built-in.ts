/** The same on Windows and macOS, where Electron does it. Tests hold it to a fake of Electron's; no system has run it. */
import type { App } from 'electron';
import { hiddenFlag } from './hidden-start';
import type { SystemSwitch } from './switches';

type LoginItemApp = Pick<App, 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings'>;
type SchemeApp = Pick<
  App,
  | 'isPackaged'
  | 'isDefaultProtocolClient'
  | 'setAsDefaultProtocolClient'
  | 'removeAsDefaultProtocolClient'
>;

const schemes = ['tel', 'callto'];
const notInstalled = { isOn: false, obstacle: 'not-installed' } as const;

export function builtInAutostart(app: LoginItemApp, platform: NodeJS.Platform): SystemSwitch {
  const isWindows = platform === 'win32';
  // macOS passes none (hidden-start.ts). Windows finds its entry only by the arguments it was made with.
  const loginItem = isWindows ? { args: [hiddenFlag] } : {};
  return {
    read: () => {
      if (!app.isPackaged) return notInstalled;
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(loginItem);
      // In its task manager Windows switches an entry off and leaves it there.
      return { isOn: openAtLogin && (!isWindows || executableWillLaunchAtLogin), obstacle: null };
    },
    set: (on) => app.setLoginItemSettings({ ...loginItem, openAtLogin: on }),
  };
}

export function builtInPhoneLinks(app: SchemeApp): SystemSwitch {
  return {
    read: () =>
      app.isPackaged
        ? { isOn: schemes.every((scheme) => app.isDefaultProtocolClient(scheme)), obstacle: null }
        : notInstalled,
    set: (on) => {
      for (const scheme of schemes) {
        if (on) app.setAsDefaultProtocolClient(scheme);
        else app.removeAsDefaultProtocolClient(scheme);
      }
    },
  };
}
