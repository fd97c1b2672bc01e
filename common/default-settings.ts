/** What holds until somebody chooses. Apart from the schemas: a page that needs these must not load the validator. */
import type { AppSettings } from './settings';

export const defaultAppSettings: AppSettings = {
  language: 'system',
  theme: 'system',
  devices: { microphone: null, camera: null, speaker: null, ringSpeaker: null },
};
