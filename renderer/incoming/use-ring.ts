/** The ringtone: for as long as a call rings here, on the loudspeaker that was chosen for it. */
import { onScopeDispose, ref, watch } from 'vue';
import type { AppSettings } from '#common/settings';
import type { IncomingApi } from '#common/window-api';
import type { Play } from '../sounds/player';

export interface RingPorts {
  readonly peal: Pick<IncomingApi, 'getSettings' | 'onSettingsChanged'>;
  readonly play: Play;
}

/** Must be called in a setup. Silent within the tick in which `isRinging` becomes false. */
export function useRing(isRinging: () => boolean, { peal, play }: RingPorts): void {
  /** Null: not known yet. A ring on the wrong loudspeaker would be worse than one that is a moment late. */
  const speaker = ref<string | null>(null);
  const systems = '';

  function take({ devices }: AppSettings): void {
    speaker.value = devices.ringSpeaker?.deviceId ?? systems;
  }

  onScopeDispose(peal.onSettingsChanged(take));
  peal.getSettings().then(
    (settings) => {
      if (speaker.value === null) take(settings);
    },
    () => {
      speaker.value ??= systems;
    },
  );

  watch(
    [isRinging, speaker] as const,
    ([rings, sinkId], _before, onCleanup) => {
      if (rings && sinkId !== null) onCleanup(play('ring', { loop: true, sinkId }));
    },
    { immediate: true, flush: 'sync' },
  );
}
