/**
 * npm run bench -- mesh [--quick | --draw]: what a call of several costs, beside bare connections with the same tracks.
 * --quick: one short round, shown and not kept. --draw: no measurement, chart and document from the newest result.
 */
import { join } from 'node:path';
import { ensureElectron } from '../scripts/ensure-electron.mjs';
import { buildPage } from '../tests/support/built-page';
import { Cleanup } from '../tests/support/cleanup';
import { startDisplay } from '../tests/support/display';
import { type BudgetMeasured, measureBudget } from './mesh/budget-part';
import { drawNewest } from './mesh/document';
import { type Measured, measureEqual } from './mesh/equal-part';
import { rowsOf, save, table } from './mesh/report';
import { setups } from './mesh/setups';

interface Plan {
  readonly rounds: number;
  readonly measureMs: number;
  readonly budgetRounds: number;
  readonly budgetSettleMs: number;
}

const whole: Plan = { rounds: 3, measureMs: 4_000, budgetRounds: 2, budgetSettleMs: 6_000 };
const quick: Plan = { rounds: 1, measureMs: 2_000, budgetRounds: 1, budgetSettleMs: 4_000 };

export async function mesh(args: readonly string[]): Promise<void> {
  if (!args.includes('--draw')) {
    const isQuick = args.includes('--quick');
    const plan = isQuick ? quick : whole;
    const { version } = await ensureElectron();
    const { equal, budget } = await measure(plan);
    console.log(table(rowsOf(equal), budget));
    if (isQuick) return;
    const { rounds, measureMs } = plan;
    console.log(`Kept in ${save(equal, budget, { rounds, measureMs, electron: version })}`);
  }
  for (const file of await drawNewest()) console.log(`Written: ${file}`);
}

async function measure({
  rounds,
  measureMs,
  budgetRounds,
  budgetSettleMs,
}: Plan): Promise<{ readonly equal: Measured[]; readonly budget: BudgetMeasured }> {
  const cleanup = new Cleanup();
  try {
    const built = cleanup.own(await buildPage(join(import.meta.dirname, 'mesh/page')));
    // Room for everybody's window beside each other.
    const display = cleanup.own(await startDisplay({ width: 1920, height: 1080 }));
    const place = { url: built.url, env: display.env };
    const equal = await measureEqual(setups, place, { rounds, measureMs });
    const timing = { settleMs: budgetSettleMs, measureMs };
    return { equal, budget: await measureBudget(place, budgetRounds, timing) };
  } finally {
    await cleanup.close();
  }
}
