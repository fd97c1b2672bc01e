// Everything that is judged without running the product: lint, format, types, dead code. Two at a time, the slowest
// first; each prints only when it has something to say.

import { capture } from './children.mjs';
import { ROOT, tool } from './tools.mjs';

const AT_ONCE = 2;

/** Only the web project has Vue files; the plain compiler is several times faster on the others. */
const types = (project, compiler = tool('tsc', 'typescript')) => ({
  name: `types: ${project}`,
  args: [compiler, '--project', `tsconfig.${project}.json`],
});

const CHECKS = [
  { name: 'eslint', args: [tool('eslint'), '.', '--max-warnings', '0'] },
  types('node'),
  types('web', tool('vue-tsc')),
  types('caller'),
  types('preload'),
  types('pure'),
  { name: 'prettier', args: [tool('prettier'), '.', '--check', '--log-level', 'warn'] },
  { name: 'knip', args: [tool('knip'), '--no-progress'] },
];

async function runCheck({ name, args }, givesWay) {
  const startedAt = Date.now();
  const { code, output } = await capture(process.execPath, args, { cwd: ROOT, givesWay });
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
      results.push(await runCheck(next, givesWay));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}
