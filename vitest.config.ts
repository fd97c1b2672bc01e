import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const inE2e = (...names: string[]) => names.map((name) => `tests/e2e/${name}.test.ts`);

/** They recognise speech, or draw moving pictures without a graphics card: nothing else runs beside them. */
const alone = inE2e('first-minute', 'video-call', 'group-pictures', 'installed');
/** They wait for most of their time, and measure how fast sound is back. */
const network = inE2e('network', 'lost-line');

/**
 * By how long they took, longest first. Vitest knows that of former runs only; a fresh checkout starts large files first,
 * and whatever takes a minute must not be the last, with one processor idle beside it. The two with four desks are far
 * apart: eight apps in calls at once are more than two processors draw in time.
 */
const longest = [
  ...inE2e('group-voices', 'survival', 'calls', 'endings', 'faults', 'desktop', 'rings'),
  ...inE2e('second-device', 'peal-caller', 'key-store', 'recents', 'sign-in', 'instruments'),
  ...['media/links', 'media/cut', 'server/cli', 'histories/groups'].map(
    (name) => `tests/integration/${name}.test.ts`,
  ),
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? longest.length : at;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

/**
 * Files share a process: loading the same modules anew for each would take long, for unit tests several times as long
 * as the tests themselves. So a test that changes something global puts it back.
 */
const sharing = { isolate: false };

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          css: true,
          include: ['tests/unit/**/*.test.ts'],
          maxWorkers: 2,
          ...sharing,
          // Some generate thousands of cases; how long that takes says nothing about the product.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          maxWorkers: 2,
          ...sharing,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: [...alone, ...network],
          // Two sets of desks at a time: most of a call is waiting. More would starve each other on two cores.
          maxWorkers: 2,
          ...sharing,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-network',
          include: network,
          maxWorkers: 2,
          ...sharing,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-alone',
          include: alone,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...sharing,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['tests/long/**/*.test.ts'],
          testTimeout: 30 * 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
