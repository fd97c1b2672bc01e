// Everything that is judged without running the product: lint, format, types, dead code. Three at a time, the slowest
// first: beside tests, two are often done while the first has a processor to itself. Each prints only when it has
// something to say.

import { capture } from './children.mjs';
import { ROOT, tool } from './tools.mjs';

const AT_ONCE = 3;

/** Beside tests. The slowest gets most of what tests leave: if it were the last, a processor would idle meanwhile. */
const NICENESS = { slowest: 10, others: 19 };

/** Only the web project has Vue files; for the others there is a compiler that is several times faster. */
const types = (project, compiler = tool('tsc', 'typescript-native')) => ({
  name: `types: ${project}`,
  args: [compiler, '--project', `tsconfig.${project}.json`],
});

const CHECKS = [
  types('web', tool('vue-tsc')),
  { name: 'eslint', args: [tool('eslint'), '.', '--max-warnings', '0'] },
  { name: 'oxlint', args: [tool('oxlint'), '--config=oxlint.config.js', '--type-aware'] },
  types('node'),
  types('caller'),
  types('preload'),
  types('pure'),
  { name: 'prettier', args: [tool('prettier'), '.', '--check', '--log-level', 'warn'] },
  { name: 'knip', args: [tool('knip'), '--no-progress'] },
];

const nicenessOf = (check) => (check === CHECKS[0] ? NICENESS.slowest : NICENESS.others);

async function runCheck({ name, args }, niceness) {
  const startedAt = Date.now();
  const { code, output } = await capture(process.execPath, args, { cwd: ROOT, niceness });
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`check: ${name} ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

/** Runs all checks, whatever fails, and says how many passed and failed. */
export async function runStaticChecks({ givesWay = false } = {}) {
  const waiting = [...CHECKS];
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.push(await runCheck(next, givesWay ? nicenessOf(next) : 0));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}
