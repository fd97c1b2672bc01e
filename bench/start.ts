/**
 * npm run bench -- start [turns]: from the start of the process until a person can begin, and the memory that is taken
 * then, beside a bare Electron window. One app at a time, in turns; what two of them share would be halved otherwise.
 */
import { buildIfNeeded } from '../scripts/build.mjs';
import { ensureElectron } from '../scripts/ensure-electron.mjs';
import { startBus } from '../tests/support/bus';
import { run } from '../tests/support/child';
import { Cleanup } from '../tests/support/cleanup';
import { type Display, startDisplay } from '../tests/support/display';
import { startTestServer } from '../tests/support/server';
import { TrayHost } from '../tests/support/tray-host';
import { waitFor } from '../tests/support/wait';
import {
  type Contender,
  type Started,
  bareWindow,
  hasSearch,
  peal,
  signIn,
  start as startApp,
  tryHere,
} from './start/contender';
import { type AppMemory, memoryAtRest } from './start/memory';
import { type Extra, type Turn, save, table } from './start/report';

const usualTurns = 10;
/** Lines of their own need fewer. */
const extraTurns = 3;

interface Contenders {
  readonly display: Display;
  readonly bare: Contender;
  readonly question: Contender;
  readonly people: Contender;
  readonly embedded: Contender;
}

export async function start([wanted]: readonly string[]): Promise<void> {
  const turns = Math.max(1, Number(wanted ?? usualTurns));
  await buildIfNeeded();
  const { version } = await ensureElectron();
  const cleanup = new Cleanup();
  try {
    const contenders = await prepare(cleanup);
    const measured: Turn[] = [];
    // The first turn only warms up: caches of the disk, and those that Chromium makes of scripts.
    for (let turn = 0; turn <= turns; turn += 1) {
      console.log(turn === 0 ? 'start: warming up' : `start: ${turn} of ${turns}`);
      const result = await oneTurn(contenders);
      if (turn > 0) measured.push(result);
    }
    const extra = await measureExtra(contenders, Math.min(turns, extraTurns));
    console.log(table(measured, extra));
    console.log(`Kept in ${save(measured, extra, version)}`);
  } finally {
    await cleanup.close();
  }
}

async function prepare(cleanup: Cleanup): Promise<Contenders> {
  const display = cleanup.own(await startDisplay());
  const bus = cleanup.own(await startBus());
  cleanup.own(await TrayHost.start(bus));
  const server = cleanup.own(await startTestServer());
  const env = { ...display.env, ...bus.env };
  const people = peal('known', env, cleanup);
  await signIn(people, server.url);
  const embedded = peal('alone', env, cleanup);
  await tryHere(embedded);
  const question = peal('new', env, cleanup);
  return { display, bare: bareWindow(env, cleanup), question, people, embedded };
}

async function oneTurn({ bare, question, people }: Contenders): Promise<Turn> {
  const bareRun = await withApp(bare, measure);
  const questionMs = await withApp(question, ({ usableMs }) => Promise.resolve(usableMs));
  const peopleRun = await withApp(people, measure);
  return {
    startMs: { bare: bareRun.usableMs, question: questionMs, people: peopleRun.usableMs },
    bytes: { bare: bareRun.bytes, people: peopleRun.bytes },
    processes: { bare: bareRun.processes, people: peopleRun.processes },
    strangers: { bare: bareRun.strangers, people: peopleRun.strangers },
  };
}

type Measured = AppMemory & { readonly usableMs: number };

async function measure({ usableMs, child }: Started): Promise<Measured> {
  return { usableMs, ...(await memoryAtRest(child.pid)) };
}

async function measureExtra(contenders: Contenders, turns: number): Promise<Extra> {
  const { display, people, embedded } = contenders;
  const hidden: number[] = [];
  const withServer: number[] = [];
  for (let turn = 1; turn <= turns; turn += 1) {
    console.log(`start: in the tray, and with a server, ${turn} of ${turns}`);
    const inTray = await withApp(people, async ({ child }) => {
      await closeHome(display);
      return memoryAtRest(child.pid);
    });
    hidden.push(inTray.bytes);
    const alone = await withApp(embedded, async ({ child, home }) => {
      await hasSearch(home);
      return memoryAtRest(child.pid);
    });
    withServer.push(alone.bytes);
  }
  return { hidden, embedded: withServer };
}

async function withApp<T>(
  contender: Contender,
  what: (started: Started) => Promise<T>,
): Promise<T> {
  const started = await startApp(contender);
  try {
    return await what(started);
  } finally {
    await started.close();
  }
}

/** By its key, as a person does; with a tray it only hides. */
async function closeHome(display: Display): Promise<void> {
  const { id } = await display.waitForWindow('Peal');
  await run('xdotool', ['windowactivate', '--sync', id, 'key', 'alt+F4'], display.env);
  const isGone = async (): Promise<boolean> =>
    (await display.windows()).every((window) => window.id !== id);
  await waitFor(isGone, { what: 'home goes to the tray' });
}
