/** The system's key store, as a person meets it who has none that answers: the phone does not wait for it. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type App, launchApp } from '../support/app';
import { startBus } from '../support/bus';
import { BusClient } from '../support/bus-client';
import { Cleanup } from '../support/cleanup';
import { startDisplay } from '../support/display';
import { makeScratchDir } from '../support/scratch';
import { waitFor } from '../support/wait';

let cleanup = new Cleanup();
afterEach(async () => {
  await cleanup.close();
  cleanup = new Cleanup();
});

const never = (): Promise<never> => new Promise(() => undefined);

it('a key store that never answers keeps nobody waiting: the sign-in lies in a file for this user only', async () => {
  const [display, bus] = [cleanup.own(await startDisplay()), cleanup.own(await startBus())];
  const locked = cleanup.own(new BusClient(bus));
  await locked.own('org.freedesktop.secrets');
  let asked = 0;
  const wait = (): Promise<never> => ((asked += 1), never());
  const methods = {
    OpenSession: ['sv', 'vo'],
    SearchItems: ['a{ss}', 'aoao'],
    Unlock: ['ao', 'aoo'],
    ReadAlias: ['s', 'o'],
  } as const;
  locked.serve(
    '/org/freedesktop/secrets',
    { name: 'org.freedesktop.Secret.Service', methods },
    Object.fromEntries(Object.keys(methods).map((name) => [name, wait])),
  );
  const dir = cleanup.own(makeScratchDir('locked'));
  const userDataDir = join(dir.path, 'profile');
  mkdirSync(userDataDir);
  const env = { ...display.env, ...bus.env, HOME: dir.path, XDG_RUNTIME_DIR: dir.path };
  const flags = ['--password-store=gnome-libsecret'];
  const app: App = cleanup.own(await launchApp({ userDataDir, env, flags }));

  const home = await app.page('home');
  await home.getByRole('button', { name: 'Try it on this computer' }).click();
  await home.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await home.getByRole('button', { name: 'Start' }).click();
  await home.getByRole('searchbox', { name: 'Search people' }).waitFor();

  const account = join(userDataDir, 'account.json');
  const isThere = (): boolean => statSync(account, { throwIfNoEntry: false }) !== undefined;
  await waitFor(isThere, { what: 'the file of the account', withinMs: 20_000 });
  expect(statSync(account).mode & 0o777).toBe(0o600);
  expect(readFileSync(account, 'utf8')).toContain('"tokens"');
  expect(asked).toBeGreaterThan(0);
  const warnings = app.child.stderr().match(/key store: .*/g);
  expect(warnings).toHaveLength(1);
});
