/** A bare WebSocket client for tests of the server: it checks every message against the protocol and keeps them all. */
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import type {
  Credential,
  Reply,
  RequestBody,
  RequestType,
  ResultOf,
  ServerMessage,
  Welcome,
} from '#protocol/messages';
import { parseResult, parseServerMessage } from '#protocol/parse';
import type { CallSnapshot } from '#protocol/snapshot';

const waitMs = 5_000;

export interface RawClientOptions {
  readonly origin?: string;
  /** A device that does not even answer a ping. */
  readonly isDeaf?: boolean;
  /** Of a server with its own certificate: the only one that is trusted. */
  readonly certificate?: string;
}

type Refused = Extract<Reply, { ok: false }>;

export class RawClient {
  readonly messages: ServerMessage[] = [];
  readonly texts: string[] = [];
  closeCode: number | null = null;
  readonly #socket: WebSocket;
  readonly #listeners = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      const parsed = parseServerMessage(text);
      if (!parsed.ok) throw new Error(`The server sent what is no message (${parsed.error}).`);
      this.texts.push(text);
      this.messages.push(parsed.value);
      this.#changed();
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closeCode = code;
      this.#changed();
    });
  }

  /** Rejects with the HTTP status when the upgrade is refused. */
  static connect(url: string, options: RawClientOptions = {}): Promise<RawClient> {
    const { origin, isDeaf, certificate } = options;
    const trusted = { ca: certificate, servername: 'peal-server' };
    const socket = new WebSocket(`${url}/ws`, {
      ...(certificate === undefined ? {} : trusted),
      perMessageDeflate: false,
      autoPong: isDeaf !== true,
      ...(origin === undefined ? {} : { origin }),
    });
    const client = new RawClient(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(client));
      socket.once('unexpected-response', (_request, response) => {
        reject(new Error(`refused with ${String(response.statusCode)}`));
        socket.terminate();
      });
      socket.once('error', reject);
    });
  }

  /** A client that is signed in. */
  static async signedIn(
    url: string,
    credential: Credential,
    deviceId: string,
    options?: RawClientOptions,
  ): Promise<{ readonly client: RawClient; readonly welcome: Welcome }> {
    const client = await RawClient.connect(url, options);
    const welcome = await client.signIn(credential, deviceId);
    if (welcome.type !== 'welcome') throw new Error(`refused: ${welcome.error.code}`);
    return { client, welcome };
  }

  sendText(text: string | Buffer): void {
    this.#socket.send(text);
  }

  sendRequest<T extends RequestType>(
    type: T,
    body: RequestBody<T>,
    id: string = randomUUID(),
  ): string {
    this.sendText(JSON.stringify({ type, id, ...body }));
    return id;
  }

  async signIn(credential: Credential, deviceId: string): Promise<Welcome | Refused> {
    const device = { deviceId, name: 'Test desk' };
    const id = this.sendRequest('sign-in', { protocol: 1, device, credential });
    return this.waitFor(
      (message): message is Welcome | Refused =>
        (message.type === 'welcome' || (message.type === 'reply' && !message.ok)) &&
        message.id === id,
      'the welcome',
    );
  }

  /** The result, or a thrown error code. */
  async request<T extends Exclude<RequestType, 'sign-in'>>(
    type: T,
    body: RequestBody<T>,
    id?: string,
  ): Promise<ResultOf<T>> {
    const reply = await this.replyTo(this.sendRequest(type, body, id));
    if (!reply.ok) throw new Error(reply.error.code);
    const result = parseResult(type, reply.result);
    if (!result.ok) throw new Error(`The result of ${type} does not fit.`);
    return result.value;
  }

  replyTo(id: string): Promise<Reply> {
    return this.waitFor(
      (message): message is Reply => message.type === 'reply' && message.id === id,
      `the reply to ${id}`,
    );
  }

  /** The first message that fits, also among those that came already. */
  waitFor<M extends ServerMessage>(
    predicate: (message: ServerMessage) => message is M,
    what: string,
  ): Promise<M> {
    return this.#until(() => this.messages.find(predicate), what);
  }

  /** The first snapshot of the call that fits. */
  async waitForCall(predicate: (call: CallSnapshot) => boolean): Promise<CallSnapshot> {
    const found = await this.#until(() => this.snapshots().find(predicate), 'the snapshot');
    return found;
  }

  snapshots(): CallSnapshot[] {
    return this.messages.flatMap((message) =>
      message.type === 'call.snapshot' ? [message.call] : [],
    );
  }

  waitForClose(): Promise<number> {
    return this.#until(() => this.closeCode ?? undefined, 'the close');
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.waitForClose();
  }

  /** As if the network had gone. */
  async cut(): Promise<void> {
    this.#socket.terminate();
    await this.waitForClose();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #until<T>(look: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(check);
      };
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        const seen = this.messages.map((message) => message.type).join(', ');
        reject(new Error(`${what} did not come (closed: ${String(this.closeCode)}; ${seen})`));
      }, waitMs);
      this.#listeners.add(check);
      check();
    });
  }
}
