/** What oxlint.config.js cannot judge: the files of Vue, with their templates, by their types. */
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

const isVue = { files: ['**/*.vue'] };

export default tseslint.config(
  { ignores: ['**/*.{js,mjs,cjs,ts,mts}', 'out/', 'dist/', '.tmp/', 'node_modules/'] },
  ...[...tseslint.configs.strictTypeChecked, ...vue.configs['flat/recommended']].map((config) => ({
    ...isVue,
    ...config,
  })),
  // How code looks is Prettier's alone.
  prettier,
  {
    ...isVue,
    languageOptions: {
      parserOptions: {
        parser: tseslint.parser,
        project: ['./tsconfig.web.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
);
