/**
 * The key store of a desktop, unlocked: as much of org.freedesktop.secrets as Chromium asks for, by libsecret or by
 * itself. It has one collection; the secrets live in memory as long as it does, and travel in clear, which a client
 * agrees to when nothing better is offered.
 */
import type { Bus } from './bus';
import { BusClient, type BusInterface, dictionary } from './bus-client';

const root = '/org/freedesktop/secrets';
const collectionPath = `${root}/collection/login`;
const sessionPath = `${root}/session/plain`;
/** In place of a prompt: nothing has to be asked. */
const noPrompt = '/';

/** A secret on its way: its session, how it was encrypted, itself, its kind. */
const secretType = '(oayays)';
type SentSecret = readonly [string, Uint8Array, Uint8Array, string];
/** `a{ss}`, which is a list of pairs. */
type Attributes = readonly (readonly [string, string])[];

const service: BusInterface = {
  name: 'org.freedesktop.Secret.Service',
  methods: {
    OpenSession: ['sv', 'vo'],
    ReadAlias: ['s', 'o'],
    Unlock: ['ao', 'aoo'],
    SearchItems: ['a{ss}', 'aoao'],
    GetSecrets: ['aoo', `a{o${secretType}}`],
  },
};
const collection: BusInterface = {
  name: 'org.freedesktop.Secret.Collection',
  methods: { CreateItem: [`a{sv}${secretType}b`, 'oo'], SearchItems: ['a{ss}', 'ao'] },
  properties: { Label: 's' },
};
const item: BusInterface = {
  name: 'org.freedesktop.Secret.Item',
  methods: { GetSecret: ['o', secretType] },
  properties: { Label: 's', Attributes: 'a{ss}', Locked: 'b', Created: 't', Modified: 't' },
};

interface Item {
  readonly path: string;
  readonly attributes: Attributes;
  secret: SentSecret;
}

export class SecretService {
  readonly #client: BusClient;
  readonly #items: Item[] = [];

  private constructor(client: BusClient) {
    this.#client = client;
  }

  static async start(bus: Bus): Promise<SecretService> {
    const client = new BusClient(bus);
    const store = new SecretService(client);
    client.serve(root, service, store.#service());
    // A client that does not know the collection names it by what it is for.
    for (const path of [collectionPath, `${root}/aliases/default`]) {
      client.serve(path, collection, store.#collection());
    }
    await client.own('org.freedesktop.secrets');
    return store;
  }

  /** What it keeps, by the schemas of whoever keeps it here. */
  schemas(): readonly string[] {
    return this.#items.map(({ attributes }) => new Map(attributes).get('xdg:schema') ?? '');
  }

  /** As if it were another one. */
  forget(): void {
    this.#items.length = 0;
  }

  close(): void {
    this.#client.close();
  }

  #service(): object {
    return {
      OpenSession: (algorithm: string) => {
        if (algorithm !== 'plain') throw new NotSupported(algorithm);
        return [['s', ''], sessionPath];
      },
      ReadAlias: () => collectionPath,
      Unlock: (paths: readonly string[]) => [paths, noPrompt],
      SearchItems: (wanted: Attributes) => [this.#find(wanted), []],
      GetSecrets: (paths: readonly string[]) =>
        this.#items
          .filter(({ path }) => paths.includes(path))
          .map((each) => [each.path, each.secret]),
    };
  }

  #collection(): object {
    return {
      Label: 'Login',
      SearchItems: (wanted: Attributes) => this.#find(wanted),
      CreateItem: (properties: unknown, secret: SentSecret, replace: boolean) => [
        this.#keep(dictionary(properties), secret, replace),
        noPrompt,
      ],
    };
  }

  #find(wanted: Attributes): readonly string[] {
    const fits = (attributes: Attributes): boolean => {
      const known = new Map(attributes);
      return wanted.every(([name, value]) => known.get(name) === value);
    };
    return this.#items.filter(({ attributes }) => fits(attributes)).map(({ path }) => path);
  }

  #keep(
    properties: Readonly<Record<string, unknown>>,
    secret: SentSecret,
    replace: boolean,
  ): string {
    const attributes = properties[`${item.name}.Attributes`] as Attributes;
    const [same] = replace ? this.#find(attributes) : [];
    const known = this.#items.find(({ path }) => path === same);
    if (known) {
      known.secret = secret;
      return known.path;
    }
    const kept: Item = { path: `${collectionPath}/${this.#items.length + 1}`, attributes, secret };
    this.#items.push(kept);
    this.#client.serve(kept.path, item, {
      ...{ Locked: false, Created: 0, Modified: 0 },
      Label: properties[`${item.name}.Label`],
      Attributes: attributes,
      GetSecret: () => kept.secret,
    });
    return kept.path;
  }
}

class NotSupported extends Error {
  /** For the library: what the caller is told. */
  readonly dbusName = 'org.freedesktop.DBus.Error.NotSupported';
}
