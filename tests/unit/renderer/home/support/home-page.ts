/** Home's stores without a page: pinia over a main process that the test plays. */
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import type { HomeApi } from '#common/window-api';
import { homeApiKey } from '../../../../../renderer/home/home-api';

/** Runs `use` as home's components would; whatever the test does not play is not there. */
export function onHomePage<T>(api: Partial<HomeApi>, use: () => T): T {
  const app = createApp({});
  app.use(createPinia()).provide(homeApiKey, api as HomeApi);
  return app.runWithContext(use);
}
