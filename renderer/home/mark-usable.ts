import { watch } from 'vue';
import { afterSecondFrame } from '../ui/after-paint';
import type { HomePage } from './stores/session';

/** Notes on the page's timeline when a person can begin, for the benches: the question, or the people, are painted. */
export function markUsable(page: () => HomePage): void {
  const stop = watch(
    page,
    (now) => {
      if (now !== 'welcome' && now !== 'phone') return;
      queueMicrotask(() => stop());
      const request = (callback: () => void): number => requestAnimationFrame(callback);
      const cancel = (handle: number): void => cancelAnimationFrame(handle);
      afterSecondFrame({ request, cancel }, () => performance.mark('peal:usable'));
    },
    { immediate: true, flush: 'post' },
  );
}
