/** Both contenders with the same tracks, sizes and rates, in turns, for each number of people. */
import type { Env } from '../../tests/support/child';
import { type Figures, figuresOf } from './figures';
import { hz, inputOf } from './input';
import type { CallPlan, Contender } from './page/stage-api';
import { type Setup, limitsAt, picture } from './setups';
import { type Stage, type Timing, openStage } from './stage';

export interface Measured {
  readonly setup: Setup;
  readonly processes: number;
  /** Milliseconds a second that the same windows take with open devices and no call. */
  readonly restMs: number;
  /** In the order of their turns. */
  readonly peal: readonly Figures[];
  readonly bare: readonly Figures[];
}

export interface Effort {
  readonly rounds: number;
  readonly measureMs: number;
}

/** Bandwidth estimates of pictures need longer than voices. */
const settleMs = { video: 2_000, voice: 1_000 };
const warmUp: Timing = { settleMs: 0, measureMs: 100 };
const restForMs = 1_000;
const tile = { width: picture.width, height: picture.height };

export async function measureEqual(
  setups: readonly Setup[],
  place: { readonly url: string; readonly env: Env },
  effort: Effort,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const setup of setups) {
    console.log(`mesh: ${setup.kind}, ${setup.people} people`);
    measured.push(await measure(setup, place, effort));
  }
  return measured;
}

async function measure(
  setup: Setup,
  place: { readonly url: string; readonly env: Env },
  { rounds, measureMs }: Effort,
): Promise<Measured> {
  const { kind, people } = setup;
  const stage = await openStage({
    ...{ ...place, people, ...(await inputOf(picture)) },
    window: { width: tile.width * 2, height: tile.height * 2 },
    columns: 3,
    devices: { picture: kind === 'video' ? picture : null, hz },
  });
  try {
    const { processes } = stage;
    const restMs = await stage.rest(restForMs);
    for (const contender of ['peal', 'bare'] as const)
      await oneCall(stage, setup, contender, warmUp);
    const timing = { settleMs: settleMs[kind], measureMs };
    const turns: Record<Contender, Figures[]> = { peal: [], bare: [] };
    for (let round = 0; round < rounds; round += 1) {
      // Whoever comes second meets a browser that has just ended a call: each is that as often as the other.
      const order = round % 2 === 0 ? (['peal', 'bare'] as const) : (['bare', 'peal'] as const);
      for (const contender of order) {
        turns[contender].push(await oneCall(stage, setup, contender, timing));
      }
    }
    return { setup, processes, restMs, ...turns };
  } finally {
    await stage.close();
  }
}

async function oneCall(
  stage: Stage,
  setup: Setup,
  contender: Contender,
  timing: Timing,
): Promise<Figures> {
  const limits = setup.kind === 'video' ? limitsAt(setup.people) : null;
  const plan: Omit<CallPlan, 'callId'> = { contender, tile, limits };
  return figuresOf(setup, await stage.call(plan, timing));
}
