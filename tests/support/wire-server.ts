/** A real server on a free port with a folder of its own, and raw clients on its wire. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from '#server/options';
import { type RunningServer, startServer } from '#server/start';
import { signAppToken } from '#server/auth/web-tokens';
import type { Credential, Welcome } from '#protocol/messages';
import { RawClient, type RawClientOptions } from './raw-client';

export const appSecret = 'a secret shared with the back end';

export type WireServerOptions = Omit<ServerOptions, 'port' | 'data' | 'databaseUrl'> & {
  /** Absent: SQLite in the server's own folder. */
  readonly databaseUrl?: string;
};

export class WireServer {
  readonly #data = mkdtempSync(join(tmpdir(), 'peal-server-'));
  readonly #clients: RawClient[] = [];
  #server: RunningServer | null = null;
  #options: WireServerOptions = {};

  static async start(options: WireServerOptions = {}): Promise<WireServer> {
    const server = new WireServer();
    await server.boot(options);
    return server;
  }

  /** Starts, also again on the same data. */
  async boot(options: WireServerOptions = this.#options): Promise<void> {
    this.#options = options;
    const { databaseUrl, ...same } = options;
    const place = databaseUrl === undefined ? { data: this.#data } : { databaseUrl };
    this.#server = await startServer({ port: 0, appSecret, ...place, ...same });
  }

  get running(): RunningServer {
    if (!this.#server) throw new Error('The server does not run.');
    return this.#server;
  }

  get url(): string {
    return this.running.url;
  }

  async halt(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }

  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.#data, { recursive: true, force: true });
  }

  async appToken(userId: string, name = userId): Promise<Credential> {
    const token = await signAppToken({ userId, name }, appSecret, Date.now() + 60_000);
    return { kind: 'app', token };
  }

  /** A client of that user, made if need be, signed in. */
  async join(
    userId: string,
    deviceId = `${userId}-desk`,
    options?: RawClientOptions,
  ): Promise<RawClient> {
    return (await this.joinWith(await this.appToken(userId), deviceId, options)).client;
  }

  async joinWith(
    credential: Credential,
    deviceId: string,
    options?: RawClientOptions,
  ): Promise<{ readonly client: RawClient; readonly welcome: Welcome }> {
    const joined = await RawClient.signedIn(this.url, credential, deviceId, options);
    this.#clients.push(joined.client);
    return joined;
  }

  async connect(options?: RawClientOptions): Promise<RawClient> {
    const client = await RawClient.connect(this.url, options);
    this.#clients.push(client);
    return client;
  }
}
