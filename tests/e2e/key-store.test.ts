/** The system's key store: what it does for the sign-in, and that nobody waits for one that does not answer. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import type { Tokens } from '#protocol/messages';
import { type App, type LaunchOptions, launchApp } from '../support/app';
import { type Bus, startBus } from '../support/bus';
import { BusClient } from '../support/bus-client';
import { Cleanup } from '../support/cleanup';
import { signIn } from '../support/desk';
import { startDisplay } from '../support/display';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy';
import { anna } from '../support/people';
import { makeScratchDir } from '../support/scratch';
import { SecretService } from '../support/secret-service';
import { startTestServer } from '../support/server';
import { waitFor } from '../support/wait';

let cleanup = new Cleanup();
afterEach(async () => {
  await cleanup.close();
  cleanup = new Cleanup();
});

/** On a desktop with this bus, where the key store is asked by libsecret. */
async function makePlace(bus: Bus): Promise<LaunchOptions & { readonly account: string }> {
  const display = cleanup.own(await startDisplay());
  const dir = cleanup.own(makeScratchDir('keys'));
  const userDataDir = join(dir.path, 'profile');
  mkdirSync(userDataDir);
  return {
    userDataDir,
    env: { ...display.env, ...bus.env, HOME: dir.path, XDG_RUNTIME_DIR: dir.path },
    flags: ['--password-store=gnome-libsecret'],
    account: join(userDataDir, 'account.json'),
  };
}

const waitForFile = (file: string): Promise<unknown> => {
  const isThere = (): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;
  return waitFor(isThere, { what: `the file ${file}`, withinMs: 20_000 });
};

/** It is plain until the key store has answered. */
async function waitForSealed(file: string): Promise<void> {
  await waitForFile(file);
  const isSealed = (): boolean => readFileSync(file, 'utf8').includes('"sealed"');
  await waitFor(isSealed, { what: `${file} is sealed`, withinMs: 20_000 });
}

const isSignedIn = (home: Page): Promise<void> =>
  home.getByRole('searchbox', { name: 'Search people' }).waitFor();

/** Every token that the server gives out from now on. */
function watchTokens(proxy: FaultyProxy): readonly string[] {
  const seen: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { access, refresh } = value as Partial<Tokens>;
    if (access !== undefined && refresh !== undefined) seen.push(access, refresh);
    for (const inner of Object.values(value)) look(inner);
  };
  proxy.lose((message, direction) => {
    if (direction === 'to-client') look(message);
    return false;
  });
  return seen;
}

it('a key store that answers keeps the sign-in: no token is readable on the disk, the next start asks nothing, and nobody is let in by what the key store forgot', async () => {
  const [bus, server] = [cleanup.own(await startBus()), cleanup.own(await startTestServer())];
  const proxy = cleanup.own(await startFaultyProxy(server.url));
  const tokens = watchTokens(proxy);
  const keyStore = cleanup.own(await SecretService.start(bus));
  const place = await makePlace(bus);
  const first = await launchApp(place);
  try {
    const home = await first.page('home');
    await signIn(home, proxy.url, anna);
    await waitForSealed(place.account);
    await home.keyboard.press('Control+,');
    await home.getByRole('tab', { name: 'This computer' }).click();
    await home.getByText('In the key store of the system').waitFor();
  } finally {
    await first.close();
  }
  expect(keyStore.schemas()).toContain('chrome_libsecret_os_crypt_password_v2');
  expectSealed(place.account, tokens);

  const second = await launchApp(place);
  try {
    const again = await second.page('home');
    await isSignedIn(again);
    await again.getByText(anna.name).first().waitFor();
    expect(second.child.stderr()).not.toMatch(/key store: /);
  } finally {
    await second.close();
  }
  expectSealed(place.account, tokens);

  keyStore.forget();
  const third = cleanup.own(await launchApp(place));
  const locked = await third.page('home');
  await locked
    .getByRole('alert')
    .getByText(/key store of this computer/)
    .waitFor();
});

function expectSealed(account: string, tokens: readonly string[]): void {
  const text = readFileSync(account, 'utf8');
  expect(statSync(account).mode & 0o777).toBe(0o600);
  expect(text).toContain('"sealed"');
  expect(tokens.length).toBeGreaterThan(0);
  for (const token of tokens) expect(text).not.toContain(token);
}

const never = (): Promise<never> => new Promise(() => undefined);

it('a key store that never answers keeps nobody waiting: the sign-in lies in a file for this user only', async () => {
  const bus = cleanup.own(await startBus());
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
  const place = await makePlace(bus);
  const app: App = cleanup.own(await launchApp(place));

  const home = await app.page('home');
  await home.getByRole('button', { name: 'Try it on this computer' }).click();
  await home.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await home.getByRole('button', { name: 'Start' }).click();
  await isSignedIn(home);

  await waitForFile(place.account);
  expect(statSync(place.account).mode & 0o777).toBe(0o600);
  const warnings = (): readonly string[] => app.child.stderr().match(/key store: .*/g) ?? [];
  await waitFor(() => warnings().length > 0, { what: 'a warning of it', withinMs: 20_000 });
  expect(warnings()).toHaveLength(1);
  expect(asked).toBeGreaterThan(0);
  expect(readFileSync(place.account, 'utf8')).toContain('"tokens"');
});
