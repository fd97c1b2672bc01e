/**
 * What is shipped does what was built: the package is installed, calls of each kind are made between installed copies,
 * a person without rights starts it from the desktop and opens links, and it is removed without remains.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedBinary, type App } from '../support/app';
import { processesNaming, run } from '../support/child';
import { Cleanup } from '../support/cleanup';
import { signIn } from '../support/desk';
import { type InstalledPackage, installPackage } from '../support/installed';
import { type OrdinaryPerson, ordinaryPerson } from '../support/ordinary-person';
import { anna } from '../support/people';
import { startTestServer, type TestServer } from '../support/server';
import { waitFor } from '../support/wait';
import { itRingsAndIsHeard } from './calls/audio-call';
import { useTeam } from './calls/use-team';
import { describeVideoCall } from './calls/video-call';

const entry = '/usr/share/applications/peal.desktop';

/** With PEAL_APP somebody else has installed it, and every other test drives it. */
const isInstalledByOthers = process.env['PEAL_APP'] !== undefined;

describe.skipIf(isInstalledByOthers)('the installed app', () => {
  const ground = new Cleanup();
  let installed: InstalledPackage;
  beforeAll(async () => {
    installed = ground.own(await installPackage());
    const { packedMB, unpackedMB } = installed;
    note(`the package has ${packedMB.toFixed(0)} MB, installed ${unpackedMB} MB`);
  }, 200_000);
  afterAll(() => ground.close());

  it('is not to be had as a plain Node', async () => {
    const asNode = run(installedBinary, ['-e', 'process.stdout.write("node")'], {
      ELECTRON_RUN_AS_NODE: '1',
      DISPLAY: undefined,
    });
    expect(await asNode.catch(() => 'refused')).not.toBe('node');
  });

  describe('an audio call', () => {
    itRingsAndIsHeard(useTeam(['anna', 'bao'], { packaged: true }));
  });
  describeVideoCall('a video call', { packaged: true });

  describe('at a person without rights', () => {
    const cleanup = new Cleanup();
    let person: OrdinaryPerson;
    let server: TestServer;
    let app: App;
    beforeAll(async () => {
      person = cleanup.own(await ordinaryPerson());
      server = cleanup.own(await startTestServer());
    });
    afterAll(() => cleanup.close());

    it('comes up from its desktop entry, in the sandbox of the system', async () => {
      const startedAt = performance.now();
      const launched = person.start('gio', 'launch', entry);
      try {
        await person.display.waitForWindow('Peal');
        note(`from the click to the window ${(performance.now() - startedAt).toFixed(0)} ms`);
        expect(await ofHome(person, 'WM_CLASS')).toContain('"peal", "Peal"');
        const zygotes = await run('pgrep', ['--full', '^/opt/Peal/peal-bin --type=zygote$']);
        expect(zygotes).not.toBe('');
      } finally {
        await quit(person);
        await launched.close();
      }
    });

    it('asks before it calls whom a link of the desktop names', async () => {
      app = cleanup.own(await person.startPeal());
      const home = await app.page('home');
      await signIn(home, server.url, anna);
      expect(await person.run('xdg-mime', 'query', 'default', 'x-scheme-handler/peal')).toBe(
        'peal.desktop\n',
      );

      await person.run('xdg-open', 'peal:call/bao?video');
      const question = home.getByRole('dialog', { name: 'Call Bao Chen?' });
      await question.getByText(/Nobody is called before you choose/).waitFor();
      await question.getByRole('button', { name: 'Video call' }).waitFor();
      await home.keyboard.press('Enter');
      await question.waitFor({ state: 'detached' });
      expect((await person.display.windows()).map(({ title }) => title)).toEqual(['Peal']);

      await person.run('xdg-open', 'peal:call/eve');
      const unknown = home.getByRole('dialog', { name: 'Nobody to call' });
      await unknown.getByRole('button', { name: 'Search people' }).click();
      const search = home.getByRole('searchbox', { name: 'Search people' });
      await expect.poll(() => search.inputValue()).toBe('eve');
    });

    it('starts at sign-in and opens phone links where the person wants so', async () => {
      const home = await app.page('home');
      await home.getByRole('button', { name: 'Menu' }).click();
      await home.getByRole('menuitem', { name: 'Settings' }).click();
      await home.getByRole('tab', { name: 'This computer' }).click();
      const config = join(person.home, '.config');

      const phoneLinks = home.getByRole('switch', { name: /phone numbers/ });
      await phoneLinks.click();
      const list = join(config, 'mimeapps.list');
      await expect.poll(() => existsSync(list)).toBe(true);
      const opener = await person.run('xdg-mime', 'query', 'default', 'x-scheme-handler/tel');
      expect(opener).toBe('peal.desktop\n');
      await person.run('xdg-open', 'tel:+49-30-123');
      const unknown = home.getByRole('dialog', { name: 'Nobody to call' });
      await unknown.getByText(/“\+4930123”/).waitFor();
      await unknown.getByRole('button', { name: 'Close' }).click();
      await phoneLinks.click();
      await expect.poll(() => readFileSync(list, 'utf8')).not.toContain('peal');

      await home.getByRole('switch', { name: /Start Peal when/ }).click();
      const autostart = join(config, 'autostart', 'peal.desktop');
      await expect.poll(() => existsSync(autostart)).toBe(true);
      await app.close();
      const launched = person.start('gio', 'launch', autostart);
      try {
        await waitForMinimisedHome(person);
      } finally {
        await quit(person);
        await launched.close();
      }
    });
  });

  it('is removed without remains, and leaves what belongs to people', async () => {
    const { files } = installed;
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    await installed.remove();
    expect(files.filter((file) => existsSync(file))).toEqual([]);
    expect(existsSync('/opt/Peal')).toBe(false);
    expect(await run('dpkg-query', ['--list', 'peal']).catch(() => 'unknown')).toBe('unknown');
  });
});

/** For whoever reads the gate's output: sizes and times of a machine are no limits of a test. */
function note(line: string): void {
  process.stdout.write(`installed: ${line}\n`);
}

/**
 * Where no tray takes it, home that was started without anybody looking is minimised. A window system knows only windows
 * that were there for a moment as such.
 */
async function waitForMinimisedHome(person: OrdinaryPerson): Promise<void> {
  let state = '';
  const isMinimised = async (): Promise<boolean> => {
    state = await ofHome(person, 'WM_STATE').catch(() => 'no window');
    return /window state: Iconic/.test(state);
  };
  await waitFor(isMinimised, { what: 'home minimised' }).catch((cause: unknown) => {
    throw new Error(`home is not minimised, but ${state}`, { cause });
  });
}

/** A property of home's window, seen or not. */
async function ofHome(person: OrdinaryPerson, property: string): Promise<string> {
  const windows = await person.display.allWindows();
  const home = windows.find(({ title }) => title === 'Peal');
  if (!home) throw new Error('Home has no window.');
  return person.run('xprop', '-id', home.id, property);
}

/** Asks the app to end that has a window on the person's screen, and waits until nothing of it is left. */
async function quit(person: OrdinaryPerson): Promise<void> {
  const said = await ofHome(person, '_NET_WM_PID');
  process.kill(Number(/= (\d+)/.exec(said)?.[1]));
  const isOver = (): boolean => processesNaming(person.profile).length === 0;
  await waitFor(isOver, { what: 'the end of the app', withinMs: 10_000 });
}
