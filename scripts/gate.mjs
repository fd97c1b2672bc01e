// npm test: the gate. Unit tests, the package peal-caller, integration tests, the build, the package of the app,
// end-to-end tests; and beside the first of them, in the time that they leave, everything static. Every stage runs,
// whatever failed before it, except that end-to-end tests need a package of the app. The last line counts all:
//
//   N passed, N failed
//
// A part of it: node scripts/gate.mjs unit integration

import { buildCaller } from './build-caller.mjs';
import { build } from './build.mjs';
import { ensureElectron } from './ensure-electron.mjs';
import { runStaticChecks } from './lib/static-checks.mjs';
import { runTests } from './lib/vitest.mjs';
import { packageApp } from './package.mjs';
import { requirePackages } from './system-packages.mjs';

/** A step without tests of its own counts as one. */
async function step(action) {
  try {
    await action();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

const STAGES = {
  check: () => runStaticChecks({ givesWay: true }),
  unit: () => runTests(['unit']),
  caller: () => step(buildCaller),
  integration: () => runTests(['integration']),
  build: () => step(build),
  package: () => step(packageApp),
  network: () => runTests(['e2e-network']),
  e2e: () => runTests(['e2e', 'e2e-alone']),
};
/** Tests of broken networks mostly wait, and leave it time. The others draw and listen to whole desks: it must be over. */
const BESIDE = 'check';
const NOTHING_BESIDE = 'e2e';
const E2E = ['network', 'e2e'];
const NEEDED_BY_E2E = ['build', 'package'];

async function runStage(name) {
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  const counted = await STAGES[name]();
  return { name, seconds: (Date.now() - startedAt) / 1000, skipped: 0, ...counted };
}

async function runStages(names) {
  const beside = names.includes(BESIDE) ? runStage(BESIDE) : undefined;
  const results = [];
  for (const name of names.filter((other) => other !== BESIDE)) {
    const isBroken = ({ name: other, failed }) => NEEDED_BY_E2E.includes(other) && failed > 0;
    if (E2E.includes(name) && results.some(isBroken)) {
      results.push({ name, seconds: 0, passed: 0, failed: 1, skipped: 0 });
      continue;
    }
    if (name === NOTHING_BESIDE) await beside;
    results.push(await runStage(name));
  }
  return beside ? [await beside, ...results] : results;
}

function summarize(results) {
  console.log('\n== summary');
  for (const { name, seconds, passed, failed, skipped } of results) {
    const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    console.log(`${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${counts}`);
  }
  for (const failure of results.flatMap(({ failures = [] }) => failures))
    console.log(`failed: ${failure}`);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const skipped = sum('skipped');
  const tail = skipped > 0 ? `, ${skipped} skipped` : '';
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${tail}`);
  return sum('failed') === 0;
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
  console.error(`usage: node scripts/gate.mjs [${Object.keys(STAGES).join('|')} …]`);
  process.exit(2);
}
requirePackages('test');
await ensureElectron();
const results = await runStages(chosen.length > 0 ? chosen : Object.keys(STAGES));
process.exit(summarize(results) ? 0 : 1);
