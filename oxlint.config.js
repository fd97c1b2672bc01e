/**
 * What every file of script is judged by; eslint.config.js has what templates need beside it. Rules of the category
 * "correctness" hold by themselves, the others are named here.
 */
const named = (scope, names) =>
  Object.fromEntries(names.map((name) => [scope === '' ? name : `${scope}/${name}`, 'error']));

const no = (regex, message) => ({ regex, message });
/** Of a room, these alone, and of these not `except`. A # at the beginning would make a comment of the line. */
const only = (room, paths, message, except = []) => ({
  group: [
    `\\#${room}/**`,
    ...paths.map((path) => `!#${room}/${path}`),
    ...except.map((path) => `\\#${room}/${path}`),
  ],
  message,
});
const noCaller = no(
  '^#peal-caller/',
  'peal-caller is built from the other rooms; none of them but Echo needs it.',
);

/** Rooms reach each other only by #room/… paths, and only in the direction of docs/architecture.md. */
const room = (...forbidden) => roomWithCaller(noCaller, ...forbidden);
const roomWithCaller = (...forbidden) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: String.raw`^(\.\./)+(protocol|common|server|main|preload|renderer|peal-caller)/`,
          message: 'Import another room by its #room/… path.',
        },
        ...forbidden,
      ],
    },
  ],
});

const noElectron = no(
  '^electron($|/)',
  'Electron belongs to the outer rooms of main and to preload.',
);
const noWs = no('^ws$', 'ws belongs to main/signaling and server.');
const noSimplePeer = no('^simple-peer', 'simple-peer belongs to renderer/media/rtc-peer.ts.');
const noVue = no('^(vue|pinia|vue-i18n|@vueuse/.*|@lucide/vue)$', 'This room does not know Vue.');
const noNode = no('^node:', 'This room is pure or runs in a page.');
const noRoom = (names) => no(`^#(${names})/`, `Imports go one way: ${names} is not for this room.`);

/** Rules that look at more than one file are told by the types. */
const typed = [
  ...['no-confusing-void-expression', 'no-deprecated', 'no-misused-promises', 'no-mixed-enums'],
  ...['no-unsafe-argument', 'no-unsafe-assignment', 'no-unsafe-call', 'no-unsafe-member-access'],
  ...['no-unsafe-return', 'no-unsafe-enum-comparison'],
  ...['only-throw-error', 'prefer-promise-reject-errors', 'related-getter-setter-pairs'],
  ...['require-await', 'restrict-plus-operands', 'return-await', 'switch-exhaustiveness-check'],
  ...['no-unnecessary-condition', 'no-unnecessary-boolean-literal-compare'],
  ...['no-unnecessary-template-expression', 'no-unnecessary-type-arguments'],
  ...['no-unnecessary-type-assertion', 'no-unnecessary-type-constraint'],
  ...['no-unnecessary-type-conversion', 'no-unnecessary-type-parameters'],
  ...['prefer-reduce-type-parameter', 'prefer-return-this-type', 'no-implied-eval'],
  ...['use-unknown-in-catch-callback-variable'],
];

const untyped = [
  ...['ban-ts-comment', 'no-array-constructor', 'no-unsafe-function-type', 'no-dynamic-delete'],
  ...['no-empty-object-type', 'no-explicit-any', 'no-invalid-void-type', 'no-namespace'],
  ...['no-non-null-assertion', 'no-require-imports', 'prefer-literal-enum-member'],
  ...['no-extraneous-class', 'no-generated-empty-object-type', 'no-useless-constructor'],
  ...['no-non-null-asserted-nullish-coalescing', 'unified-signatures', 'consistent-type-imports'],
];

const plain = [
  ...['no-case-declarations', 'no-fallthrough', 'no-prototype-builtins', 'no-empty', 'no-var'],
  ...['no-regex-spaces', 'no-useless-assignment', 'preserve-caught-error', 'prefer-const'],
  ...['prefer-rest-params', 'prefer-spread', 'no-console'],
];

