/** The session manager of a desktop: it knows who wants the machine or its display to stay awake, and why. */
import type { Bus } from './bus';
import { BusClient, type BusInterface } from './bus-client';
import { waitFor } from './wait';

const name = 'org.gnome.SessionManager';
const path = '/org/gnome/SessionManager';
const description: BusInterface = {
  name,
  methods: { Inhibit: ['susu', 'u'], Uninhibit: ['u', ''] },
};

/** What is held off, as its specification counts it. */
const flags = { sleep: 4, dark: 8 } as const;

interface HeldAwake {
  readonly machine: boolean;
  readonly display: boolean;
}

export class PowerManager {
  readonly #client: BusClient;
  readonly #held = new Map<number, { readonly why: string; readonly flags: number }>();
  #lastId = 0;

  private constructor(client: BusClient) {
    this.#client = client;
  }

  static async start(bus: Bus): Promise<PowerManager> {
    const client = new BusClient(bus);
    const manager = new PowerManager(client);
    client.serve(path, description, {
      Inhibit: (_app: string, _window: number, why: string, held: number): number => {
        manager.#lastId += 1;
        manager.#held.set(manager.#lastId, { why, flags: held });
        return manager.#lastId;
      },
      Uninhibit: (id: number): void => void manager.#held.delete(id),
    });
    await client.own(name);
    return manager;
  }

  /** By the app itself: Chromium asks for more while pages play, and stops by its own rules. */
  get held(): HeldAwake {
    const all = [...this.#held.values()].filter(({ why }) => why === 'Electron');
    const has = (flag: number): boolean => all.some((each) => (each.flags & flag) !== 0);
    return { machine: has(flags.sleep), display: has(flags.dark) };
  }

  waitFor(wanted: HeldAwake, withinMs = 5_000): Promise<unknown> {
    const isSo = (): boolean =>
      this.held.machine === wanted.machine && this.held.display === wanted.display;
    return waitFor(isSo, { what: `awake: ${JSON.stringify(wanted)}`, withinMs }).catch(
      (cause: unknown) => {
        throw new Error(`held: ${JSON.stringify([...this.#held.values()])}`, { cause });
      },
    );
  }

  close(): void {
    this.#client.close();
  }
}
