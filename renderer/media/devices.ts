/**
 * Opens the microphone and the camera. A failed opening leaves nothing open: what was opened on the way is stopped
 * before the problem is reported.
 */
import { type Result, err, ok } from '#protocol/result';
import type { LocalConstraints, LocalMedia, MediaProblem, MediaWishes } from './ports';

/** The browser's part that is used here, so that tests can stand in for it. */
export type GetUserMedia = (constraints: MediaStreamConstraints) => Promise<MediaStream>;

type Device = MediaProblem['device'];

const microphoneDefaults: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

const cameraDefaults: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

const details: Readonly<Record<string, MediaProblem['detail']>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
};

/**
 * Both at once, since that is faster and asks the person once. The browser then does not say which of the two failed:
 * each is tried alone.
 */
export async function openLocal(
  getUserMedia: GetUserMedia,
  wants: MediaWishes,
  constraints: LocalConstraints = {},
): Promise<Result<LocalMedia, MediaProblem>> {
  const audio = { ...microphoneDefaults, ...constraints.audio };
  if (!wants.video) return openVoice(getUserMedia, audio);
  const video = { ...cameraDefaults, ...constraints.video };
  const both = await open(getUserMedia, { audio, video });
  if (both.ok) return takeBoth(both.value);
  return openOneByOne(getUserMedia, { audio, video }, wants.orVoiceAlone === true);
}

export async function openCamera(
  getUserMedia: GetUserMedia,
  constraints: MediaTrackConstraints = {},
): Promise<Result<MediaStreamTrack, MediaProblem>> {
  return openOne(getUserMedia, 'camera', { video: { ...cameraDefaults, ...constraints } });
}

async function openVoice(
  getUserMedia: GetUserMedia,
  audio: MediaTrackConstraints,
): Promise<Result<LocalMedia, MediaProblem>> {
  const voice = await openOne(getUserMedia, 'microphone', { audio });
  return voice.ok ? ok({ voice: voice.value }) : voice;
}

async function openOneByOne(
  getUserMedia: GetUserMedia,
  { audio, video }: Required<LocalConstraints>,
  orVoiceAlone: boolean,
): Promise<Result<LocalMedia, MediaProblem>> {
  const voice = await openOne(getUserMedia, 'microphone', { audio });
  if (!voice.ok) return voice;
  const camera = await openOne(getUserMedia, 'camera', { video });
  if (camera.ok) return ok({ voice: voice.value, camera: camera.value });
  if (orVoiceAlone) return ok({ voice: voice.value, cameraProblem: camera.error });
  voice.value.stop();
  return camera;
}

async function openOne(
  getUserMedia: GetUserMedia,
  device: Device,
  constraints: MediaStreamConstraints,
): Promise<Result<MediaStreamTrack, MediaProblem>> {
  const opened = await open(getUserMedia, constraints);
  if (!opened.ok) return err({ device, detail: opened.error });
  const [track, ...others] = opened.value.getTracks();
  for (const other of others) other.stop();
  return track ? ok(track) : err({ device, detail: 'failed' });
}

async function open(
  getUserMedia: GetUserMedia,
  constraints: MediaStreamConstraints,
): Promise<Result<MediaStream, MediaProblem['detail']>> {
  try {
    return ok(await getUserMedia(constraints));
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    return err(details[name] ?? 'failed');
  }
}

function takeBoth(stream: MediaStream): Result<LocalMedia, MediaProblem> {
  const [voice] = stream.getAudioTracks();
  const [camera] = stream.getVideoTracks();
  if (voice && camera) return ok({ voice, camera });
  for (const track of stream.getTracks()) track.stop();
  return err({ device: voice ? 'camera' : 'microphone', detail: 'failed' });
}
