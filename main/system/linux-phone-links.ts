/** Phone links on a Linux desktop: the person's own list of programs, which every desktop reads. */
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../storage/whole-file';
import { isDefault, withDefault, withoutDefault } from './default-apps';
import { readIfThere } from './small-file';
import type { SystemSwitch } from './switches';

export interface LinuxPhoneLinksOptions {
  readonly configFolder: string;
  /** Where desktop entries of installed programs are. */
  readonly dataFolders: readonly string[];
  readonly isPackaged: boolean;
}

const wish = {
  types: ['x-scheme-handler/tel', 'x-scheme-handler/callto'],
  desktopId: 'peal.desktop',
};

export function linuxPhoneLinks(options: LinuxPhoneLinksOptions): SystemSwitch {
  const { configFolder, dataFolders, isPackaged } = options;
  const path = join(configFolder, 'mimeapps.list');
  const hasEntry = (): boolean =>
    dataFolders.some((folder) => existsSync(join(folder, 'applications', wish.desktopId)));
  const text = (): string => readIfThere(path) ?? '';

  return {
    read: () =>
      isPackaged && hasEntry()
        ? { isOn: isDefault(text(), wish), obstacle: null }
        : { isOn: false, obstacle: 'not-installed' },
    set: (on) => {
      const now = text();
      const next = on ? withDefault(now, wish) : withoutDefault(now, wish);
      // Some keep their configuration elsewhere and link to it: the link stays.
      const place = existsSync(path) ? realpathSync(path) : path;
      if (next !== now) writeWhole(place, next, 0o644);
    },
  };
}
