/** Lets the plain TypeScript of the linter see single-file components; vue-tsc reads the real ones. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent<object, object, unknown>;
  export default component;
}

/** A picture of the project: the build gives its address. */
declare module '*.svg' {
  const url: string;
  export default url;
}

/** The version of this copy; the build puts it in (electron.vite.config.ts). */
declare const __PEAL_VERSION__: string;
