/** Drives the page of this folder in a real Chromium, and waits in words of a call. */
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { buildPage } from '../../support/built-page';
import { openChromiumPage } from '../../support/chromium-page';
import { building } from '../../support/cleanup';
import type { LabApi, LabEvent } from './page/lab-api';

export const tones = { a: 440, b: 1000, c: 1700 } as const;
export type Name = keyof typeof tones;

const heardWithinMs = 10_000;

type Result<K extends keyof LabApi> = Awaited<ReturnType<LabApi[K]>>;

export interface Lab {
  /** Runs one verb of the page. */
  do<K extends keyof LabApi>(verb: K, ...args: Parameters<LabApi[K]>): Promise<Result<K>>;
  /** a joins, then b; both hear each other. b made the offer. */
  connectPair(): Promise<void>;
  /** Fails unless it happens in time. */
  until(event: Partial<LabEvent>, withinMs?: number): Promise<void>;
  /** Milliseconds from now until the slower side hears the other. */
  soundBothWays(): Promise<number>;
  eventsOf(what: LabEvent['what'], who?: Name): Promise<string[]>;
  close(): Promise<void>;
}

export function openLab(flags: readonly string[] = []): Promise<Lab> {
  return building(async (cleanup) => {
    const built = cleanup.own(await buildPage(resolve(import.meta.dirname, 'page')));
    const { page } = cleanup.own(await openChromiumPage(built.url, { flags }));
    const run: Lab['do'] = (verb, ...args) =>
      page.evaluate(`lab.${verb}(...${JSON.stringify(args)})`);
    const heard = async (listener: Name, speaker: Name): Promise<number> => {
      const ms = await run('waitForSound', listener, speaker, heardWithinMs);
      expect(ms, `${speaker} is not heard by ${listener}`).toBeGreaterThanOrEqual(0);
      return ms;
    };
    const soundBothWays = async (): Promise<number> =>
      Math.max(...(await Promise.all([heard('a', 'b'), heard('b', 'a')])));
    return {
      do: run,
      soundBothWays,
      connectPair: async () => {
        await run('join', 'a', tones.a);
        await run('join', 'b', tones.b);
        await soundBothWays();
      },
      until: async (event, withinMs = 5_000) => {
        const ms = await run('waitForEvent', event, withinMs);
        expect(ms, `${JSON.stringify(event)} does not happen`).toBeGreaterThanOrEqual(0);
      },
      eventsOf: async (what, who) =>
        (await run('events'))
          .filter((event) => event.what === what && (who === undefined || event.who === who))
          .map((event) => event.detail),
      close: () => cleanup.close(),
    };
  });
}
