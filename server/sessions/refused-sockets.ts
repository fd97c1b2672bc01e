/** Upgrades that were refused: each gets its answer and is gone soon after, whatever its client does. */
import type { Duplex } from 'node:stream';

/** How long a client may take to take the answer. */
const answerMs = 2_000;

export class RefusedSockets {
  readonly #sockets = new Set<Duplex>();

  /** `status` is an HTTP status line without the version. */
  refuse(socket: Duplex, status: string): void {
    this.#sockets.add(socket);
    const timer = setTimeout(() => socket.destroy(), answerMs);
    socket.once('close', () => {
      clearTimeout(timer);
      this.#sockets.delete(socket);
    });
    // The client may keep its own half open for ever: the answer is all it gets.
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
      socket.destroy(),
    );
  }

  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
