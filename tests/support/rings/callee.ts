/** Who is rung: a person at a desk with a tray, notifications and a loudspeaker, behind a line that may fail. */
import type { CallRules } from '#protocol/messages';
import { CardWatch } from '../card-watch';
import { run } from '../child';
import { building } from '../cleanup';
import { openDesk, type Desk } from '../desk';
import { startFaultyProxy, type FaultyProxy } from '../faulty-proxy';
import { closeHome } from '../home-window';
import { bao } from '../people';
import { RawClient } from '../raw-client';
import { waitFor } from '../wait';
import { wallMs } from '../x11';

/** The bells of a ring are never further apart. */
const longestPauseMs = 1_000;
const home = 'Peal';

interface Parts {
  readonly desk: Desk;
  readonly watch: CardWatch;
  readonly line: FaultyProxy;
}

export class Callee implements Parts {
  readonly desk: Desk;
  readonly watch: CardWatch;
  readonly line: FaultyProxy;
  /** Signed in so often since the beginning, as the line has seen it. */
  #welcomes = 0;

  private constructor(
    { desk, watch, line }: Parts,
    private readonly server: string,
    readonly close: () => Promise<void>,
  ) {
    this.desk = desk;
    this.watch = watch;
    this.line = line;
    // Loses nothing: it only looks at what passes.
    line.lose(({ type }) => {
      if (type === 'welcome') this.#welcomes += 1;
      return false;
    }, Infinity);
  }

  /** Several may ring at once: the card shows one after the other. */
  static open(server: string): Promise<Callee> {
    return building(async (cleanup) => {
      const line = cleanup.own(await startFaultyProxy(server));
      const desk = cleanup.own(await openDesk({ person: bao, toneHz: 440, shell: 'plain' }));
      const watch = cleanup.own(await CardWatch.start(desk.display.name));
      const callee = new Callee({ desk, watch, line }, server, () => cleanup.close());
      await Promise.all([desk.signIn(line.url), callee.setRules({ busy: 'device' })]);
      return callee;
    });
  }

  /** By a program that signs in for it, and out before anybody can ring it. */
  async setRules(rules: Partial<Pick<CallRules, 'busy' | 'doNotDisturb'>>): Promise<void> {
    const { userId, password } = bao;
    const credential = { kind: 'password', userId, password } as const;
    const { client } = await RawClient.signedIn(this.server, credential, 'bao-program');
    await client.request('rules.set', rules);
    await client.close();
  }

  /** Home goes to the tray by its key. */
  async hideHome(): Promise<void> {
    await closeHome(this.desk);
    await this.#seesHome(false);
  }

  async minimiseHome(): Promise<void> {
    await run('xdotool', ['windowminimize', await this.#homeId()], this.desk.display.env);
    await this.#seesHome(false);
  }

  async showHome(): Promise<void> {
    await (await this.desk.shell.tray.item()).activate();
    await this.#seesHome(true);
  }

  /** The line breaks, and is there again. */
  async reconnect(): Promise<void> {
    const before = this.#welcomes;
    this.line.cut();
    this.line.restore();
    // After several breaks within seconds the app waits longer before each try.
    await waitFor(() => this.#welcomes > before, {
      what: 'another welcome',
      withinMs: 30_000,
      everyMs: 2,
    });
  }

  /** No card, no notification that it rings; gives when the last card went. */
  async waitForNoRing(withinMs: number): Promise<number> {
    const goneAt = await this.watch.waitForNone(withinMs);
    const rings = (): boolean =>
      this.desk.shell.notifications.shown().some(({ summary }) => summary.endsWith(' is calling'));
    await waitFor(() => !rings(), { what: 'no notification that it rings', withinMs });
    return goneAt;
  }

  /** Gives when something was heard last. */
  async waitForQuiet(withinMs: number): Promise<number> {
    const { sound } = this.desk;
    const isQuiet = (): boolean => wallMs() - sound.lastHeardMs() > longestPauseMs;
    await waitFor(isQuiet, { what: 'no ring at the loudspeaker', withinMs });
    return sound.lastHeardMs();
  }

  async #homeId(): Promise<string> {
    return (await this.desk.display.waitForWindow(home)).id;
  }

  async #seesHome(wanted: boolean): Promise<void> {
    const { display } = this.desk;
    const isSo = async (): Promise<boolean> =>
      (await display.windows()).some(({ title }) => title === home) === wanted;
    await waitFor(isSo, { what: `home ${wanted ? '' : 'not '}on the screen` });
  }
}
