/** What holds until somebody chooses. Apart from the schemas: a page that needs these must not load the validator. */
import type { AppSettings } from './settings';

export const defaultAppSettings: AppSettings = {
  language: 'system',
  theme: 'system',
  devices: { microphone: null, camera: null, speaker: null, ringSpeaker: null },
  ring: {
    volume: 100,
    tone: 'peal',
    tones: {},
    onBothSpeakers: false,
    acceptKeys: 'CommandOrControl+Shift+A',
    declineKeys: 'CommandOrControl+Shift+D',
    followsSystem: true,
  },
  awayAfterMinutes: 10,
  miniOnBlur: false,
  startsAtSignIn: false,
  opensPhoneLinks: false,
};
