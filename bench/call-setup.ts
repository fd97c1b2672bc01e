/** npm run bench -- call-setup [calls]: how long it takes until two people see and hear each other. */
import { startBus } from '../tests/support/bus';
import { Cleanup } from '../tests/support/cleanup';
import { startDisplay } from '../tests/support/display';
import { buildIfNeeded } from '../scripts/build.mjs';
import { ensureElectron } from '../scripts/ensure-electron.mjs';
import { startBare } from './call-setup/bare';
import { oneCall } from './call-setup/one-call';
import { startPeal } from './call-setup/peal';
import { save, table, type Result } from './call-setup/report';
import type { Sample } from './call-setup/stages';

const fewestCalls = 10;

export async function callSetup([wanted]: readonly string[]): Promise<void> {
  const calls = Math.max(fewestCalls, Number(wanted ?? fewestCalls));
  await buildIfNeeded();
  const { version } = await ensureElectron();
  const result = await measure(calls);
  console.log(table(result));
  console.log(`Kept in ${save(result, version)}`);
}

/** In turns, so that a slow minute of the machine is a slow minute for both. The first call of each only warms up. */
async function measure(calls: number): Promise<Result> {
  const cleanup = new Cleanup();
  try {
    const display = cleanup.own(await startDisplay());
    const bus = cleanup.own(await startBus());
    const env = { ...display.env, ...bus.env };
    const peal = await startPeal(env, cleanup);
    const bare = await startBare(env, cleanup);
    const product: Sample[] = [];
    const baseline: Sample[] = [];
    for (let call = 0; call <= calls; call += 1) {
      console.log(call === 0 ? 'call-setup: warming up' : `call-setup: ${call} of ${calls}`);
      product.push(await oneCall(peal));
      baseline.push(await oneCall(bare));
    }
    return { product: product.slice(1), bare: baseline.slice(1) };
  } finally {
    await cleanup.close();
  }
}
