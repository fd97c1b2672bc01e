/**
 * A bad line between one app and the server: it passes every message on, except those that a test chose to lose or
 * to hold, and it can be cut. Both ends speak to it as they would to one another.
 */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { waitFor } from './wait';

export type Direction = 'to-server' | 'to-client';

/** A message as far as this file looks into it. */
export interface PassingMessage {
  readonly type?: string;
  readonly payload?: string;
  readonly [field: string]: unknown;
}

export type Choice = (message: PassingMessage, direction: Direction) => boolean;

export interface FaultyProxy {
  readonly url: string;
  /** Loses the next `count` messages that match. `lost()` says how many went so far. */
  lose(choice: Choice, count?: number): Loss;
  /** Keeps matching messages back until `release`. */
  hold(choice: Choice): { release(): void };
  /** Passes matching messages on, and after each one another that is made from it. */
  add(choice: Choice, make: (message: PassingMessage) => PassingMessage): { added(): number };
  /** From now on nothing is lost, held or added. */
  behave(): void;
  /**
   * The connections of now go on without passing anything, not even a ping; what ends at one end still ends at the
   * other. Connections that are made later work.
   */
  deaden(): void;
  /** Breaks every connection and refuses new ones until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

export interface Loss {
  lost(): number;
  waitUntilLost(count?: number): Promise<void>;
}

interface Rule {
  readonly choice: Choice;
  /** False once the rule is used up. */
  active: boolean;
  take(deliver: Deliver, message: PassingMessage): void;
}

/** Passes the message on, or another one in its place. */
type Deliver = (other?: PassingMessage) => void;

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  return new Proxy(server, target);
}

class Proxy implements FaultyProxy {
  readonly url: string;
  private readonly rules: Rule[] = [];
  private readonly sockets = new Set<WebSocket>();
  private readonly dead = new Set<WebSocket>();
  private isCut = false;

  constructor(
    private readonly server: WebSocketServer,
    private readonly target: string,
  ) {
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (client, request) => {
      if (this.isCut) client.terminate();
      else this.join(client, request.url ?? '/', request.headers.origin);
    });
  }

  lose(choice: Choice, count = 1): Loss {
    let lost = 0;
    const rule: Rule = {
      choice,
      active: true,
      take: () => {
        lost += 1;
        rule.active = lost < count;
      },
    };
    this.rules.push(rule);
    const waitUntilLost = async (wanted = count): Promise<void> => {
      await waitFor(() => lost >= wanted, { what: `${wanted} lost messages` });
    };
    return { lost: () => lost, waitUntilLost };
  }

  hold(choice: Choice): { release(): void } {
    const held: Deliver[] = [];
    const rule: Rule = { choice, active: true, take: (deliver) => held.push(deliver) };
    this.rules.push(rule);
    const release = (): void => {
      rule.active = false;
      for (const deliver of held.splice(0)) deliver();
    };
    return { release };
  }

  add(choice: Choice, make: (message: PassingMessage) => PassingMessage): { added(): number } {
    let added = 0;
    const take: Rule['take'] = (deliver, message) => {
      added += 1;
      deliver();
      deliver(make(message));
    };
    this.rules.push({ choice, active: true, take });
    return { added: () => added };
  }

  behave(): void {
    this.rules.length = 0;
  }

  deaden(): void {
    for (const socket of this.sockets) this.dead.add(socket);
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.terminate();
  }

  restore(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: WebSocket, path: string, origin: string | undefined): void {
    const upstream = new WebSocket(new URL(path, this.target), {
      ...(origin ? { origin } : {}),
      // Answered below, by a line that works.
      autoPong: false,
    });
    upstream.on('ping', (data) => {
      if (!this.dead.has(upstream)) upstream.pong(data);
    });
    const early: (() => void)[] = [];
    upstream.on('open', () => {
      for (const send of early.splice(0)) send();
    });
    client.on('message', (data, isBinary) => {
      if (this.dead.has(client)) return;
      this.pass(data, 'to-server', (other) => {
        const send = (): void => sendIfOpen(upstream, other ?? data, isBinary);
        if (upstream.readyState === WebSocket.CONNECTING) early.push(send);
        else send();
      });
    });
    upstream.on('message', (data, isBinary) => {
      if (this.dead.has(upstream)) return;
      this.pass(data, 'to-client', (other) => sendIfOpen(client, other ?? data, isBinary));
    });
    this.endTogether(client, upstream);
  }

  private endTogether(client: WebSocket, upstream: WebSocket): void {
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(socket);
      // A broken connection is told to the other side as one; 'close' follows every 'error'.
      socket.on('error', () => other.terminate());
      socket.on('close', (code, reason) => {
        this.sockets.delete(socket);
        this.dead.delete(socket);
        if (mayBeSent(code)) other.close(code, reason);
        else other.terminate();
      });
    }
  }

  private pass(data: RawData, direction: Direction, deliver: Deliver): void {
    const message = parse(data);
    const rule = this.rules.find((each) => each.active && each.choice(message, direction));
    if (rule) rule.take(deliver, message);
    else deliver();
  }
}

/** 1005 and 1006 only describe a close that had no code; they cannot be sent. */
function mayBeSent(code: number): boolean {
  return code === 1000 || (code > 1006 && code !== 1015);
}

function sendIfOpen(socket: WebSocket, data: RawData | PassingMessage, binary: boolean): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(isRaw(data) ? data : JSON.stringify(data), { binary });
}

function isRaw(data: RawData | PassingMessage): data is RawData {
  return Buffer.isBuffer(data) || data instanceof ArrayBuffer || Array.isArray(data);
}

function parse(data: RawData): PassingMessage {
  try {
    return JSON.parse((data as Buffer).toString()) as PassingMessage;
  } catch {
    return {};
  }
}
