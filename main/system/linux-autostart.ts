/** Start at sign-in on a Linux desktop: a file of ours in the folder that every desktop reads. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../storage/whole-file';
import { autostartEntry, readAutostartEntry } from './autostart-entry';
import { readIfThere } from './small-file';
import type { SystemSwitch } from './switches';

export interface LinuxAutostartOptions {
  readonly configFolder: string;
  /** What starts this copy of Peal; null where it is not installed. */
  readonly command: readonly string[] | null;
}

export function linuxAutostart({ configFolder, command }: LinuxAutostartOptions): SystemSwitch {
  const path = join(configFolder, 'autostart', 'peal.desktop');
  const wanted = command && autostartEntry(command);

  function read(): ReturnType<SystemSwitch['read']> {
    const text = readIfThere(path);
    const entry = text === null ? null : readAutostartEntry(text);
    if (wanted === null) return { isOn: false, obstacle: 'not-installed' };
    if (!entry) return { isOn: false, obstacle: null };
    // Peal was moved or is of another version: the entry goes along.
    if (entry.isOwn && entry.isOn && text !== wanted) writeWhole(path, wanted, 0o644);
    return { isOn: entry.isOn, obstacle: entry.isOwn ? null : 'foreign' };
  }

  return {
    read,
    set: (on) => {
      if (read().obstacle !== null || wanted === null) return;
      if (on) writeWhole(path, wanted, 0o644);
      else rmSync(path, { force: true });
    },
  };
}
