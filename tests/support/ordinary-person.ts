/** Somebody with an account of no rights on this machine, a home of their own and a screen. */
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type App, commandOf, launchApp } from './app';
import { startBus } from './bus';
import { type Child, type Env, run, startChild } from './child';
import { building } from './cleanup';
import { type Display, startDisplay } from './display';

export interface OrdinaryPerson {
  readonly display: Display;
  readonly home: string;
  readonly profile: string;
  /** Runs a program of the desktop to its end. */
  run(file: string, ...args: readonly string[]): Promise<string>;
  /** Starts one that stays. */
  start(file: string, ...args: readonly string[]): Child;
  /** The installed app in the person's own profile, with the port that tests steer it by. */
  startPeal(...flags: readonly string[]): Promise<App>;
  close(): Promise<void>;
}

/** `nobody` of every system. */
const uid = 65534;

export function ordinaryPerson(): Promise<OrdinaryPerson> {
  return building(async (cleanup) => {
    // Not below the checkout, which may lie where others may not look.
    const home = mkdtempSync('/tmp/peal-person-');
    cleanup.add(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
    const profile = join(home, '.config', 'Peal');
    mkdirSync(profile, { recursive: true });
    for (const each of [home, join(home, '.config'), profile]) chownSync(each, uid, uid);
    const display = cleanup.own(await startDisplay());
    const [setpriv, ...as] = commandOf(uid);
    const bus = cleanup.own(await startBus([setpriv, ...as]));
    const env: Env = {
      ...display.env,
      ...bus.env,
      ...{ HOME: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: undefined },
      ...{ XDG_DATA_HOME: undefined, LANG: 'C.UTF-8', LANGUAGE: 'en', NODE_OPTIONS: undefined },
    };
    return {
      ...{ display, home, profile },
      run: (file, ...args) => run(setpriv, [...as, file, ...args], env),
      start: (file, ...args) => startChild(setpriv, [...as, file, ...args], { env, cwd: home }),
      startPeal: (...flags) => launchApp({ packaged: true, uid, userDataDir: profile, env, flags }),
      close: () => cleanup.close(),
    };
  });
}
