/**
 * A person at a desk: a screen, a sound card or fake devices, a bus, and the app with a profile of its own, worked
 * with as a person does it: by what is written on it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchApp, startSecondCopy, type App, type LaunchOptions } from './app';
import { startBus, type Bus } from './bus';
import { building } from './cleanup';
import { startDisplay, type Display } from './display';
import {
  pictureFile,
  toneFile,
  usualPicture,
  type PictureColor,
  type PictureSize,
} from './media-files';
import type { Person } from './people';
import { makeScratchDir, screensDir } from './scratch';
import { startShell, type Shell } from './shell';
import { startSound, type Sound } from './sound';
import { waitFor } from './wait';

export interface DeskOptions {
  readonly person: Person;
  /** What the microphone hears: a tone. */
  readonly toneHz: number;
  /** What the camera sees. With a picture, camera, microphone and speaker are Chromium's fakes. */
  readonly picture?: PictureColor;
  readonly pictureSize?: PictureSize;
  readonly packaged?: boolean;
  /** The sound card has no microphone until one is plugged in. */
  readonly withoutMicrophone?: boolean;
  readonly place?: LaunchOptions['place'];
  /** The desktop has a tray and shows notifications; `read`: a screen reader reads it, too, which makes pages slower. */
  readonly shell?: 'plain' | 'read';
  /** What else is on this desktop, before the app starts; `folder` is a home of its own. */
  readonly around?: (
    bus: Bus,
    display: Display,
    folder: string,
  ) => Promise<{ close(): Promise<void> }>;
}

export interface Desk {
  readonly person: Person;
  readonly display: Display;
  /** The sound card; a desk with a picture has none. */
  readonly sound: Sound;
  /** Of a desk that was opened with one. */
  readonly shell: Shell;
  readonly bus: Bus;
  /** The running app; another one after a restart. */
  readonly app: App;
  home(): Promise<Page>;
  signIn(server: string): Promise<void>;
  /** By home's menu, having read the question, up to the form that takes one back. */
  signOut(): Promise<void>;
  /** Chooses a person and presses the button; gives the call window. */
  call(other: Person, button: 'Audio call' | 'Video call'): Promise<Page>;
  /** The card, once it is on the screen. */
  incoming(): Promise<Page>;
  /** Presses a button of the card; gives the name in its heading. */
  pressInCard(button: 'Accept' | 'Decline'): Promise<string>;
  accept(): Promise<Page>;
  /** The call window of a call with this person. */
  callWindow(other: Person): Promise<Page>;
  waitForNoCall(withinMs?: number): Promise<void>;
  /** Ends the app and starts it again with the same profile. */
  restart(): Promise<void>;
  /** The main process dies at once, and all windows with it. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** A second copy, while the first one runs: it hands over to that one, with a link if there is one, and ends. */
  startAgain(...words: readonly string[]): Promise<void>;
  /** Ends the app as its Quit does; `start` begins it anew. */
  endApp(): Promise<void>;
  /** Everything of the app stands still, as on a machine that sleeps, and goes on later. */
  sleep(): void;
  wakeUp(): void;
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  return building(async (cleanup) => {
    const dir = cleanup.own(makeScratchDir(options.person.userId));
    const [display, bus, sound] = await Promise.all([
      startDisplay().then((made) => cleanup.own(made)),
      startBus().then((made) => cleanup.own(made)),
      options.picture ? undefined : startSound(options).then((made) => cleanup.own(made)),
    ]);
    await sound?.feedMicrophone(await toneFile(options.toneHz));
    const { shell: kind } = options;
    const shell =
      kind && (await startShell(bus, { ...homeEnv(dir.path), ...display.env }, kind === 'read'));
    if (shell) cleanup.own(shell);
    const around = await options.around?.(bus, display, dir.path);
    if (around) cleanup.own(around);
    const env = { ...homeEnv(dir.path), ...display.env, ...bus.env, ...sound?.env };
    const { packaged, place } = options;
    const launch: LaunchOptions = {
      userDataDir: join(dir.path, 'profile'),
      env,
      flags: await fakeDeviceFlags(options),
      ...(packaged === undefined ? {} : { packaged }),
      ...(place === undefined ? {} : { place }),
    };
    mkdirSync(launch.userDataDir, { recursive: true });
    const desk = new StandingDesk(options.person, display, { bus, sound, shell }, launch);
    cleanup.add(() => desk.endApp());
    await desk.start();
    return Object.assign(desk, { close: () => cleanup.close() });
  });
}

