/** What the phone says by itself. The files are made by scripts/sounds.mjs (npm run sounds). */
// Never inlined: the pages' policy plays files only.
import beep from './beep.wav?no-inline';
import busy from './busy.wav?no-inline';
import echoEn from './echo-en.wav?no-inline';
import echoZh from './echo-zh.wav?no-inline';
import ended from './ended.wav?no-inline';
import ring from './ring.wav?no-inline';
import ringClassic from './ring-classic.wav?no-inline';
import ringMarimba from './ring-marimba.wav?no-inline';
import ringPulse from './ring-pulse.wav?no-inline';
import ringSoft from './ring-soft.wav?no-inline';
import ringback from './ringback.wav?no-inline';
import test from './test.wav?no-inline';
import { computerDevices, pageClock } from '../media/computer-devices';
import { type Play, createPlayer } from './player';

export type { Play } from './player';

/** The rings, ringback and busy end with a silence and are meant to be repeated. */
export const soundUrls = {
  ...{ beep, busy, echoEn, echoZh, ended, ringback, test },
  ...{ ring, ringClassic, ringMarimba, ringSoft, ringPulse },
} as const;

export type Sound = keyof typeof soundUrls;

/** In a page: `const stop = play('ring', { loop: true, sinkId })`. */
export const play: Play = createPlayer({
  createElement: (sound) => new Audio(soundUrls[sound]),
  watchSpeakers: (listener) =>
    computerDevices().watch(({ speaker }) =>
      listener(speaker.areHidden ? null : speaker.devices.map(({ deviceId }) => deviceId)),
    ),
  after: (ms, task) => pageClock.after(ms, task),
  // eslint-disable-next-line no-console -- a page has no other log; main copies it into its own
  warn: (message, cause) => console.warn(message, cause),
});
