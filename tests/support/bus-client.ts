/**
 * A program on a session bus: has names and objects there, and asks those of others. Variants arrive as the library
 * makes them, `[type, [value]]`; `plain` takes the value out.
 */
import * as library from '@homebridge/dbus-native';
import type { Bus } from './bus';
import { within } from './wait';

const limitMs = 5_000;

export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** Name → [types of the arguments, types of the answer]; of a property its type; of a signal the types it carries. */
export interface BusInterface {
  readonly name: string;
  readonly methods: Readonly<Record<string, readonly [string, string]>>;
  readonly signals?: Readonly<Record<string, readonly [string]>>;
  readonly properties?: Readonly<Record<string, string>>;
}

/** What comes after the arguments of a method. */
export interface BusMessage {
  readonly sender: string;
}

interface LibraryBus {
  readonly connection: { end(): void };
  requestName(name: string, flags: number, done: (error: unknown) => void): void;
  releaseName(name: string, done: (error: unknown) => void): void;
  exportInterface(object: object, path: string, description: BusInterface): void;
  invoke(call: object, done: (error: unknown, ...answer: unknown[]) => void): void;
  sendSignal(
    path: string,
    interfaceName: string,
    name: string,
    signature: string,
    args: readonly unknown[],
  ): void;
}

// Its own types know the system's bus only.
const { sessionBus } = library as unknown as {
  readonly sessionBus: (options: { busAddress: string | undefined }) => LibraryBus;
};

export class BusClient {
  readonly #bus: LibraryBus;

  constructor(bus: Bus) {
    this.#bus = sessionBus({ busAddress: bus.env['DBUS_SESSION_BUS_ADDRESS'] });
  }

  /** Others find this program under the name, and start nothing in its place. */
  own(name: string): Promise<unknown> {
    return this.#settled(`the name ${name}`, (done) => this.#bus.requestName(name, 4, done));
  }

  disown(name: string): Promise<unknown> {
    return this.#settled(`the end of ${name}`, (done) => this.#bus.releaseName(name, done));
  }

  /** The object has the methods and properties of the interface; a method may answer later. */
  serve(path: string, description: BusInterface, object: object): void {
    this.#bus.exportInterface(object, path, description);
  }

  signal(path: string, { name, signals }: BusInterface, member: string, ...args: unknown[]): void {
    const [signature = ''] = signals?.[member] ?? [];
    this.#bus.sendSignal(path, name, member, signature, args);
  }

  /** The first value of the answer. */
  call(call: BusCall): Promise<unknown> {
    return this.#settled(`an answer to ${call.member}`, (done) => this.#bus.invoke(call, done));
  }

  /** Every value of the answer. */
  callAll(call: BusCall): Promise<unknown> {
    return this.#settled(`an answer to ${call.member}`, (done) => {
      this.#bus.invoke(call, (error, ...answer) => done(error, answer));
    });
  }

  async property(of: Omit<BusCall, 'member' | 'signature' | 'body'>, name: string) {
    const variant = await this.call({
      ...of,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [of.interface, name],
    });
    return plain(variant);
  }

  close(): void {
    this.#bus.connection.end();
  }

  #settled(
    what: string,
    ask: (done: (error: unknown, answer?: unknown) => void) => void,
  ): Promise<unknown> {
    const answered = new Promise((resolve, reject) => {
      ask((error, answer) => {
        if (error) reject(new Error(`${what}: ${JSON.stringify(error)}`));
        else resolve(answer);
      });
    });
    return within(answered, limitMs, what);
  }
}

/** The value of a variant. */
export function plain(variant: unknown): unknown {
  const [, [value]] = variant as [unknown, [unknown]];
  return value;
}

/** `a{sv}`, which is a list of pairs. */
export function dictionary(pairs: unknown): Readonly<Record<string, unknown>> {
  const entries = (pairs as [string, unknown][]).map(([key, value]) => [key, plain(value)]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
