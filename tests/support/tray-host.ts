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
  /** Of something that is on or off. */
  readonly checked: boolean;
  /** Of a menu in the menu. */
  readonly lines: readonly MenuLine[];
}

/** As it comes over the bus: an id, what is known of the line, and the lines below it. */
type RawLine = readonly [number, unknown, readonly (readonly [unknown, readonly [RawLine]])[]];

/** Without the lines between. */
function linesBelow([, , children]: RawLine): readonly MenuLine[] {
  return children.flatMap(([, [child]]) => {
    const [id, pairs] = child;
    const properties = dictionary(pairs);
    if (properties['type'] === 'separator') return [];
    return [
      {
        id,
        label: (properties['label'] as string).replaceAll('_', ''),
        enabled: properties['enabled'] !== false,
        checked: properties['toggle-state'] === 1,
        lines: linesBelow(child),
      },
    ];
  });
}

function allLines(lines: readonly MenuLine[]): readonly MenuLine[] {
  return lines.flatMap((line) => [line, ...allLines(line.lines)]);
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

  async menu(): Promise<readonly MenuLine[]> {
    const answer = await this.#menuCall('GetLayout', 'iias', [0, -1, []]);
    const [, root] = answer as [number, RawLine];
    return linesBelow(root);
  }

  /** As a click on a line of the menu, or of a menu in it, once it is there. The program has to answer. */
  async click(label: string): Promise<void> {
    await this.#click(await this.#line(label));
  }

  /** A click, also on what ends the program: it has no time to answer then. */
  async choose(label: string): Promise<void> {
    const attempt = async (): Promise<boolean> => {
      try {
        await this.#click(await this.#line(label));
        return true;
      } catch (error) {
        if (leftTheBus(error)) return true;
        // The menu is another one since it was read: the person clicks in that one.
        if (hasNoSuchLine(error)) return false;
        throw error;
      }
    };
    await waitFor(attempt, { what: `a click on “${label}” in the tray’s menu` });
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

  async #line(label: string): Promise<MenuLine> {
    const look = async (): Promise<MenuLine | undefined> =>
      allLines(await this.menu()).find((each) => each.label === label);
    return waitFor(look, { what: `“${label}” in the tray’s menu` });
  }

  async #click({ id }: MenuLine): Promise<void> {
    await this.#menuCall('Event', 'isvu', [id, 'clicked', ['i', 0], 0]);
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
  readonly #bus: Bus;
  #client: BusClient;
  #items: TrayItem[] = [];

  private constructor(bus: Bus) {
    this.#bus = bus;
    this.#client = new BusClient(bus);
  }

  static async start(bus: Bus): Promise<TrayHost> {
    const host = new TrayHost(bus);
    await host.#serve();
    return host;
  }

  /** As after a crash: another program under the same name, which knows no icons. */
  async restart(): Promise<void> {
    this.#client.close();
    this.#client = new BusClient(this.#bus);
    this.#items = [];
    await this.#serve();
  }

  /** The newest icon. */
  item(): Promise<TrayItem> {
    return waitFor(() => this.#items.at(-1), { what: 'an icon in the tray' });
  }

  /**
   * Chooses in the menu of the icon that says so. A new host is brought the former icon first, which goes as soon as
   * the app has made the one for it: before it is asked, or while it owes an answer.
   */
  async choose(toolTip: string, label: string): Promise<void> {
    const attempt = async (): Promise<boolean> => {
      const item = await this.item();
      if ((await item.toolTip()) !== toolTip) return false;
      await item.click(label);
      return true;
    };
    await waitFor(() => attempt().catch(falseIfGone), {
      what: `“${label}” in a tray that says “${toolTip}”`,
    });
  }

  close(): void {
    this.#client.close();
  }

  async #serve(): Promise<void> {
    const [client, items] = [this.#client, this.#items];
    client.serve(path, watcher, {
      IsStatusNotifierHostRegistered: true,
      ProtocolVersion: 0,
      RegisteredStatusNotifierItems: [],
      RegisterStatusNotifierHost: () => undefined,
      RegisterStatusNotifierItem: (_service: string, { sender }: BusMessage) => {
        items.push(new TrayItem(client, sender));
      },
    });
    await client.own(name);
  }
}

const hasNoSuchLine = (error: unknown): boolean =>
  String(error).includes('error occurred in Event');

const leftTheBus = (error: unknown): boolean =>
  String(error).includes('disconnected from message bus');

function falseIfGone(error: unknown): false {
  if (String(error).includes('ServiceUnknown') || leftTheBus(error)) return false;
  throw error;
}
