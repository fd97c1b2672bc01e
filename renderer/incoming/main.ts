import { createApp } from 'vue';
import type { IncomingApi } from '#common/window-api';
import { createPealI18n } from '../locales';
import '../ui/base.css';
import { createPictures, picturesKey } from '../ui/pictures';
import IncomingApp from './IncomingApp.vue';

/** Preload put it there; common/window-api.ts is the contract. */
const { peal } = window as unknown as { readonly peal: IncomingApi };

createApp(IncomingApp, { peal })
  .use(createPealI18n(peal.onSettingsChanged))
  .provide(picturesKey, createPictures(peal.findPicture))
  .mount('#app');
