/** The documented profiles of microphones and cameras in the browser's terms. */
import type { LocalConstraints } from '../media/ports';
import type { ICallConstraints, ICameraVideoProfile, IMicphoneAudioProfile } from './types';

/** `name` is what the application calls it. */
export function videoProblems(name: string, video: unknown): string[] {
  if (typeof video !== 'object' || video === null) return [`${name} must be an object`];
  const { frameRate, resolution, cameraId, faceMode } = video as Fields;
  return [
    ...(frameRate === undefined || frameRateOf(frameRate)
      ? []
      : [`${name}.frameRate must look like FPS_15`]),
    ...(resolution === undefined || sizeOf(resolution)
      ? []
      : [`${name}.resolution must look like W640_H480`]),
    ...deviceProblems(`${name}.cameraId`, cameraId),
    ...(faceMode === undefined || faceMode === 'user' || faceMode === 'environment'
      ? []
      : [`${name}.faceMode must be user or environment`]),
  ];
}

/** `name` as above. */
export function audioProblems(name: string, audio: unknown): string[] {
  if (typeof audio !== 'object' || audio === null) return [`${name} must be an object`];
  const { micphoneId, sampleRate } = audio as Fields;
  const isRate = typeof sampleRate === 'number' && sampleRate > 0 && Number.isFinite(sampleRate);
  return [
    ...deviceProblems(`${name}.micphoneId`, micphoneId),
    ...(sampleRate === undefined || isRate ? [] : [`${name}.sampleRate must be a positive number`]),
  ];
}

type Fields = Partial<Record<string, unknown>>;

function deviceProblems(name: string, deviceId: unknown): string[] {
  return deviceId === undefined || typeof deviceId === 'string' ? [] : [`${name} must be a string`];
}

/** A wish for sizes and rates, a demand for a named device. */
export function toLocalConstraints(constraints: ICallConstraints | undefined): LocalConstraints {
  return {
    ...(constraints?.audio && { audio: audioConstraints(constraints.audio) }),
    ...(constraints?.video && { video: videoConstraints(constraints.video) }),
  };
}

export function audioConstraints(profile: IMicphoneAudioProfile): MediaTrackConstraints {
  const { micphoneId, sampleRate } = profile;
  return {
    ...(micphoneId !== undefined && { deviceId: { exact: micphoneId } }),
    ...(sampleRate !== undefined && { sampleRate: { ideal: sampleRate } }),
  };
}

export function videoConstraints(profile: ICameraVideoProfile): MediaTrackConstraints {
  const size = sizeOf(profile.resolution);
  const frameRate = frameRateOf(profile.frameRate);
  const { cameraId, faceMode } = profile;
  return {
    ...(size && { width: { ideal: size.width }, height: { ideal: size.height } }),
    ...(frameRate !== undefined && { frameRate: { ideal: frameRate } }),
    ...(cameraId !== undefined && { deviceId: { exact: cameraId } }),
    ...(faceMode !== undefined && { facingMode: { ideal: faceMode } }),
  };
}

function frameRateOf(value: unknown): number | undefined {
  const match = typeof value === 'string' ? /^FPS_(\d{1,3})$/.exec(value) : null;
  return match ? Number(match[1]) : undefined;
}

function sizeOf(value: unknown): { width: number; height: number } | undefined {
  const match = typeof value === 'string' ? /^W(\d{2,4})_H(\d{2,4})$/.exec(value) : null;
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}