export default {
  plugins: ['eslint', 'typescript'],
  categories: { correctness: 'error' },
  ignorePatterns: ['out', 'dist', '.tmp', 'node_modules', 'tests/fixtures/seed', 'resources'],
  rules: {
    ...named('', plain),
    ...named('typescript', [...untyped, ...typed]),
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    'max-params': ['error', 4],
    'max-depth': ['error', 3],
    complexity: ['error', 12],
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'typescript/restrict-template-expressions': ['error', { allowNumber: true }],
    'typescript/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  },
  overrides: [
    {
      files: ['protocol/**'],
      rules: room(noRoom('common|server|main|preload|renderer'), noNode, noElectron, noWs),
    },
    {
      files: ['common/**'],
      rules: room(noRoom('server|main|preload|renderer'), noNode, noElectron, noWs),
    },
    {
      files: ['server/**'],
      rules: room(noRoom('common|main|preload|renderer'), noElectron, noVue, noSimplePeer),
    },
    {
      files: ['server/calls/rules/**'],
      rules: room(noRoom('common|main|preload|renderer'), noElectron, noWs, noNode),
    },
    {
      files: ['main/**'],
      rules: room(noRoom('server|preload|renderer'), noVue, noSimplePeer, noWs),
    },
    {
      // The browser package has main/signaling and main/calls, too: only the socket of Node's own stays here.
      files: ['main/signaling/**'],
      rules: room(noRoom('server|preload|renderer'), noElectron, noVue, noSimplePeer, noNode, noWs),
    },
    {
      files: ['main/signaling/{web-socket,pinned-connection}.ts'],
      rules: room(noRoom('server|preload|renderer'), noElectron, noVue, noSimplePeer),
    },
    {
      files: ['main/calls/**'],
      rules: room(noRoom('server|preload|renderer'), noElectron, noWs, noVue, noNode),
    },
    {
      files: ['preload/**'],
      rules: room(noRoom('server|main|renderer'), noVue, noWs, noSimplePeer, noNode),
    },
    {
      files: ['renderer/**'],
      rules: room(noRoom('server|main|preload'), noElectron, noWs, noNode, noSimplePeer),
    },
    {
      files: ['renderer/media/**', 'renderer/caller/**'],
      rules: room(noRoom('server|main|preload'), noElectron, noWs, noNode, noSimplePeer, noVue),
    },
    {
      // The contact Echo is a page of the app that calls as any other page does.
      files: ['renderer/echo/**'],
      rules: roomWithCaller(
        noRoom('server|main|preload'),
        only('peal-caller', ['connect'], 'Echo signs in, and needs nothing else of the package.'),
        noElectron,
        noWs,
        noNode,
        noSimplePeer,
        noVue,
      ),
    },
    {
      files: ['renderer/media/rtc-peer.ts'],
      rules: room(noRoom('server|main|preload'), noElectron, noWs, noNode, noVue),
    },
    {
      files: ['peal-caller/**'],
      rules: room(
        noRoom('server|preload'),
        only('renderer', ['caller/**', 'media/**'], 'A page of the app is not for the package.'),
        only(
          'main',
          [
            ...['signaling/**', 'calls/rules/**', 'clock', 'log'],
            ...['call-store', 'call-commands', 'ring-report', 'ports'].map(
              (name) => `calls/${name}`,
            ),
          ],
          'Of main, the package has what keeps the calls, and the signaling client but for its socket.',
          ['signaling/web-socket'],
        ),
        noElectron,
        noWs,
        noNode,
        noSimplePeer,
        noVue,
      ),
    },
    {
      files: ['tests/**'],
      rules: {
        'max-lines-per-function': 'off',
        'max-lines': 'off',
        'typescript/no-non-null-assertion': 'off',
      },
    },
    { files: ['scripts/**', 'bench/**', 'server/cli.ts'], rules: { 'no-console': 'off' } },
    {
      // They are written without types.
      files: ['*.js', 'scripts/**/*.{js,mjs}', 'bench/**/*.{mjs,cjs}', 'tests/**/*.mjs'],
      rules: Object.fromEntries(
        [...typed, 'restrict-template-expressions'].map((name) => [`typescript/${name}`, 'off']),
      ),
    },
  ],
};
