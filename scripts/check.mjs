// npm run check: everything static.

import { runStaticChecks } from './lib/static-checks.mjs';

const { passed, failed } = await runStaticChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
