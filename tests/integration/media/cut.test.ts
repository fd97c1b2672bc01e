/** Two pages in two networks with a router between them that loses some or everything for a while. Needs root. */
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltPage, buildPage } from '../../support/built-page';
import { openChromiumPage } from '../../support/chromium-page';
import { Cleanup } from '../../support/cleanup';
import { type Network, canMakeNetworks, startNetwork } from '../../support/netns';
import type { LabApi } from './page/lab-api';

const limitMs = 5_000;
const tones = { a: 440, b: 1000 } as const;
const other = { a: 'b', b: 'a' } as const;
const desks = ['a', 'b'] as const;
type Desk = (typeof desks)[number];

const cleanup = new Cleanup();
const pages = new Map<Desk, Page>();
let network: Network;
let areSignalsCut = false;

async function lab<K extends keyof LabApi>(
  desk: Desk,
  verb: K,
  ...args: Parameters<LabApi[K]>
): Promise<Awaited<ReturnType<LabApi[K]>>> {
  return pages
    .get(desk)!
    .evaluate<Awaited<ReturnType<LabApi[K]>>>(`lab.${verb}(...${JSON.stringify(args)})`);
}

async function openDesk(desk: Desk, built: BuiltPage): Promise<void> {
  const port = await network.reachFromDesk(desk, Number(new URL(built.url).port));
  const url = `http://127.0.0.1:${port}/index.html`;
  const { page } = cleanup.own(
    await openChromiumPage(url, {
      namespace: network.namespace(desk),
      reach: (inner) => network.reachIntoDesk(desk, inner),
    }),
  );
  pages.set(desk, page);
  await page.exposeFunction('sendOut', (signal: unknown) => {
    if (!areSignalsCut) void lab(other[desk], 'deliver', signal);
  });
}

/** How long the slower side waits for the other's voice, from now. */
async function soundBothWays(): Promise<number> {
  const waits = await Promise.all(
    desks.map((desk) => lab(desk, 'waitForSound', desk, other[desk], 3 * limitMs)),
  );
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
  return Math.max(...waits);
}

/** How many packets of the other's voice arrived in a second. */
async function voicePackets(desk: Desk): Promise<number> {
  const before = await lab(desk, 'received', desk);
  await delay(1_000);
  const after = await lab(desk, 'received', desk);
  return after.audioPackets - before.audioPackets;
}

/** Bits of the other's voice that arrived in a second, with what lost packets would have brought. */
async function voiceKilobits(desk: Desk): Promise<number> {
  const before = await lab(desk, 'received', desk);
  await delay(1_000);
  const after = await lab(desk, 'received', desk);
  // 50 packets a second were sent.
  const packets = after.audioPackets - before.audioPackets;
  return ((after.audioBytes - before.audioBytes) / packets) * 50 * 0.008;
}

describe.runIf(canMakeNetworks)('a link over a network that is cut', () => {
  beforeAll(async () => {
    const built = cleanup.own(await buildPage(resolve(import.meta.dirname, 'page')));
    network = cleanup.own(await startNetwork());
    await Promise.all(desks.map((desk) => openDesk(desk, built)));
    for (const desk of desks) {
      await lab(desk, 'reset');
      for (const name of desks) {
        await lab(desk, name === desk ? 'join' : 'joinElsewhere', name, tones[name]);
      }
    }
    await soundBothWays();
  }, 60_000);

  afterAll(() => cleanup.close());

  it('sends both voices twice once some of them is lost, and nobody has to agree to it', async () => {
    for (const desk of desks) expect(await voiceKilobits(desk)).toBeLessThan(45);
    const signals = (): Promise<number[]> =>
      Promise.all(
        desks.map(async (desk) => {
          const events = await lab(desk, 'events');
          return events.filter(({ what }) => what === 'sent' || what === 'problem').length;
        }),
      );
    const before = await signals();
    await network.lose(0.2);
    await Promise.all(
      desks.map((desk) =>
        expect
          .poll(() => voiceKilobits(desk), { timeout: 4 * limitMs, interval: 1 })
          .toBeGreaterThan(55),
      ),
    );
    expect(await signals()).toEqual(before);
    await network.mend();
    await soundBothWays();
  }, 60_000);

  it('sends a voice in fewer packets over a line that is full, and only there', async () => {
    await network.narrow('a', 50);
    const few = expect.poll(() => voicePackets('b'), { timeout: 4 * limitMs, interval: 1 });
    await few.toBeLessThan(25);
    expect(await voicePackets('b')).toBeGreaterThan(10);
    expect(await voicePackets('a')).toBeGreaterThan(40);
    await network.mend();
    await soundBothWays();
  }, 60_000);

  // After cuts of ten seconds tests/e2e/network.test.ts hears whole apps.
  it('is heard again within five seconds after everything was cut for 25 s', async () => {
    areSignalsCut = true;
    await network.cut('everything');
    await delay(25_000);
    for (const desk of desks) {
      expect(await lab(desk, 'waitForSilence', desk, other[desk], 100)).toBeGreaterThanOrEqual(0);
    }
    await network.mend();
    areSignalsCut = false;
    const back = await soundBothWays();
    process.stdout.write(`sound ${Math.round(back)} ms after a cut of 25 s\n`);
    expect(back).toBeLessThan(limitMs);
    // The line was narrow before: it is not now, and the voice is as ever.
    const many = expect.poll(() => voicePackets('b'), { timeout: 4 * limitMs, interval: 1 });
    await many.toBeGreaterThan(40);
  }, 60_000);
});
