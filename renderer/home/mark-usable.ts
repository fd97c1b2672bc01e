import { watch } from 'vue';
import { afterSecondFrame, pageFrames } from '../ui/after-paint';
import type { HomePage } from './stores/session';

/** Notes on the page's timeline when a person can begin, for the benches: the question, or the people, are painted. */
export function markUsable(page: () => HomePage): void {
  const stop = watch(
    page,
    (now) => {
      if (now !== 'welcome' && now !== 'phone') return;
      queueMicrotask(() => stop());
      afterSecondFrame(pageFrames, () => performance.mark('peal:usable'));
    },
    { immediate: true, flush: 'post' },
  );
}
