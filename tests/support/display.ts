/**
 * A screen of one's own: Xvfb on a free display number with openbox on it, and what a person would see there.
 * Everything here looks from outside; it trusts no program about its own windows.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { run, startChild, type Env } from './child';
import { building } from './cleanup';
import { screensDir } from './scratch';
import { waitFor } from './wait';
import { type TitledWindow, titledWindows } from './window-tree';
import { X11Client } from './x11';

const execute = promisify(execFile);

export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

export type ScreenWindow = Omit<TitledWindow, 'isViewable'>;

export class Screenshot {
  constructor(
    readonly width: number,
    readonly height: number,
    private readonly bytes: Buffer,
  ) {}

  pixel(x: number, y: number): Rgb {
    const at = (y * this.width + x) * 3;
    const [red = 0, green = 0, blue = 0] = this.bytes.subarray(at, at + 3);
    return { red, green, blue };
  }

  /** How much of a rectangle (0 to 1) satisfies the question; every second pixel is asked. */
  share(area: Omit<ScreenWindow, 'id' | 'title'>, question: (pixel: Rgb) => boolean): number {
    let asked = 0;
    let yes = 0;
    for (let y = area.y; y < area.y + area.height && y < this.height; y += 2) {
      for (let x = area.x; x < area.x + area.width && x < this.width; x += 2) {
        asked += 1;
        if (question(this.pixel(x, y))) yes += 1;
      }
    }
    return asked === 0 ? 0 : yes / asked;
  }
}

export interface Display {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly env: Env;
  screenshot(): Promise<Screenshot>;
  /** Keeps a picture of the whole screen for people to look at. */
  savePicture(name: string): Promise<void>;
  /** The visible windows of programs that carry a title, topmost first. */
  windows(): Promise<readonly ScreenWindow[]>;
  /** Those, too, that are not on the screen. */
  allWindows(): Promise<readonly TitledWindow[]>;
  waitForWindow(title: string, withinMs?: number): Promise<ScreenWindow>;
  /** Whether the window stays above ordinary ones: by the window manager's word, or out of its reach altogether. */
  staysAbove(id: string): Promise<boolean>;
  close(): Promise<void>;
}

export async function startDisplay(size = { width: 1280, height: 800 }): Promise<Display> {
  return building(async (cleanup) => {
    const screen = `${size.width}x${size.height}x24`;
    const xvfb = cleanup.own(
      startChild('Xvfb', [
        '-displayfd',
        '1',
        '-screen',
        '0',
        screen,
        '-nolisten',
        'tcp',
        '-noreset',
      ]),
    );
    const name = `:${await xvfb.firstMatch(/^(\d+)\n/)}`;
    // A program that finds a display and no bus would start a bus that outlives it; bus.ts has a real one.
    const env = {
      DISPLAY: name,
      XAUTHORITY: undefined,
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    };
    cleanup.own(startChild('openbox', ['--sm-disable'], { env }));
    await waitFor(() => hasWindowManager(env), { what: 'openbox manages the display' });
    // The first key that a program presses gives the display another keyboard, and the window manager asks for its keys
    // anew: one of them that is pressed meanwhile would reach the window in front.
    await run('xdotool', ['key', 'Shift_L'], env);
    const client = cleanup.own(await X11Client.connect(name));
    return new XDisplay(name, { ...size, env }, client, () => cleanup.close());
  });
}

class XDisplay implements Display {
  readonly width: number;
  readonly height: number;
  readonly env: Env;

  constructor(
    readonly name: string,
    { width, height, env }: Pick<Display, 'width' | 'height' | 'env'>,
    private readonly client: X11Client,
    readonly close: () => Promise<void>,
  ) {
    this.width = width;
    this.height = height;
    this.env = env;
  }

  async screenshot(): Promise<Screenshot> {
    const { stdout } = await execute('import', ['-window', 'root', '-depth', '8', 'rgb:-'], {
      encoding: 'buffer',
      timeout: 20_000,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, ...this.env },
    });
    return new Screenshot(this.width, this.height, stdout);
  }

  async savePicture(name: string): Promise<void> {
    await run('import', ['-window', 'root', join(screensDir(), `${name}.png`)], this.env);
  }

  async windows(): Promise<readonly ScreenWindow[]> {
    return (await this.allWindows()).filter(({ isViewable }) => isViewable);
  }

  allWindows(): Promise<readonly TitledWindow[]> {
    return titledWindows(this.client);
  }

  waitForWindow(title: string, withinMs = 10_000): Promise<ScreenWindow> {
    const find = async (): Promise<ScreenWindow | undefined> =>
      (await this.windows()).find((window) => window.title === title);
    return waitFor(find, { what: `window "${title}" on the screen`, withinMs });
  }

  async staysAbove(id: string): Promise<boolean> {
    const state = await run('xprop', ['-id', id, '_NET_WM_STATE'], this.env);
    const attributes = await run('xwininfo', ['-id', id], this.env);
    return (
      state.includes('_NET_WM_STATE_ABOVE') || attributes.includes('Override Redirect State: yes')
    );
  }
}

async function hasWindowManager(env: Env): Promise<boolean> {
  const text = await run('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], env);
  return text.includes('window id');
}
