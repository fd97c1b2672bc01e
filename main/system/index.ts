/** The switches of the system that this copy of Peal runs on. */
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { app } from 'electron';
import { builtInAutostart, builtInPhoneLinks } from './built-in';
import { hiddenFlag } from './hidden-start';
import { linuxAutostart } from './linux-autostart';
import { linuxPhoneLinks } from './linux-phone-links';
import type { SystemSwitchesOptions } from './switches';

export function systemSwitches(): SystemSwitchesOptions['switches'] {
  if (process.platform !== 'linux') {
    return {
      startsAtSignIn: builtInAutostart(app, process.platform),
      opensPhoneLinks: builtInPhoneLinks(app),
    };
  }
  const configFolder = folder('XDG_CONFIG_HOME') ?? join(homedir(), '.config');
  const command = app.isPackaged ? [launcher(), hiddenFlag] : null;
  return {
    startsAtSignIn: linuxAutostart({ configFolder, command }),
    opensPhoneLinks: linuxPhoneLinks({
      configFolder,
      dataFolders: dataFolders(),
      isPackaged: app.isPackaged,
    }),
  };
}

/** The script beside the binary: it chooses the window system (resources/linux/launcher.sh). */
function launcher(): string {
  return join(dirname(process.execPath), 'peal');
}

function dataFolders(): readonly string[] {
  const own = folder('XDG_DATA_HOME') ?? join(homedir(), '.local', 'share');
  const shared = process.env['XDG_DATA_DIRS'] ?? '';
  const others = shared.split(':').filter((path) => isAbsolute(path));
  return [own, ...(others.length > 0 ? others : ['/usr/local/share', '/usr/share'])];
}

/** By the Base Directory Specification, anything but an absolute path counts as absent. */
function folder(variable: string): string | undefined {
  const path = process.env[variable];
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
