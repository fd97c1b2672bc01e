/** The page's own list of devices. Apart from the links, for pages that only play sounds. */
import { BrowserDeviceList, type DeviceList } from './device-list';
import type { Clock } from './link-peer';

export const pageClock: Clock = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

let devices: DeviceList | undefined;

/** One for the whole page, made when it is first needed: a page that is not secure has no devices. */
export function computerDevices(): DeviceList {
  devices ??= new BrowserDeviceList(navigator.mediaDevices, pageClock);
  return devices;
}
