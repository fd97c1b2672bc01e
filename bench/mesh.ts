/**
 * npm run bench -- mesh [--quick | --budget | --draw]: what a call of several costs, beside bare connections with the
 * same tracks. --quick: one short round, shown and not kept. --budget: only what the budget saves, shown and not kept.
 * --draw: no measurement, chart and document from the newest result.
 */
import { join } from 'node:path';
import { ensureElectron } from '../scripts/ensure-electron.mjs';
import { buildPage } from '../tests/support/built-page';
import { Cleanup } from '../tests/support/cleanup';
import { startDisplay } from '../tests/support/display';
import { measureBudget } from './mesh/budget-part';
import { drawNewest } from './mesh/document';
import { measureEqual } from './mesh/equal-part';
import { budgetWords, rowsOf, save, table } from './mesh/report';
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
    const isKept = await measure(args);
    if (!isKept) return;
  }
  for (const file of await drawNewest()) console.log(`Written: ${file}`);
}

/** False: shown, and not kept. */
async function measure(args: readonly string[]): Promise<boolean> {
  const isQuick = args.includes('--quick');
  const { rounds, measureMs, ...plan } = isQuick ? quick : whole;
  const { version } = await ensureElectron();
  const cleanup = new Cleanup();
  try {
    const built = cleanup.own(await buildPage(join(import.meta.dirname, 'mesh/page')));
    // Room for everybody's window beside each other.
    const display = cleanup.own(await startDisplay({ width: 1920, height: 1080 }));
    const place = { url: built.url, env: display.env };
    const isBudgetAlone = args.includes('--budget');
    const equal = isBudgetAlone ? [] : await measureEqual(setups, place, { rounds, measureMs });
    const timing = { settleMs: plan.budgetSettleMs, measureMs };
    const budget = await measureBudget(place, plan.budgetRounds, timing);
    if (!isBudgetAlone) console.log(table(rowsOf(equal)));
    console.log(budgetWords(budget));
    if (isQuick || isBudgetAlone) return false;
    console.log(`Kept in ${save(equal, budget, { rounds, measureMs, electron: version })}`);
    return true;
  } finally {
    await cleanup.close();
  }
}
