/** Does something regularly, never twice at once, and waits for the last run when it is stopped. */
import { type Log, describeError } from '../log';

export interface Ticker {
  stop(): Promise<void>;
}

export function startTicker(everyMs: number, work: () => Promise<void>, log: Log): Ticker {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= work()
      .catch((error: unknown) => log('error', 'regular work failed', describeError(error)))
      .finally(() => {
        running = null;
      });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