/** Opens several desks at once; when one fails, the others are closed too. */
export async function openDesks(...all: readonly DeskOptions[]): Promise<Desk[]> {
  const results = await Promise.allSettled(all.map(openDesk));
  const desks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = results.find((result) => result.status === 'rejected');
  if (!failure) return desks;
  await Promise.all(desks.map((desk) => desk.close()));
  throw failure.reason;
}

function homeEnv(dir: string): Record<string, string> {
  return { HOME: dir, XDG_RUNTIME_DIR: dir };
}

async function fakeDeviceFlags({
  toneHz,
  picture,
  pictureSize = usualPicture,
}: DeskOptions): Promise<string[]> {
  if (!picture) return [];
  return [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${await toneFile(toneHz)}`,
    `--use-file-for-fake-video-capture=${await pictureFile(picture, pictureSize)}`,
  ];
}

class StandingDesk implements Omit<Desk, 'close'> {
  private running: App | undefined;

  constructor(
    readonly person: Person,
    readonly display: Display,
    private readonly extras: {
      readonly bus: Bus;
      readonly sound: Sound | undefined;
      readonly shell: Shell | undefined;
    },
    private readonly launch: LaunchOptions,
  ) {}

  get app(): App {
    if (!this.running) throw new Error('The app does not run.');
    return this.running;
  }

  get bus(): Bus {
    return this.extras.bus;
  }

  get sound(): Sound {
    if (!this.extras.sound) throw new Error('This desk has fake devices.');
    return this.extras.sound;
  }

  get shell(): Shell {
    if (!this.extras.shell) throw new Error('This desk was opened without a shell.');
    return this.extras.shell;
  }

  async start(): Promise<void> {
    this.running = await launchApp(this.launch);
  }

  startAgain(...words: readonly string[]): Promise<void> {
    return startSecondCopy(this.launch, words);
  }

  async endApp(): Promise<void> {
    await this.running?.close();
    this.running = undefined;
  }

  async kill(): Promise<void> {
    await this.app.kill();
    this.running = undefined;
  }

  sleep(): void {
    this.app.child.signal('SIGSTOP');
  }

  wakeUp(): void {
    this.app.child.signal('SIGCONT');
  }

  async restart(): Promise<void> {
    await this.endApp();
    await this.start();
  }

  home(): Promise<Page> {
    return this.app.page('home');
  }

  async signIn(server: string): Promise<void> {
    await signIn(await this.home(), server, this.person);
  }

  async signOut(): Promise<void> {
    const home = await this.home();
    await home.getByRole('button', { name: 'Menu' }).click();
    await home.getByRole('menuitem', { name: 'Sign out' }).click();
    const question = home.getByRole('dialog', { name: 'Sign out?' });
    await question.getByRole('button', { name: 'Sign out' }).click();
    await home.getByRole('textbox', { name: 'Password' }).waitFor();
  }

  async call(other: Person, button: 'Audio call' | 'Video call'): Promise<Page> {
    const home = await this.home();
    const row = home
      .getByRole('list', { name: 'People' })
      .getByRole('button', { name: other.name });
    await row.click();
    await home.getByRole('button', { name: button }).click();
    return this.callWindow(other);
  }

  async incoming(): Promise<Page> {
    // A card that a busy machine does not paint in time is made anew, in another window.
    const what = `the card at ${this.person.name}`;
    const page = await waitFor(() => this.shownCard(), { what, withinMs: 30_000 });
    await this.display.waitForWindow('Incoming call');
    return page;
  }

  async pressInCard(button: 'Accept' | 'Decline'): Promise<string> {
    for (;;) {
      const card = await this.incoming();
      try {
        const heading = (await card.getByRole('heading').textContent()) ?? '';
        await card.getByRole('button', { name: button, exact: true }).click();
        return heading.trim();
      } catch (error) {
        // Made anew meanwhile: the person presses in the one that is there now.
        if (!card.isClosed()) throw error;
      }
    }
  }

  async accept(): Promise<Page> {
    return this.windowOf(await this.pressInCard('Accept'));
  }

  callWindow(other: Person): Promise<Page> {
    return this.windowOf(other.name);
  }

  async waitForNoCall(withinMs = 10_000): Promise<void> {
    let titles: readonly string[] = [];
    const gone = async (): Promise<boolean> => {
      titles = (await this.display.windows()).map((window) => window.title);
      return titles.every((title) => title === 'Peal' || isOfPanel(title));
    };
    await waitFor(gone, { what: 'no window but home on the screen', withinMs }).catch(
      async (error: unknown) => {
        const seen = `${this.person.name} sees ${titles.join(', ')}`;
        throw new Error(`${seen}: ${await this.callWords()}`, { cause: error });
      },
    );
  }

  /** What the call windows say, for whoever reads why a test failed. */
  private async callWords(): Promise<string> {
    const words = this.app.pages('call').map(async (page) => {
      const text = page.locator('body').innerText({ timeout: 1_000 });
      return JSON.stringify(await text.catch(String));
    });
    return (await Promise.all(words)).join(', ');
  }

  async picture(name: string): Promise<void> {
    await this.display.savePicture(`${name}-${this.person.userId}`);
    for (const kind of ['home', 'incoming', 'call'] as const) {
      for (const page of this.app.pages(kind)) {
        // Of a window that was never shown there is no picture, and it would be waited for.
        if (!(await isShown(page))) continue;
        await page.screenshot({
          path: join(screensDir(), `${name}-${this.person.userId}-${kind}.png`),
        });
      }
    }
  }

  private async shownCard(): Promise<Page | undefined> {
    for (const page of this.app.pages('incoming')) {
      const card = page.getByRole('alertdialog', { name: 'Incoming call' });
      if (await card.isVisible().catch(() => false)) return page;
    }
    return undefined;
  }

  private windowOf(name: string): Promise<Page> {
    const find = async (): Promise<Page | undefined> => {
      for (const page of this.app.pages('call')) {
        // A page may crash, or go, while it is looked at.
        const there = page.getByRole('heading', { name }).isVisible();
        if (await there.catch(() => false)) return page;
      }
      return undefined;
    };
    return waitFor(find, { what: `the call window with ${name}`, withinMs: 15_000 });
  }
}

/** xfce4-panel, and the program that shows its parts. */
function isOfPanel(title: string): boolean {
  return title === 'xfce4-panel' || title.startsWith('wrapper-');
}

declare const document: { readonly visibilityState: string };

/** On the first start behind the question; where a server was used before, the form is what home shows. */
export async function openSignIn(home: Page): Promise<void> {
  const server = home.getByRole('textbox', { name: 'Server' });
  const way = home.getByRole('button', { name: 'Sign in', exact: true });
  await way.waitFor();
  if (!(await server.isVisible())) await way.click();
}

/** From whatever home shows to somebody signed out. */
export async function signIn(home: Page, server: string, person: Person): Promise<void> {
  await openSignIn(home);
  await home.getByRole('textbox', { name: 'Server' }).fill(server);
  await home.getByRole('textbox', { name: 'User name' }).fill(person.userId);
  await home.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await home.getByRole('button', { name: 'Sign in', exact: true }).click();
  await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
}

function isShown(page: Page): Promise<boolean> {
  return page.evaluate(() => document.visibilityState === 'visible');
}
