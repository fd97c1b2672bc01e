/** Some people in one browser, each in a window and a process of their own, and the calls that they have. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '../../scripts/lib/devtools';
import { startElectron } from '../../scripts/lib/electron-process';
import { cpuSeconds, processesOfSession } from '../lib/machine';
import { building } from '../../tests/support/cleanup';
import type { Env } from '../../tests/support/child';
import { waitFor } from '../../tests/support/wait';
import { makeScratchDir } from '../../tests/support/scratch';
import type { Arrival, CallPlan, Devices, StageApi, Totals } from './page/stage-api';

/** For machines that are busy with much else. */
const arrivalLimitMs = 60_000;
/** Shorter than a page may take to reply. */
const askForMs = 10_000;
/** Its answer is all statistics of a page: not more often than the mesh itself asks. */
const askHeldBackEveryMs = 1_000;

export interface StageOptions {
  readonly url: string;
  readonly env: Env;
  readonly people: number;
  readonly window: { readonly width: number; readonly height: number };
  readonly columns: number;
  readonly devices: Devices;
  /** What microphone and camera play. */
  readonly voiceFile: string;
  readonly pictureFile: string;
}

export interface Timing {
  /** Right before the measurement, with whoever speaks then: bandwidth estimates and encoders come to rest. */
  readonly settleMs: number;
  readonly measureMs: number;
  /**
   * Set: first everybody is silent until no picture is held back for bits, so long at most. The browser begins with
   * an estimate of 300 kbit/s, shrinks what is larger than 320×240 to that, and takes its time to grow it again.
   */
  readonly wholeWithinMs?: number;
}

/** What one call showed while it was measured. */
export interface Turn {
  /** Of the last joiner. */
  readonly arrival: Arrival;
  /** From the last arrival until no picture was held back for bits; null: not waited for, or not in time. */
  readonly wholeMs: number | null;
  readonly cpuMs: number;
  readonly elapsedMs: number;
  /** By person. */
  readonly before: readonly Totals[];
  readonly after: readonly Totals[];
}

type Speaks = (person: number) => boolean;
const everybody: Speaks = () => true;
const nobody: Speaks = () => false;

export interface Stage {
  readonly processes: number;
  /** Processor time of all processes while nobody is in a call, devices open: milliseconds a second. */
  rest(ms: number): Promise<number>;
  /** Everybody speaks until everybody is heard; then nobody until the pictures are whole, then those by `speaks`. */
  call(plan: Omit<CallPlan, 'callId'>, timing: Timing, speaks?: Speaks): Promise<Turn>;
  close(): Promise<void>;
}

export function openStage(options: StageOptions): Promise<Stage> {
  return building(async (cleanup) => {
    const data = cleanup.own(makeScratchDir('mesh'));
    const { width, height } = options.window;
    const browser = cleanup.own(
      await startElectron({
        app: join(import.meta.dirname, 'windows.mjs'),
        dataFolder: data.path,
        env: options.env,
        startPages: ['/index.html'],
        flags: [
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          `--use-file-for-fake-audio-capture=${options.voiceFile}`,
          `--use-file-for-fake-video-capture=${options.pictureFile}`,
          '--autoplay-policy=no-user-gesture-required',
          // The machine may have no network at all but loopback.
          '--allow-loopback-in-peer-connection',
          `--page=${options.url}`,
          `--people=${options.people}`,
          `--window=${width}x${height}`,
          `--columns=${options.columns}`,
        ],
      }),
    );
    const people = Array.from({ length: options.people }, (_, person) => person);
    const pages = await Promise.all(
      people.map((person) => browser.devtools.page(`index.html?me=${person}`)),
    );
    const stage = new BrowserStage(pages, browser.child.pid, () => cleanup.close());
    await Promise.all(pages.map(isReady));
    await stage.all('open', options.devices);
    return stage;
  });
}

/** A page has its title before its script has run. */
async function isReady(page: Page): Promise<void> {
  await waitFor(() => page.evaluate<boolean>(`'stage' in window`), { what: 'the page runs' });
}

