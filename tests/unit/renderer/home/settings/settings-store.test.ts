import { expect, it } from 'vitest';
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings } from '#common/settings';
import { useSettings } from '#renderer/home/stores/settings';
import { onHomePage } from '../support/home-page';

const headset = { deviceId: 'h1', label: 'Headset' };

it('two devices that are chosen before main has answered are both kept', async () => {
  let kept: AppSettings = defaultAppSettings;
  const store = onHomePage(
    {
      getSettings: () => Promise.resolve(kept),
      setSettings: (change) => Promise.resolve((kept = { ...kept, ...change })),
      chooseDevices: (change) =>
        Promise.resolve((kept = { ...kept, devices: { ...kept.devices, ...change } })),
      onSettingsChanged: () => () => undefined,
    },
    useSettings,
  );
  await store.start();
  await Promise.all([
    store.chooseDevice('microphone', headset),
    store.chooseDevice('speaker', headset),
  ]);
  const devices = { ...defaultAppSettings.devices, microphone: headset, speaker: headset };
  expect(kept.devices).toEqual(devices);
  expect(store.settings?.devices).toEqual(devices);
});
