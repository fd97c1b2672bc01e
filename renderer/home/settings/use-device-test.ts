/** The test of the devices as Vue sees it: runs while the settings show it, and nobody can see it otherwise. */
import { useDocumentVisibility } from '@vueuse/core';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { computerDevices, createMedia } from '../../media';
import { useHomeApi } from '../home-api';
import { useSettings } from '../stores/settings';
import { DeviceTest, emptyDeviceTest } from './device-test';

/** Of the page, not of who shows it: the settings may be opened again before the former test has ended. */
let former: Promise<unknown> = Promise.resolve();

export function useDeviceTest() {
  const api = useHomeApi();
  const store = useSettings();
  const visibility = useDocumentVisibility();
  const view = shallowRef(emptyDeviceTest);
  const test = shallowRef<DeviceTest>();

  function stop(): void {
    if (test.value) former = test.value.stop();
    test.value = undefined;
  }

  watch(
    [visibility, () => store.settings?.devices],
    ([seen, choices]) => {
      if (seen !== 'visible') stop();
      else if (choices && test.value) test.value.choose(choices);
      else if (choices) {
        const ports = {
          former,
          allow: (on: boolean) => api.testDevices({ on }),
          media: createMedia(),
          list: computerDevices(),
          show: (next: typeof emptyDeviceTest) => void (view.value = next),
        };
        test.value = new DeviceTest(ports, choices);
      }
    },
    { immediate: true },
  );
  onScopeDispose(stop);

  return { view, test };
}
