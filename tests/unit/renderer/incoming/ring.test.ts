import { describe, expect, it } from 'vitest';
import { effectScope, ref } from 'vue';
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings } from '#common/settings';
import { useRing } from '../../../../renderer/incoming/use-ring';
import { Loudspeaker } from '../sounds/loudspeaker';

const ringingOn = (deviceId: string, ring: Partial<AppSettings['ring']> = {}): AppSettings => ({
  ...defaultAppSettings,
  devices: { ...defaultAppSettings.devices, ringSpeaker: { deviceId, label: deviceId } },
  ring: { ...defaultAppSettings.ring, ...ring },
});

function bench(settings: Promise<AppSettings> = Promise.resolve(defaultAppSettings)) {
  const speaker = new Loudspeaker();
  const rings = ref(false);
  const ringer = ref('anna');
  let change: (settings: AppSettings) => void = () => undefined;
  const scope = effectScope();
  scope.run(() =>
    useRing(() => (rings.value ? ringer.value : null), {
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
  return { speaker, rings, ringer, scope, change: (next: AppSettings) => change(next) };
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

  it('is as loud as was chosen, and silent at nothing', async () => {
    const { speaker, rings, change } = bench(Promise.resolve(ringingOn('desk', { volume: 40 })));
    await settled();
    rings.value = true;
    expect(speaker.plays).toMatchObject([{ sinkId: 'desk', volume: 0.4 }]);
    change(ringingOn('desk', { volume: 0 }));
    expect(speaker.plays).toEqual([]);
  });

  it('is the one of whoever calls, where that person has one', async () => {
    const ring = { tone: 'soft', tones: { bao: 'marimba' } } as const;
    const { speaker, rings, ringer } = bench(Promise.resolve(ringingOn('desk', ring)));
    await settled();
    rings.value = true;
    expect(speaker.plays).toMatchObject([{ sound: 'ringSoft' }]);
    ringer.value = 'bao';
    expect(speaker.plays).toMatchObject([{ sound: 'ringMarimba' }]);
  });

  it('is heard on the loudspeaker of calls, too, where that was chosen, and never twice on one', async () => {
    const both = bench(Promise.resolve(ringingOn('desk', { onBothSpeakers: true })));
    const one = bench(
      Promise.resolve({
        ...defaultAppSettings,
        ring: ringingOn('', { onBothSpeakers: true }).ring,
      }),
    );
    await settled();
    both.rings.value = true;
    one.rings.value = true;
    expect(both.speaker.plays.map(({ sinkId }) => sinkId)).toEqual(['desk', '']);
    expect(one.speaker.plays.map(({ sinkId }) => sinkId)).toEqual(['']);
    both.rings.value = false;
    expect(both.speaker.plays).toEqual([]);
  });

  it('goes on while something else is set', async () => {
    const { speaker, rings, change } = bench(Promise.resolve(ringingOn('desk')));
    await settled();
    rings.value = true;
    change({ ...ringingOn('desk'), theme: 'dark' });
    expect(speaker.heard).toEqual(['ring']);
  });

  it('ends with the page', async () => {
    const { speaker, rings, scope } = bench();
    await settled();
    rings.value = true;
    scope.stop();
    expect(speaker.plays).toEqual([]);
  });
});
