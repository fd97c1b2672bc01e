import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

const no = (regex, message) => ({ regex, message });
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

export default tseslint.config(
  { ignores: ['out/', 'dist/', '.tmp/', 'node_modules/', 'tests/fixtures/seed/', 'resources/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  // How code looks is Prettier's alone.
  prettier,
  {
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.node.json',
          './tsconfig.preload.json',
          './tsconfig.web.json',
          './tsconfig.caller.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      complexity: ['error', 12],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-redeclare': 'off',
      'no-redeclare': 'off',
      'no-undef': 'off',
    },
  },
  {
    // With extra extensions the parser keeps its programs open for changes, which makes each file dearer: not for all.
    files: ['**/*.vue'],
    languageOptions: {
      parserOptions: {
        parser: tseslint.parser,
        project: ['./tsconfig.web.json'],
        extraFileExtensions: ['.vue'],
      },
    },
  },
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
  { files: ['main/**'], rules: room(noRoom('server|preload|renderer'), noVue, noSimplePeer, noWs) },
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
      no('^#peal-caller/(?!connect$)', 'Echo signs in, and needs nothing else of the package.'),
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
      no('^#renderer/(?!(caller|media)/)', 'A page of the app is not for the package.'),
      no(
        '^#main/(?!(signaling|calls/rules)/|calls/(call-store|call-commands|ring-report|ports)$|(clock|log)$)',
        'Of main, the package has the signaling client and what keeps the calls.',
      ),
      no('^#main/signaling/web-socket$', 'A page has a WebSocket of its own.'),
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
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['scripts/**', 'bench/**', 'server/cli.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['*.js', 'scripts/**/*.{js,mjs}', 'bench/**/*.{mjs,cjs}', 'tests/**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
);
