/** The page's own (generated) microphone and camera, opened as a call opens them. */
import type { ICallConstraints } from '#renderer/caller/types';
import { toLocalConstraints } from '#renderer/caller/media-profiles';
import { createMedia } from '#renderer/media/index';
import type { MediaWishes } from '#renderer/media/ports';
import type { OpenedDevices } from './lab-api';

export async function openDevices(
  wants: MediaWishes,
  constraints?: unknown,
): Promise<OpenedDevices> {
  const local = toLocalConstraints(constraints as ICallConstraints | undefined);
  const opened = await createMedia().openLocal(wants, local);
  if (!opened.ok) return { voice: null, camera: null, problem: words(opened.error) };
  const { voice, camera, cameraProblem } = opened.value;
  const settings = {
    voice: { ...voice.getSettings() },
    camera: camera ? { ...camera.getSettings() } : null,
    problem: cameraProblem ? words(cameraProblem) : null,
  };
  voice.stop();
  camera?.stop();
  return settings;
}

export async function listDevices(): Promise<{ kind: string; deviceId: string }[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.map(({ kind, deviceId }) => ({ kind, deviceId }));
}

const words = ({ device, detail }: { device: string; detail: string }): string =>
  `${device} ${detail}`;
