/** The part of a panel that shows tray icons: programs register there, and it reads and clicks what they offer. */
import type { Bus } from './bus';
import { BusClient, type BusInterface, type BusMessage, dictionary } from './bus-client';
import { waitFor } from './wait';

const name = 'org.kde.StatusNotifierWatcher';
const path = '/StatusNotifierWatcher';
const watcher: BusInterface = {
  name,
  methods: { RegisterStatusNotifierItem: ['s', ''], RegisterStatusNotifierHost: ['s', ''] },
  signals: { StatusNotifierItemRegistered: ['s'], StatusNotifierHostRegistered: [''] },
  properties: {
    IsStatusNotifierHostRegistered: 'b',
    ProtocolVersion: 'i',
    RegisteredStatusNotifierItems: 'as',
  },
};

export interface MenuLine {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
}

interface Pixmap {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: opacity, red, green, blue. */
  readonly argb: Buffer;
}

/** One program's icon in the tray. */
export class TrayItem {
  constructor(
    private readonly client: BusClient,
    private readonly owner: string,
  ) {}

  async toolTip(): Promise<string> {
    const [, , title] = (await this.#property('ToolTip')) as [string, unknown, string, string];
    return title;
  }

  async picture(): Promise<Pixmap> {
    const [[width, height, argb] = [0, 0, Buffer.alloc(0)]] = (await this.#property(
      'IconPixmap',
    )) as [number, number, Buffer][];
    return { width, height, argb: Buffer.from(argb) };
  }

  /** Without the lines between. */
  async menu(): Promise<readonly MenuLine[]> {
    const answer = await this.#menuCall('GetLayout', 'iias', [0, -1, []]);
    const [, [, , children]] = answer as [number, [number, unknown, [unknown, [unknown]][]]];
    return children.flatMap(([, [child]]) => {
      const [id, pairs] = child as [number, unknown];
      const properties = dictionary(pairs);
      if (properties['type'] === 'separator') return [];
      const label = (properties['label'] as string).replaceAll('_', '');
      return [{ id, label, enabled: properties['enabled'] !== false }];
    });
  }

  /** As a click on a line of the menu. */
  async choose(label: string): Promise<void> {
    const line = (await this.menu()).find((each) => each.label === label);
    if (!line) throw new Error(`There is no “${label}” in the tray’s menu.`);
    const clicked = this.#menuCall('Event', 'isvu', [line.id, 'clicked', ['i', 0], 0]);
    // A program that ends by it has no time to answer.
    await clicked.catch((error: unknown) => {
      if (!String(error).includes('disconnected from message bus')) throw error;
    });
  }

  /** As a click on the icon. */
  async activate(): Promise<void> {
    await this.client.call({
      ...{ destination: this.owner, path: '/StatusNotifierItem' },
      interface: 'org.kde.StatusNotifierItem',
      member: 'Activate',
      signature: 'ii',
      body: [0, 0],
    });
  }

  #property(property: string): Promise<unknown> {
    const of = {
      destination: this.owner,
      path: '/StatusNotifierItem',
      interface: 'org.kde.StatusNotifierItem',
    };
    return this.client.property(of, property);
  }

  async #menuCall(member: string, signature: string, body: readonly unknown[]): Promise<unknown> {
    const menu = String(await this.#property('Menu'));
    return this.client.callAll({
      ...{ destination: this.owner, path: menu, interface: 'com.canonical.dbusmenu' },
      ...{ member, signature, body },
    });
  }
}

export class TrayHost {
  readonly #client: BusClient;
  readonly #items: TrayItem[] = [];

  private constructor(client: BusClient) {
    this.#client = client;
  }

  static async start(bus: Bus): Promise<TrayHost> {
    const client = new BusClient(bus);
    const host = new TrayHost(client);
    client.serve(path, watcher, {
      IsStatusNotifierHostRegistered: true,
      ProtocolVersion: 0,
      RegisteredStatusNotifierItems: [],
      RegisterStatusNotifierHost: () => undefined,
      RegisterStatusNotifierItem: (_service: string, { sender }: BusMessage) => {
        host.#items.push(new TrayItem(client, sender));
      },
    });
    await client.own(name);
    return host;
  }

  /** The newest icon. */
  item(): Promise<TrayItem> {
    return waitFor(() => this.#items.at(-1), { what: 'an icon in the tray' });
  }

  close(): void {
    this.#client.close();
  }
}
