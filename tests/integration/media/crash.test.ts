/** Two programs in a call. The page of one of them dies, process and all, and a new page takes its place. */
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPage } from '../../support/built-page';
import { type ChromiumPage, openChromiumPage } from '../../support/chromium-page';
import { Cleanup } from '../../support/cleanup';
import type { LabApi } from './page/lab-api';

const backWithinMs = 3_000;
const names = ['a', 'b'] as const;
type Name = (typeof names)[number];
const tones = { a: 440, b: 1000 } as const;
const other = { a: 'b', b: 'a' } as const;

const cleanup = new Cleanup();
let call = 0;
const programs = new Map<Name, ChromiumPage>();
const pages = new Map<Name, Page>();

async function lab<K extends keyof LabApi>(
  name: Name,
  verb: K,
  ...args: Parameters<LabApi[K]>
): Promise<Awaited<ReturnType<LabApi[K]>>> {
  return pages
    .get(name)!
    .evaluate<Awaited<ReturnType<LabApi[K]>>>(`lab.${verb}(...${JSON.stringify(args)})`);
}

/** What a page sends goes to whichever page the other side has by then; one that is gone gets nothing. */
async function wire(name: Name, page: Page): Promise<void> {
  pages.set(name, page);
  await page.exposeFunction('sendOut', (signal: unknown) => {
    lab(other[name], 'deliver', signal).catch(() => undefined);
  });
}

/** The very same call in the eyes of this page: a joined first, b second. */
async function joinAll(name: Name): Promise<void> {
  await lab(name, 'reset', call);
  for (const one of names) {
    await lab(name, one === name ? 'join' : 'joinElsewhere', one, tones[one]);
  }
}

async function soundBothWays(): Promise<void> {
  for (const name of names) {
    const ms = await lab(name, 'waitForSound', name, other[name], 10_000);
    expect(ms, `${name} hears nothing`).toBeGreaterThanOrEqual(0);
  }
}

describe('a call whose page dies', () => {
  beforeAll(async () => {
    const built = cleanup.own(await buildPage(resolve(import.meta.dirname, 'page')));
    await Promise.all(
      names.map(async (name) => {
        const program = cleanup.own(await openChromiumPage(built.url));
        programs.set(name, program);
        await wire(name, program.page);
      }),
    );
  }, 60_000);

  afterAll(() => cleanup.close());

  beforeEach(async () => {
    call += 1;
    for (const name of names) await joinAll(name);
    await soundBothWays();
  });

  it.each([
    ['a', 'the answerer'],
    ['b', 'the offerer'],
  ] as const)(
    'at %s, %s, is heard again within three seconds of the new one',
    async (victim, _role) => {
      const survivor = other[victim];
      const crashedAt = await lab(survivor, 'now');
      await wire(victim, await programs.get(victim)!.crash());
      expect(await lab(survivor, 'waitForSilence', survivor, victim, 5_000)).toBeGreaterThanOrEqual(
        0,
      );
      const since = performance.now();
      await joinAll(victim);
      await soundBothWays();
      const ms = performance.now() - since;
      process.stdout.write(`page of ${victim} died: sound both ways after ${Math.round(ms)} ms\n`);
      expect(ms).toBeLessThan(backWithinMs);
      const events = (await lab(survivor, 'events')).filter(({ at }) => at >= crashedAt);
      expect(events.filter(({ what }) => what === 'heard twice')).toEqual([]);
      expect(events.filter(({ what }) => what === 'track').map(({ detail }) => detail)).toContain(
        `${victim} voice`,
      );
      expect(await lab(survivor, 'connections', survivor)).toBe(1);
      expect(await lab(victim, 'connections', victim)).toBe(1);
    },
  );
});
