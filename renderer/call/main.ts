import { createApp } from 'vue';
import type { CallApi } from '#common/window-api';
import { createPealI18n } from '../locales';
import { computerDevices, createMedia } from '../media';
import '../ui/base.css';
import { createPictures, picturesKey } from '../ui/pictures';
import type { CallPorts } from './ports';
import CallApp from './CallApp.vue';
import { createMarks } from './marks';

/** Preload put it there; common/window-api.ts is the contract. */
const { peal } = window as unknown as { readonly peal: CallApi };

/** By then the first look of the window is there. */
const tilesAfterMs = 500;

const ports: CallPorts = {
  peal,
  media: createMedia(),
  devices: computerDevices(),
  mark: createMarks(performance),
  // eslint-disable-next-line no-console -- a page has no other log; main copies it into its own
  warn: (message, cause) => console.warn(message, cause),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

createApp(CallApp, { ports })
  .use(createPealI18n(peal.onSettingsChanged))
  .provide(picturesKey, createPictures(peal.findPicture))
  .mount('#app');

// A hidden window would work out its look when it is shown. Asking for a size does so now, while nobody waits.
document.body.getBoundingClientRect();

// The tiles of a group call are part of no other call's look; whoever waits for one does not wait for them, too.
ports.after(tilesAfterMs, () => {
  Promise.all([import('./MemberGrid.vue'), import('./mini/MiniCall.vue')]).catch((cause: unknown) =>
    ports.warn('the tiles or the mini window are not here', cause),
  );
});
