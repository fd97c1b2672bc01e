/** npm run bench -- NAME [arguments] */
import { callSetup } from './call-setup';
import { loss } from './loss';
import { mesh } from './mesh';
import { rings } from './rings';
import { server } from './server';
import { start } from './start';

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  'call-setup': callSetup,
  loss,
  mesh,
  rings,
  server,
  start,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = benches[name];
if (bench) {
  await bench(args);
} else {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')}`);
  process.exitCode = 2;
}
