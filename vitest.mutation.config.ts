import { defineConfig } from 'vitest/config';

/**
 * The tests that judge the mutated files (stryker.config.js). The random histories are left out: they notice almost
 * everything, cost a second for each mutant, and would hide that a rule has no test that says what it does.
 */
export default defineConfig({
  test: {
    include: [
      'tests/unit/server/calls/**/*.test.ts',
      'tests/unit/protocol/**/*.test.ts',
      'tests/unit/renderer/caller/**/*.test.ts',
    ],
    exclude: ['tests/unit/server/calls/histories.test.ts'],
  },
});
