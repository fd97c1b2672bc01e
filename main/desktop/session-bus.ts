/**
 * Questions to the desktop's session bus (Linux), asked by dbus-send: whether somebody is there who shows
 * notifications or tray icons, before Electron speaks to them in a way that could wait for ever.
 */
import { execFile } from 'node:child_process';
import type { Log } from '../log';

/** A desktop that is alive answers in a few milliseconds. */
const limitMs = 1_000;

export interface BusQuestion {
  readonly destination: string;
  readonly path: string;
  readonly member: string;
  readonly args?: readonly string[];
}

/** What dbus-send prints of the answer; null without one, for whatever reason. */
export type AskBus = (question: BusQuestion) => Promise<string | null>;

/** Without its program nobody is ever found there, and the log says once why. */
export function createAskBus(log: Log, program = 'dbus-send'): AskBus {
  let isMissingSaid = false;
  return ({ destination, path, member, args = [] }) =>
    new Promise((resolve) => {
      const call = ['--session', '--print-reply', `--dest=${destination}`, path, member, ...args];
      execFile(program, call, { timeout: limitMs, killSignal: 'SIGKILL' }, (error, stdout) => {
        if (error?.code === 'ENOENT' && !isMissingSaid) {
          isMissingSaid = true;
          log.warn(`desktop: no program ${program}, so no notifications and no tray icon`);
        }
        resolve(error ? null : stdout);
      });
    });
}
