/** The media room's door: joins its parts with the browser's clock, devices and connections. */
import { computerDevices, pageClock } from './computer-devices';
import { endWithDevice } from './device-loss';
import { type GetUserMedia, openCamera, openLocal } from './devices';
import { Link } from './link';
import { PeerMesh } from './peer-mesh';
import type { MediaPort } from './ports';
import { RtcPeer } from './rtc-peer';

export { computerDevices } from './computer-devices';

const getUserMedia: GetUserMedia = async (constraints) => {
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  for (const track of stream.getTracks()) endWithDevice(track, computerDevices());
  return stream;
};

export function createMedia(): MediaPort {
  const ports = {
    clock: pageClock,
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
        pageClock,
      ),
  };
}
