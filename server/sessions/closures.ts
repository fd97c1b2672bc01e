/** What the end of a connection means for the others; nothing when the whole server stops. */
import type { GroupCalls } from '../calls/group-calls';
import type { CallService } from '../calls/call-service';
import { type Log, describeError } from '../log';
import type { PresenceBoard } from '../presence/presence';
import type { Standings } from '../presence/standing';
import type { Connection } from './connection';
import type { SessionRegistry } from './session-registry';

interface ClosuresOptions {
  readonly sessions: SessionRegistry;
  readonly presence: PresenceBoard;
  readonly standings: Standings;
  readonly groupCalls: GroupCalls;
  readonly calls: CallService;
  readonly log: Log;
}

export class Closures {
  readonly #options: ClosuresOptions;
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: ClosuresOptions) {
    this.#options = options;
  }

  handle(connection: Connection, code: number): void {
    const { sessions, presence, standings, groupCalls, calls, log } = this.#options;
    presence.watch(connection, []);
    groupCalls.watch(connection, []);
    const { identity } = connection;
    if (!identity || !sessions.remove(identity, connection)) return;
    log('info', 'device away', { ...identity, code });
    if (!sessions.isOnline(identity.userId)) standings.forget(identity.userId);
    presence.refresh([identity.userId]);
    // The calls themselves stay: the next server gives everybody the whole grace again.
    if (this.#stopped) return;
    const lost = calls
      .deviceLost(identity)
      .catch((error: unknown) => log('error', 'lost device not noted', describeError(error)))
      .finally(() => this.#running.delete(lost));
    this.#running.add(lost);
  }

  stop(): void {
    this.#stopped = true;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }
}
