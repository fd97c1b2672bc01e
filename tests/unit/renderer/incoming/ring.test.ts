import { describe, expect, it } from 'vitest';
import { effectScope, ref } from 'vue';
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings } from '#common/settings';
import { useRing } from '../../../../renderer/incoming/use-ring';
import { Loudspeaker } from '../sounds/loudspeaker';

const ringingOn = (deviceId: string): AppSettings => ({
  ...defaultAppSettings,
  devices: { ...defaultAppSettings.devices, ringSpeaker: { deviceId, label: deviceId } },
});

function bench(settings: Promise<AppSettings> = Promise.resolve(defaultAppSettings)) {
  const speaker = new Loudspeaker();
  const rings = ref(false);
  let change: (settings: AppSettings) => void = () => undefined;
  const scope = effectScope();
  scope.run(() =>
    useRing(() => rings.value, {
      play: speaker.play,
      peal: {
        getSettings: () => settings,
        onSettingsChanged: (listener) => {
          change = listener;
          return () => undefined;
        },
      },
    }),
  );
  return { speaker, rings, scope, change: (next: AppSettings) => change(next) };
}

const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 0));

describe('the ringtone', () => {
  it('is heard while a call rings, and not a moment longer', async () => {
    const { speaker, rings } = bench();
    await settled();
    expect(speaker.plays).toEqual([]);
    rings.value = true;
    expect(speaker.plays).toMatchObject([{ sound: 'ring', loop: true, sinkId: '' }]);
    rings.value = false;
    expect(speaker.plays).toEqual([]);
  });

  it('waits for the choice of the loudspeaker, and moves with it', async () => {
    const { speaker, rings, change } = bench(Promise.resolve(ringingOn('desk')));
    rings.value = true;
    expect(speaker.plays).toEqual([]);
    await settled();
    expect(speaker.plays).toMatchObject([{ sinkId: 'desk' }]);
    change(ringingOn('headset'));
    expect(speaker.plays).toMatchObject([{ sinkId: 'headset' }]);
  });

  it('rings on the system’s loudspeaker when the choice cannot be had', async () => {
    const { speaker, rings } = bench(Promise.reject(new Error('no answer')));
    rings.value = true;
    await settled();
    expect(speaker.plays).toMatchObject([{ sound: 'ring', sinkId: '' }]);
  });

  it('ends with the page', async () => {
    const { speaker, rings, scope } = bench();
    await settled();
    rings.value = true;
    scope.stop();
    expect(speaker.plays).toEqual([]);
  });
});
