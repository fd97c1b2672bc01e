/**
 * A device that was unplugged ends its track: everybody who cares listens for `ended`. Chromium says so by itself on
 * most systems; where the sound server moves the recording to another source instead (PulseAudio, PipeWire: even to
 * what the loudspeaker plays), the track stays live with sound that nobody meant. There the list of devices tells.
 */
import { type DeviceList, type DevicesOfKind, isSystemsChoice } from './device-list';

/** From now on the track ends with its device. */
export function endWithDevice(track: MediaStreamTrack, list: Pick<DeviceList, 'watch'>): void {
  const kind = track.kind === 'audio' ? 'microphone' : 'camera';
  const stop = list.watch((devices) => {
    // A page that stops a track hears no event of it: the next look finds it ended.
    if (track.readyState !== 'ended' && isThere(track, devices[kind])) return;
    stop();
    if (track.readyState === 'ended') return;
    track.stop();
    // This end has another author than the page: whoever listens shall hear of it.
    track.dispatchEvent(new Event('ended'));
  });
  track.addEventListener('ended', stop, { once: true });
}

function isThere(track: MediaStreamTrack, { devices, isAny, areHidden }: DevicesOfKind): boolean {
  const { deviceId } = track.getSettings();
  // Where ids are hidden the list tells of kinds only.
  if (areHidden) return true;
  if (isSystemsChoice(deviceId)) return isAny;
  return devices.some((device) => device.deviceId === deviceId);
}
