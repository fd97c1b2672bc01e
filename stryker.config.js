// npm run mutation: what the tests of the pure rules notice (docs/decisions/0011-mutation-testing.md).

export default {
  mutate: [
    'server/calls/rules/**/*.ts',
    '!server/calls/rules/rule-ids.ts',
    'protocol/{call-diff,do-not-disturb,end-reason,end-reason-for,quiet-hours,snapshot}.ts',
    'renderer/caller/{call-params,enums,events,media-profiles,offline-record,options}.ts',
    'renderer/caller/{problem-codes,push-config,server-clock,session-machine}.ts',
  ],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  ignorePatterns: ['/out', '/dist', '/.tmp', '/bench', '/resources', '/docs/measured'],
  tempDirName: '.tmp/stryker',
  incremental: true,
  incrementalFile: '.tmp/mutation/incremental.json',
  jsonReporter: { fileName: '.tmp/mutation/report.json' },
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
  concurrency: 2,
  timeoutMS: 5_000,
  thresholds: { high: 90, low: 80, break: 80 },
};
