/**
 * npm run bench -- loss [turns [words]]: what a bad network leaves of three voices, beside the browser's defaults. Needs
 * root. With words, only the conditions and contenders that are named are tried, and nothing is kept:
 * `loss 2 uplink peal`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ensureElectron } from '../scripts/ensure-electron.mjs';
import { Cleanup } from '../tests/support/cleanup';
import { canMakeNetworks } from '../tests/support/netns';
import { type Condition, conditions } from './loss/conditions';
import type { Contender, Totals } from './loss/page/party-api';
import { type People, gatherPeople } from './loss/people';
import { type Run, type Stretch, save, stretchSeconds, table } from './loss/report';

const contenders: readonly Contender[] = ['bare', 'redundant', 'peal'];

export async function loss([turns = '1', ...words]: readonly string[]): Promise<void> {
  if (!canMakeNetworks) throw new Error('Networks of its own need Linux and root.');
  const { version } = await ensureElectron();
  const runs = await measure(Number(turns), words);
  console.log(table(runs));
  if (words.length === 0) console.log(`Kept in ${save(runs, version)}`);
}

/** In turns, so that a slow minute of the machine is a slow minute for all. */
async function measure(turns: number, words: readonly string[]): Promise<Run[]> {
  const tried = named(conditions, ({ name }) => name, words);
  const trying = named(contenders, (name) => name, words);
  const cleanup = new Cleanup();
  try {
    const people = await gatherPeople(cleanup);
    const runs: Run[] = [];
    for (const condition of Array.from({ length: turns }, () => tried).flat()) {
      for (const contender of trying) {
        console.log(`loss: ${condition.name}, ${contender}`);
        runs.push(await oneCall(people, condition, contender));
      }
    }
    return runs;
  } finally {
    await cleanup.close();
  }
}

/** Those of which a word is in the name; all, where that are none. */
function named<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  words: readonly string[],
): readonly T[] {
  const some = all.filter((one) => words.some((word) => nameOf(one).includes(word)));
  return some.length > 0 ? some : all;
}

async function oneCall(people: People, condition: Condition, contender: Contender): Promise<Run> {
  await people.begin(contender);
  // A call that has just begun still looks for its rate; what is measured happens to one that goes well.
  await delay(3_000);
  await condition.begin(people.network);
  const first = await stretch(people, condition, stretchSeconds.first);
  const later = await stretch(people, condition, stretchSeconds.later);
  await people.network.mend();
  await people.end();
  return { condition, contender, first, later };
}

async function stretch(people: People, { hits }: Condition, seconds: number): Promise<Stretch> {
  const before = await people.totals();
  await delay(seconds * 1_000);
  const after = await people.totals();
  const links = linksBetween(before, after).filter(
    ({ from }) => hits === 'everybody' || from === 0,
  );
  const senders = hits === 'everybody' ? [...after.keys()] : [0];
  const bytes = senders.map(
    (person) => (after[person]?.voiceBytesSent ?? NaN) - (before[person]?.voiceBytesSent ?? NaN),
  );
  return {
    concealedPercent: 100 * (sum(links, 'concealedSamples') / sum(links, 'samples')),
    worstPercent: 100 * Math.max(...links.map((link) => link.concealedSamples / link.samples)),
    voiceKilobits: (bytes.reduce((all, one) => all + one, 0) * 8) / 1_000 / seconds / links.length,
    pictures: sum(links, 'pictures') / seconds / links.length,
  };
}

type Link = Totals['received'][number];

/** What each person received from each other one in between. */
function linksBetween(before: readonly Totals[], after: readonly Totals[]): Link[] {
  return after.flatMap(({ received }, person) =>
    received.map((link) => {
      const then = before[person]?.received.find(({ from }) => from === link.from);
      if (!then) throw new Error(`Person ${person} had not heard ${link.from} before.`);
      return {
        from: link.from,
        samples: link.samples - then.samples,
        concealedSamples: link.concealedSamples - then.concealedSamples,
        pictures: link.pictures - then.pictures,
      };
    }),
  );
}

function sum(links: readonly Link[], figure: keyof Link): number {
  return links.reduce((all, link) => all + link[figure], 0);
}
