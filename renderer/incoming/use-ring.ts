/** The ringtone: for as long as a call rings here, in the way that was chosen for whoever calls. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings } from '#common/settings';
import type { IncomingApi } from '#common/window-api';
import type { Play } from '../sounds/player';
import { ringPlan } from './ring-plan';

export interface RingPorts {
  readonly peal: Pick<IncomingApi, 'getSettings' | 'onSettingsChanged'>;
  readonly play: Play;
}

/** Must be called in a setup. It ends within the tick in which nobody rings any more. */
export function useRing(ringerId: () => string | null, { peal, play }: RingPorts): void {
  /** Null: not known yet. A ring on the wrong loudspeaker would be worse than one that is a moment late. */
  const settings = shallowRef<AppSettings | null>(null);

  onScopeDispose(
    peal.onSettingsChanged((changed) => {
      settings.value = changed;
    }),
  );
  peal.getSettings().then(
    (first) => {
      settings.value ??= first;
    },
    () => {
      settings.value ??= defaultAppSettings;
    },
  );

  /** As text: what else is set meanwhile must not begin the ring anew. */
  const plan = computed(() => {
    const id = ringerId();
    return id === null || !settings.value ? null : JSON.stringify(ringPlan(id, settings.value));
  });

  watch(
    plan,
    (now, _before, onCleanup) => {
      if (now === null) return;
      const { sound, volume, sinkIds } = JSON.parse(now) as ReturnType<typeof ringPlan>;
      const stops = sinkIds.map((sinkId) => play(sound, { loop: true, sinkId, volume }));
      onCleanup(() => {
        for (const stop of stops) stop();
      });
    },
    { immediate: true, flush: 'sync' },
  );
}
