/** A screen reader on a desktop: it sees programs by their tree of accessible things alone, and presses by it. */
import { join } from 'node:path';
import type { Bus } from './bus';
import { run, startChild, type Env } from './child';
import { building } from './cleanup';
import { repositoryRoot } from './scratch';
import { waitFor } from './wait';

export interface Accessible {
  readonly role: string;
  readonly name: string;
}

export interface ScreenReader {
  /** Every named thing of every program on the screen. */
  tree(): Promise<readonly Accessible[]>;
  press(alert: string, button: string): Promise<void>;
  close(): Promise<void>;
}

const launcher = '/usr/libexec/at-spi-bus-launcher';
// The system's own Python: the packages of Debian are for no other.
const python = '/usr/bin/python3';
const script = join(repositoryRoot, 'tests/support/accessible.py');

/** Programs look at their start whether somebody reads them. */
export async function startScreenReader(bus: Bus, display: Env): Promise<ScreenReader> {
  return building(async (cleanup) => {
    const env = { ...display, ...bus.env };
    // The settings of no desktop say otherwise.
    const own = { ...env, GSETTINGS_BACKEND: 'memory' };
    const service = cleanup.own(startChild(launcher, ['--launch-immediately'], { env: own }));
    const enable = async (): Promise<boolean> => {
      if (!service.isRunning()) throw new Error(`${launcher} ended:\n${service.stderr()}`);
      return switchOn(env).catch(() => false);
    };
    await waitFor(enable, { what: 'the bus of accessible things' });
    const ask = (...words: string[]): Promise<string> => run(python, [script, ...words], env);
    return {
      tree: async () =>
        (await ask('tree'))
          .trim()
          .split('\n')
          .map((line) => {
            const [role = '', name = ''] = line.split('\t');
            return { role, name };
          }),
      press: async (alert, button) => {
        await ask('press', alert, button);
      },
      close: () => cleanup.close(),
    };
  });
}

/** Whether it is on; if not, it is asked for. */
async function switchOn(env: Env): Promise<boolean> {
  const property = ['string:org.a11y.Status', 'string:IsEnabled'];
  const ask = (member: string, ...value: string[]): Promise<string> => {
    const words = [`org.freedesktop.DBus.Properties.${member}`, ...property, ...value];
    const to = ['--session', '--print-reply', '--dest=org.a11y.Bus', '/org/a11y/bus'];
    return run('dbus-send', [...to, ...words], env);
  };
  if ((await ask('Get')).includes('boolean true')) return true;
  await ask('Set', 'variant:boolean:true');
  return false;
}
