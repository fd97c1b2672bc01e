/**
 * The server for one computer, in a folder of its own: its ports stay the same from start to start, one person signs
 * in without a password, and the contact Echo is there. Colleagues reach it once it was opened.
 */
import { randomBytes } from 'node:crypto';
import { signAppToken } from './auth/web-tokens';
import { keepPorts, onKeptPort, readKeptPorts } from './kept-ports';
import { type Log, describeError } from './log';
import { cleanName } from './names';
import { ownerFor } from './owners';
import { type RunningServer, type SecureDoor, startServer } from './start';

/** The person signs in at once. */
const tokenLifeMs = 5 * 60_000;
/** Echo's page may have to sign in again at any time; no token outlives the secret, which is new at every start. */
const echoTokenLifeMs = 365 * 24 * 60 * 60_000;

const echo = { userId: 'echo', name: 'Echo' } as const;
const everywhere = '0.0.0.0';

export interface StartedHost {
  readonly url: string;
  readonly port: number;
  readonly userId: string;
  readonly appToken: string;
  readonly echoToken: string;
  readonly opened?: SecureDoor;
}

export class EmbeddedHost {
  readonly #data: string;
  readonly #log: Log;
  readonly #secret = randomBytes(32).toString('base64url');
  #server: RunningServer | null = null;
  #door: Promise<SecureDoor> | null = null;

  constructor(data: string, log: Log) {
    this.#data = data;
    this.#log = log;
  }

  /** Once. @throws when the folder cannot be used or the name is none. */
  async start(typed: string): Promise<StartedHost> {
    // A pasted tab is no reason to refuse a name.
    const name = cleanName(typed.replace(/\s+/g, ' '));
    if (name === null) throw new Error('This is no name.');
    const kept = readKeptPorts(this.#data);
    const options = { data: this.#data, appSecret: this.#secret, log: this.#log };
    const server = await onKeptPort(kept.loopback, (port) => startServer({ ...options, port }));
    this.#server = server;
    keepPorts(this.#data, { loopback: server.port });
    // Before the person, so that nobody becomes Echo by name.
    await server.admin.addTokenUser(echo);
    const userId = await ownerFor(this.#data, name, server.admin);
    const opened = kept.open === undefined ? undefined : await this.#openAgain();
    return {
      ...{ url: server.url, port: server.port, userId },
      appToken: await this.#token(userId, tokenLifeMs),
      echoToken: await this.#token(echo.userId, echoTokenLifeMs),
      ...(opened === undefined ? {} : { opened }),
    };
  }

  /** For colleagues, from now on and at every later start. @throws when no port can be had. */
  open(): Promise<SecureDoor> {
    this.#door ??= this.#openDoor().catch((error: unknown) => {
      this.#door = null;
      throw error;
    });
    return this.#door;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  async #openDoor(): Promise<SecureDoor> {
    const server = this.#server;
    if (!server) throw new Error('The server does not run.');
    const { open } = readKeptPorts(this.#data);
    const door = await onKeptPort(open, (port) => server.openSecure(everywhere, port));
    keepPorts(this.#data, { open: door.port });
    return door;
  }

  /** The person can use the server without it, and open it again. */
  async #openAgain(): Promise<SecureDoor | undefined> {
    try {
      return await this.open();
    } catch (error) {
      this.#log('error', 'not open for colleagues', describeError(error));
      return undefined;
    }
  }

  #token(userId: string, lifeMs: number): Promise<string> {
    return signAppToken({ userId }, this.#secret, Date.now() + lifeMs);
  }
}
