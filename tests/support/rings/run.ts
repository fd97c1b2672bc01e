/** Many calls to one person in random states: each has to be on the screen, and gone from it after the caller gave up. */
import { setTimeout as delay } from 'node:timers/promises';
import { building } from '../cleanup';
import { bao } from '../people';
import { startServerProcess } from '../server-process';
import { Callee } from './callee';
import { callers, signInCaller, type Caller } from './callers';
import type { Random } from './random';
import { states, statesOf, type StateName } from './states';

export interface Ring {
  readonly state: StateName;
  /** Dial → painted; with another popup open, from that one's end. */
  readonly paintedMs: number;
  /** The caller gives up → no card on the screen. */
  readonly goneMs: number;
}

/** What must come at all, on a busy machine too; how fast it comes is measured. */
const paintLimitMs = { ring: 10_000, probe: 15_000, start: 30_000 } as const;
const goneLimitMs = 5_000;
const quietLimitMs = 8_000;
/** A person looks at the card for up to so long before the caller gives up. */
const longestLookMs = 500;
/** After so many calls somebody gives up at once, and after so many it is waited until nothing is heard for certain. */
const every = { givenUp: 7, quiet: 5 } as const;

export interface RingScene {
  /** Its address. */
  readonly server: string;
  readonly callee: Callee;
  readonly callers: readonly Caller[];
  readonly random: Random;
  close(): Promise<void>;
}

export function openRingScene(random: Random): Promise<RingScene> {
  return building(async (cleanup) => {
    const server = cleanup.own(await startServerProcess({ people: [bao, ...callers] }));
    const callee = cleanup.own(await Callee.open(server.url));
    const signIn = callers.map(async (caller) =>
      cleanup.own(await signInCaller(server.url, caller, bao)),
    );
    return {
      server: server.url,
      callee,
      callers: await Promise.all(signIn),
      random,
      close: () => cleanup.close(),
    };
  });
}

/** Calls in states drawn at random; a call that is not painted in time, or leaves something behind, is an error. */
export async function playRings(
  scene: RingScene,
  calls: number,
  onRing: (ring: Ring, at: number) => void = () => undefined,
): Promise<readonly Ring[]> {
  const rings: Ring[] = [];
  for (const [at, state] of statesOf(calls, scene.random).entries()) {
    const turn = (ahead: number): Caller => callerOf(scene, at + ahead);
    if (at % every.givenUp === every.givenUp - 1) await giveUpAtOnce(scene, turn(2));
    const ring = await ringOnce({ ...scene, other: turn(1) }, state, turn(0)).catch(
      (cause: unknown) => {
        throw new Error(`call ${String(at + 1)}, ${state}: ${String(cause)}`, { cause });
      },
    );
    rings.push(ring);
    onRing(ring, at);
    if (at % every.quiet === every.quiet - 1) await scene.callee.waitForQuiet(quietLimitMs);
  }
  await scene.callee.waitForNoRing(goneLimitMs);
  await scene.callee.waitForQuiet(quietLimitMs);
  return rings;
}

function callerOf({ callers: all }: RingScene, at: number): Caller {
  const caller = all[at % all.length];
  if (!caller) throw new Error('Nobody calls.');
  return caller;
}

export async function ringOnce(
  scene: Pick<RingScene, 'callee' | 'random'> & { readonly other: Caller },
  name: StateName,
  caller: Caller,
): Promise<Ring> {
  const { callee, random } = scene;
  const state = states[name];
  const { open, leave } = await state.enter(scene);
  const dialled = await caller.dial();
  const fromMs = (await open?.()) ?? dialled.atMs;
  const paintedAt = await callee.watch.waitForColour(caller.colour, paintLimitMs[state.bound]);
  await callee.desk.shell.notifications.waitFor(`${caller.name} is calling`);
  await delay(random() * longestLookMs);
  const cancelledAt = await dialled.cancel();
  const goneAt = await callee.waitForNoRing(goneLimitMs);
  await leave?.();
  callee.desk.shell.notifications.clear();
  return { state: name, paintedMs: paintedAt - fromMs, goneMs: Math.max(0, goneAt - cancelledAt) };
}

/** Before, while or just after the card is painted: the next call finds what it leaves. */
async function giveUpAtOnce({ random }: RingScene, caller: Caller): Promise<void> {
  const { cancel } = await caller.dial();
  await delay(random() * 100);
  await cancel();
}
