/**
 * Finds sockets that are dead without saying so. The sweep is skipped when it comes late itself: then this process
 * was stopped, and what the clients sent meanwhile has not been read yet.
 */
import type { Clock } from '../clock';
import type { Connection } from './connection';

export interface HeartbeatTiming {
  readonly heartbeatGraceIdleMs: number;
  readonly heartbeatGraceInCallMs: number;
}

interface HeartbeatWatchOptions {
  readonly clock: Clock;
  readonly timing: HeartbeatTiming;
  readonly isInCall: (connection: Connection) => boolean;
}

const lateMs = 3_000;

export class HeartbeatWatch {
  readonly #options: HeartbeatWatchOptions;
  #sweptAt: number;

  constructor(options: HeartbeatWatchOptions) {
    this.#options = options;
    this.#sweptAt = options.clock.monotonic();
  }

  sweep(connections: Iterable<Connection>): void {
    const { clock, timing, isInCall } = this.#options;
    const now = clock.monotonic();
    const wasStopped = now - this.#sweptAt > lateMs;
    this.#sweptAt = now;
    if (wasStopped) return;
    for (const connection of connections) {
      if (!connection.isSignedIn) continue;
      const limit = isInCall(connection)
        ? timing.heartbeatGraceInCallMs
        : timing.heartbeatGraceIdleMs;
      if (connection.silentMs() > limit) void connection.close(4408);
    }
  }
}
