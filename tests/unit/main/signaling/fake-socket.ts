import type { Request, RequestType } from '#protocol/messages';
import type { Socket, SocketFactory, SocketHandlers } from '#main/signaling/ports';

/** The server's end of a socket, played by the test. */
export class FakeSocket implements Socket {
  readonly sent: Record<string, unknown>[] = [];
  closedWith: number | 'terminated' | null = null;

  constructor(
    readonly url: string,
    readonly handlers: SocketHandlers,
  ) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(code: number): void {
    this.closedWith = code;
  }

  terminate(): void {
    this.closedWith = 'terminated';
  }

  receive(message: object): void {
    this.handlers.onMessage(JSON.stringify(message));
  }

  last<T extends RequestType>(type: T): Request<T> {
    const found = this.sent.findLast((message) => message['type'] === type);
    if (!found) throw new Error(`no ${type} was sent`);
    return found as unknown as Request<T>;
  }

  count(type: string): number {
    return this.sent.filter((message) => message['type'] === type).length;
  }

  reply(id: string, result: object): void {
    this.receive({ type: 'reply', id, ok: true, result });
  }

  refuse(id: string, code: string): void {
    this.receive({ type: 'reply', id, ok: false, error: { code } });
  }
}

export class FakeNet {
  readonly sockets: FakeSocket[] = [];

  readonly connect: SocketFactory = (url, handlers) => {
    const socket = new FakeSocket(url, handlers);
    this.sockets.push(socket);
    return socket;
  };

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }
}
