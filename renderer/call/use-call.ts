/** The controller as Vue sees it. Shallow: tracks and sessions in the view must never become reactive. */
import { type ShallowRef, computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { CallController } from './call-controller';
import type { CallPorts } from './ports';
import { emptyView } from './call-view';
import { formatElapsed, msToNextSecond } from './elapsed';
import { firstLookLater } from './first-look';

export function useCall(ports: CallPorts) {
  const view = shallowRef(emptyView);
  const show = firstLookLater((next) => {
    view.value = next;
  }, ports.after);
  const controller = new CallController(ports, show);
  controller.start();
  return { view, controller, ...useTimer(ports, controller, view) };
}

/** Counts from the connection on, in steps that end with the second, and stands still at the end. */
function useTimer(
  ports: CallPorts,
  controller: CallController,
  view: ShallowRef<{ readonly phase: string }>,
) {
  const elapsedMs = ref(0);
  let cancel: (() => void) | undefined;

  function tick(): void {
    elapsedMs.value = controller.elapsedMs();
    cancel?.();
    cancel = ports.after(msToNextSecond(elapsedMs.value), tick);
  }

  const isRunning = computed(() => {
    const { phase } = view.value;
    // Whoever waits alone in a call that was one goes on counting.
    if (phase === 'ringing' || phase === 'dialing') return controller.elapsedMs() > 0;
    return ['connecting', 'active', 'reconnecting'].includes(phase);
  });
  watch(isRunning, (runs) => {
    if (runs) tick();
    else cancel?.();
  });
  onScopeDispose(() => cancel?.());

  return { time: computed(() => formatElapsed(elapsedMs.value)), isRunning };
}
