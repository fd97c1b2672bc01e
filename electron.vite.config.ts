import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
  readonly version: string;
};

/** Native modules and optional accelerators stay outside the bundle; everything else is bundled. */
const external = ['libsql', '@node-rs/argon2', 'pg', 'pg-native', 'bufferutil', 'utf-8-validate'];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // By hand: electron-vite derives it from the package's major, and the code must run on the older runtime too.
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: at('main/index.ts'),
          'embedded-server': at('server/embedded.ts'),
          'peal-server': at('server/cli.ts'),
        },
        external,
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20.18',
      // A sandboxed preload can require nothing but electron: each is one file with everything in it.
      isolatedEntries: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          home: at('preload/home.ts'),
          incoming: at('preload/incoming.ts'),
          call: at('preload/call.ts'),
          echo: at('preload/echo.ts'),
        },
        // … and CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [vue()],
    define: { __PEAL_VERSION__: JSON.stringify(version) },
    build: {
      outDir: at('out/renderer'),
      target: 'chrome130',
      minify: true,
      rolldownOptions: {
        input: {
          home: at('renderer/home.html'),
          incoming: at('renderer/incoming.html'),
          call: at('renderer/call.html'),
          echo: at('renderer/echo.html'),
        },
      },
    },
  },
});
