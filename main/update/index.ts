/** Updates as this copy of Peal has them: the system's network, this computer's kind, the profile's memory. */
import { join } from 'node:path';
import { app, session, shell } from 'electron';
import type { Log } from '../log';
import { systemClock } from '../clock';
import type { SettingsStore } from '../storage/profile';
import { administratorFile, updateSource } from './configuration';
import type { Fetch } from './fetching';
import { Updates, type UpdatesOptions } from './updates';

export interface SystemUpdatesOptions extends Pick<UpdatesOptions, 'isInCall' | 'onChanged'> {
  /** What the build says about updates lies beside it. */
  readonly outFolder: string;
  readonly profileFolder: string;
  readonly settings: SettingsStore;
  readonly log: Log;
  readonly onQuitAsked: () => void;
}

export function systemUpdates(options: SystemUpdatesOptions): Updates {
  const { outFolder, profileFolder, settings, log, onQuitAsked } = options;
  const built = join(outFolder, '..', 'resources', 'update.json');
  const administrator = administratorFile(process.platform, process.env);
  return new Updates({
    ...options,
    source: updateSource({ built, administrator }, log),
    quit: onQuitAsked,
    version: app.getVersion(),
    platform: process.platform,
    arch: process.arch,
    folder: join(profileFolder, 'updates'),
    fetch: fetchApart,
    clock: systemClock,
    random: Math.random,
    memory: {
      get: () => settings.value.update ?? {},
      set: (update) => settings.update({ update }),
    },
    openPage: (address) => {
      shell.openExternal(address).catch(() => log.warn('update: the system opens no page'));
    },
    openFile: (path) => shell.openPath(path),
  });
}

/** By the proxy and the certificates of the system; with no cookies and no cache, and none of the pages'. */
const fetchApart: Fetch = (url, init) =>
  session.fromPartition('updates', { cache: false }).fetch(url, init);
