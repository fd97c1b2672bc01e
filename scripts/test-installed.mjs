// npm run test:installed: the end-to-end tests once more, against the app as its package installs it. For a release, as
// root in a container: the package is installed on this machine and removed again, however this ends. The gate does a
// part of this (tests/e2e/installed.test.ts).
//
//   npm run test:installed -- desktop key-store        these files only
//
// Another installed copy:  PEAL_APP=/opt/Peal/peal npx vitest run --project e2e

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { buildCaller } from './build-caller.mjs';
import { main } from './lib/tools.mjs';
import { runTests } from './lib/vitest.mjs';
import { makeDeb } from './package-linux.mjs';
import { packageApp } from './package.mjs';
import { isNobodysMachine, requirePackages } from './system-packages.mjs';

function dpkg(...args) {
  // No power fails meanwhile, and waiting for the disk is most of the time.
  const { status } = spawnSync('dpkg', ['--force-unsafe-io', ...args], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`dpkg ${args[0]} failed`);
}

/** Also when this is told to stop: then nothing but the listeners of the end runs any more. */
function removeAtEnd() {
  process.once('exit', () => {
    try {
      dpkg('--purge', 'peal');
    } catch (error) {
      console.error(error.message);
      process.exitCode = 1;
    }
  });
}

/** As the gate does it: networks first, and nothing beside the tests that listen and draw. */
async function runAll(files) {
  const stages = [['e2e-network'], ['e2e', 'e2e-alone']];
  const counted = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const projects of files.length > 0 ? [stages.flat()] : stages) {
    const { passed, failed, skipped, failures } = await runTests(projects, files);
    counted.passed += passed;
    counted.failed += failed;
    counted.skipped += skipped;
    counted.failures.push(...failures);
  }
  return counted;
}

await main(async () => {
  if (process.getuid?.() !== 0 || !isNobodysMachine()) {
    throw new Error('This installs Peal on the machine: run it as root in a container.');
  }
  if (existsSync('/opt/Peal')) throw new Error('Peal is installed here already: dpkg -P peal');
  const startedAt = Date.now();
  requirePackages('test');
  await buildCaller();
  await packageApp();
  const deb = await makeDeb({ fast: true });
  removeAtEnd();
  dpkg('--install', deb);
  process.env.PEAL_APP = '/usr/bin/peal';
  const { passed, failed, skipped, failures } = await runAll(process.argv.slice(2));
  for (const failure of failures) console.log(`failed: ${failure}`);
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped, in ${minutes} minutes`);
  if (failed > 0) process.exitCode = 1;
});
