/**
 * When sound is first played, found out in the same way for every contender: Chromium un-mutes a track with the
 * description, before any packet, so a page cannot tell by itself. Must come to the page before its connection is made.
 */
import type { Page } from '../../scripts/lib/devtools';
import { waitFor } from '../../tests/support/wait';

export const soundMark = 'bench:sound';

const lookMs = 5;
const watch = `if (!window.soundIsWatched) {
  window.soundIsWatched = true;
  const markWhenPlayed = (receiver) => {
    if (receiver.getSynchronizationSources().length > 0) performance.mark('${soundMark}');
    else setTimeout(() => markWhenPlayed(receiver), ${lookMs});
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args) {
      super(...args);
      this.addEventListener('track', ({ track, receiver, transceiver }) => {
        if (track.kind === 'audio' && transceiver.mid === '0') markWhenPlayed(receiver);
      });
    }
  };
}`;

/** Not the empty document of its beginning. */
const isLoaded = `location.pathname.endsWith('.html') && document.readyState === 'complete'`;

export async function watchSound(page: Page): Promise<void> {
  await waitFor(() => page.evaluate<boolean>(isLoaded).catch(() => false), {
    what: 'the call page',
  });
  await page.evaluate(watch);
}
