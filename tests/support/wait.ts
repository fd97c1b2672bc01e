import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** What is waited for, in words: the whole error message when it does not come. */
  readonly what: string;
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/** Asks until the answer is neither undefined nor false, and gives it back. Never waits longer than it says. */
export async function waitFor<T>(
  ask: () => T | Promise<T>,
  { what, withinMs = 10_000, everyMs = 50 }: WaitOptions,
): Promise<Exclude<T, undefined | false>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await delay(everyMs);
  }
}

/** The promise's value, or an error in words when it takes too long. */
export async function within<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  const timer = new AbortController();
  const late = delay(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${what}: not within ${ms} ms`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}
