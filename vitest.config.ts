import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const inE2e = (...names: string[]) => names.map((name) => `tests/e2e/${name}.test.ts`);

/** They recognise speech, or draw moving pictures without a graphics card: nothing else runs beside them. */
const alone = inE2e('first-minute', 'video-call', 'group-pictures', 'packaged');
/** They wait for most of their time, and measure how fast sound is back. */
const network = inE2e('network', 'lost-line');

/** A fresh checkout starts large files first. This one is small and takes longest: it must not be the last. */
const longest = 'tests/e2e/calls.test.ts';

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith(longest);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
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
