/** The notification server of a desktop: it shows nothing, and remembers what it was asked to show. */
import type { Bus } from './bus';
import { BusClient, type BusInterface, dictionary } from './bus-client';
import { waitFor } from './wait';

const name = 'org.freedesktop.Notifications';
const path = '/org/freedesktop/Notifications';
const properties: BusInterface = {
  name: 'org.freedesktop.DBus.Properties',
  methods: {},
  signals: { PropertiesChanged: ['sa{sv}as'] },
};
const description: BusInterface = {
  name,
  methods: {
    GetCapabilities: ['', 'as'],
    GetServerInformation: ['', 'ssss'],
    Notify: ['susssasa{sv}i', 'u'],
    CloseNotification: ['u', ''],
  },
  signals: { NotificationClosed: ['uu'], ActionInvoked: ['us'] },
  properties: { Inhibited: 'b' },
};

export interface SeenNotification {
  readonly id: number;
  readonly summary: string;
  readonly body: string;
  readonly actions: readonly string[];
  readonly hints: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
}

export class NotificationServer {
  #isInhibited = false;
  readonly #client: BusClient;
  readonly #open = new Map<number, SeenNotification>();
  #lastId = 0;
  #cleared = 0;

  private constructor(client: BusClient) {
    this.#client = client;
  }

  static async start(bus: Bus): Promise<NotificationServer> {
    const client = new BusClient(bus);
    const server = new NotificationServer(client);
    client.serve(path, description, server.#methods());
    await client.own(name);
    return server;
  }

  /** The person switches notifications off, or on: what the property `Inhibited` says, and tells when it changes. */
  inhibit(isInhibited: boolean): void {
    this.#isInhibited = isInhibited;
    const changed = [['Inhibited', ['b', isInhibited]]];
    this.#client.signal(path, properties, 'PropertiesChanged', name, changed, []);
  }

  /** Those on the screen, oldest first. */
  shown(): readonly SeenNotification[] {
    return [...this.#open.values()];
  }

  /** How many were shown since the last `clear`. */
  get count(): number {
    return this.#lastId - this.#cleared;
  }

  /** The person takes them all away. */
  clear(): void {
    for (const id of [...this.#open.keys()]) this.#close(id, 2);
    this.#cleared = this.#lastId;
  }

  waitFor(summary: string, withinMs = 5_000): Promise<SeenNotification> {
    const find = (): SeenNotification | undefined =>
      this.shown().find((each) => each.summary === summary);
    return waitFor(find, { what: `the notification “${summary}”`, withinMs }).catch(
      (cause: unknown) => {
        throw new Error(`shown: ${JSON.stringify(this.shown())}`, { cause });
      },
    );
  }

  async waitForNone(withinMs = 5_000): Promise<void> {
    await waitFor(() => this.#open.size === 0, { what: 'no notification', withinMs });
  }

  /** As a click on it. */
  click({ id }: SeenNotification): void {
    this.#client.signal(path, description, 'ActionInvoked', id, 'default');
    this.#close(id, 2);
  }

  close(): void {
    this.#client.close();
  }

  #close(id: number, reason: number): void {
    if (this.#open.delete(id)) {
      this.#client.signal(path, description, 'NotificationClosed', id, reason);
    }
  }

  #methods(): object {
    const isInhibited = (): boolean => this.#isInhibited;
    return {
      get Inhibited() {
        return isInhibited();
      },
      GetCapabilities: () => ['body', 'body-markup', 'actions', 'persistence'],
      GetServerInformation: () => ['Peal tests', 'nobody', '1', '1.2'],
      Notify: (...args: readonly unknown[]): number => {
        const [, replaces, , summary, body, actions, hints, timeoutMs] = args;
        this.#lastId += 1;
        const id = Number(replaces) || this.#lastId;
        this.#open.set(id, {
          id,
          summary: String(summary),
          body: String(body),
          actions: actions as string[],
          hints: dictionary(hints),
          timeoutMs: Number(timeoutMs),
        });
        return id;
      },
      CloseNotification: (id: number): void => this.#close(id, 3),
    };
  }
}
