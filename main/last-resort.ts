/** A bug in one corner must not end a call in another: what nobody caught is logged in one line, and the app goes on. */
import { describeThrown } from './attempt';
import type { Log } from './log';

type Event = 'uncaughtException' | 'unhandledRejection';

interface Uncaught {
  on(event: Event, listener: (thrown: unknown) => void): unknown;
}

export function keepRunning(process: Uncaught, log: Log): void {
  process.on('uncaughtException', (error) => log.error(`uncaught: ${describeThrown(error)}`));
  process.on('unhandledRejection', (why) => log.error(`unhandled: ${describeThrown(why)}`));
}