function arrivalAt(page: Page): Promise<Arrival> {
  const ask = async (): Promise<Arrival | undefined> =>
    (await run(page, 'complete', askForMs)) ?? undefined;
  return waitFor(ask, { what: 'everybody is seen and heard', withinMs: arrivalLimitMs });
}

type Answer<K extends keyof StageApi> = Awaited<ReturnType<StageApi[K]>>;

class BrowserStage implements Stage {
  readonly #pages: readonly Page[];
  readonly #leader: number;
  readonly close: () => Promise<void>;
  #calls = 0;

  constructor(pages: readonly Page[], leader: number, close: () => Promise<void>) {
    this.#pages = pages;
    this.#leader = leader;
    this.close = close;
  }

  get processes(): number {
    return processesOfSession(this.#leader).length;
  }

  async rest(ms: number): Promise<number> {
    const { cpuMs, elapsedMs } = await this.#watchProcessor(ms);
    return (cpuMs / elapsedMs) * 1_000;
  }

  async call(plan: Omit<CallPlan, 'callId'>, timing: Timing, speaks = everybody): Promise<Turn> {
    this.#calls += 1;
    await this.#setSpeaking(everybody);
    await this.all('begin', { ...plan, callId: `call-${this.#calls}` });
    const arrival = await this.#joinInOrder();
    const wholeMs = timing.wholeWithinMs ? await this.#growWhole(timing.wholeWithinMs) : null;
    await this.#setSpeaking(speaks);
    await delay(timing.settleMs);
    const before = await this.all('totals');
    const processor = await this.#watchProcessor(timing.measureMs);
    const after = await this.all('totals');
    await this.all('end');
    return { arrival, wholeMs, ...processor, before, after };
  }

  async all<K extends keyof StageApi>(
    verb: K,
    ...args: Parameters<StageApi[K]>
  ): Promise<Answer<K>[]> {
    return Promise.all(this.#pages.map((page) => run(page, verb, ...args)));
  }

  /** One after the other, so that the last joiner finds a call that stands. */
  async #joinInOrder(): Promise<Arrival> {
    let last: Arrival = { seenMs: null, heardMs: 0 };
    for (const page of this.#pages) {
      await run(page, 'join');
      last = await arrivalAt(page);
    }
    return last;
  }

  /** null: not in time. */
  async #growWhole(withinMs: number): Promise<number | null> {
    await this.#setSpeaking(nobody);
    const start = performance.now();
    const passed = (): number => performance.now() - start;
    while (passed() < withinMs) {
      await delay(askHeldBackEveryMs);
      const heldBack = await this.all('heldBack');
      if (heldBack.every((pictures) => pictures === 0)) return passed();
    }
    return null;
  }

  async #setSpeaking(speaks: Speaks): Promise<void> {
    await Promise.all(this.#pages.map((page, person) => run(page, 'setSpeaking', speaks(person))));
  }

  async #watchProcessor(ms: number): Promise<Pick<Turn, 'cpuMs' | 'elapsedMs'>> {
    const before = cpuOf(this.#leader);
    const start = performance.now();
    await delay(ms);
    const elapsedMs = performance.now() - start;
    // A process that ended meanwhile is missed; in a call that stands none does.
    const spent = [...cpuOf(this.#leader)].map(
      ([pid, seconds]) => seconds - (before.get(pid) ?? 0),
    );
    return { cpuMs: spent.reduce((sum, seconds) => sum + seconds, 0) * 1_000, elapsedMs };
  }
}

function run<K extends keyof StageApi>(
  page: Page,
  verb: K,
  ...args: Parameters<StageApi[K]>
): Promise<Answer<K>> {
  return page.evaluate(`stage.${verb}(...${JSON.stringify(args)})`);
}

function cpuOf(leader: number): Map<number, number> {
  return new Map(
    processesOfSession(leader).flatMap((pid) => {
      try {
        return [[pid, cpuSeconds(pid)] as const];
      } catch {
        // It has ended between the list and this question.
        return [];
      }
    }),
  );
}
