/** A real notification server with its own settings: dunst, as people have it beside a bare window manager. */
import type { Bus } from './bus';
import { run, startChild, type Env } from './child';
import type { Display, Rgb, ScreenWindow } from './display';
import { waitFor } from './wait';

const title = 'Dunst';
/** What it paints under an urgent notification, and writes it with. */
const ground: Rgb = { red: 0x90, green: 0, blue: 0 };
const ink: Rgb = { red: 0xff, green: 0xff, blue: 0xff };

/** What it was asked to show. */
interface Told {
  readonly appname: string;
  readonly summary: string;
  readonly body: string;
}

export class Dunst {
  readonly #display: Display;
  readonly #env: Env;
  readonly close: () => Promise<void>;

  private constructor(display: Display, env: Env, close: () => Promise<void>) {
    this.#display = display;
    this.#env = env;
    this.close = close;
  }

  /** `folder`: a home of its own. */
  static async start(bus: Bus, display: Display, folder: string): Promise<Dunst> {
    const env: Env = { ...display.env, ...bus.env, HOME: folder };
    const child = startChild('dunst', [], { env });
    const dunst = new Dunst(display, env, () => child.close());
    const isThere = (): Promise<boolean> =>
      run('dunstctl', ['count', 'displayed'], env).then(
        () => true,
        () => false,
      );
    await waitFor(isThere, { what: 'dunst on the bus' });
    return dunst;
  }

  count(of: 'displayed' | 'history'): Promise<number> {
    return run('dunstctl', ['count', of], this.#env).then(Number);
  }

  /** Where an urgent notification is on the screen, painted and written. */
  urgentBubble(): Promise<ScreenWindow> {
    const find = async (): Promise<ScreenWindow | undefined> => {
      const bubble = (await this.#display.windows()).find((window) => window.title === title);
      if (!bubble) return undefined;
      const shot = await this.#display.screenshot();
      const share = ({ red, green, blue }: Rgb): number =>
        shot.share(bubble, (at) => at.red === red && at.green === green && at.blue === blue);
      return share(ground) > 0.5 && share(ink) > 0.001 ? bubble : undefined;
    };
    return waitFor(find, { what: 'an urgent notification on the screen' });
  }

  /** With the button that does what the notification offers; it goes then. */
  async click({ x, y, width, height }: ScreenWindow): Promise<void> {
    const at = [x + width / 2, y + height / 2].map((px) => String(Math.round(px)));
    await run('xdotool', ['mousemove', ...at, 'click', '2'], this.#env);
    await waitFor(async () => (await this.count('displayed')) === 0, {
      what: 'the end of the notification',
    });
  }

  /** Those that are gone, newest first. */
  async history(): Promise<readonly Told[]> {
    const text = await run('dunstctl', ['history'], this.#env);
    const { data } = JSON.parse(text) as {
      readonly data: readonly (readonly Record<keyof Told, { readonly data: string }>[])[];
    };
    return data.flat().map(({ appname, summary, body }) => ({
      ...{ appname: appname.data, summary: summary.data, body: body.data },
    }));
  }
}
