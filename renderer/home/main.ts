import { createPinia } from 'pinia';
import { createApp } from 'vue';
import type { HomeApi } from '#common/window-api';
import { createPealI18n } from '../locales';
import '../ui/base.css';
import { createPictures, picturesKey } from '../ui/pictures';
import HomeApp from './HomeApp.vue';
import { homeApiKey } from './home-api';

/** Preload put it there; common/window-api.ts is the contract. */
const { peal } = window as unknown as { readonly peal: HomeApi };

createApp(HomeApp)
  .use(createPinia())
  .use(createPealI18n(peal.onSettingsChanged))
  .provide(homeApiKey, peal)
  .provide(picturesKey, createPictures(peal.findPicture))
  .mount('#app');
