/** The media room's door: joins its parts with the browser's clock, devices and connections. */
import { BrowserDeviceList, type DeviceList } from './device-list';
import { endWithDevice } from './device-loss';
import { type GetUserMedia, openCamera, openLocal } from './devices';
import { Link } from './link';
import type { Clock } from './link-peer';
import { PeerMesh } from './peer-mesh';
import type { MediaPort } from './ports';
import { RtcPeer } from './rtc-peer';

const clock: Clock = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

let devices: DeviceList | undefined;

/** One for the whole page, made when it is first needed: a page that is not secure has no devices. */
export function computerDevices(): DeviceList {
  devices ??= new BrowserDeviceList(navigator.mediaDevices, clock);
  return devices;
}

const getUserMedia: GetUserMedia = async (constraints) => {
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  for (const track of stream.getTracks()) endWithDevice(track, computerDevices());
  return stream;
};

export function createMedia(): MediaPort {
  const ports = {
    clock,
    createPeer: (...args: ConstructorParameters<typeof RtcPeer>) => new RtcPeer(...args),
    newLinkId: () => crypto.randomUUID(),
  };
  return {
    openLocal: (wants, constraints) => openLocal(getUserMedia, wants, constraints),
    openCamera: (constraints) => openCamera(getUserMedia, constraints),
    createMesh: (callId, viewer, handlers) =>
      new PeerMesh(
        { callId, viewer },
        handlers,
        (options, linkHandlers) => new Link(options, ports, linkHandlers),
      ),
  };
}
