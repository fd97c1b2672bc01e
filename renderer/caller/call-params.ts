/** Checks of what an application hands in. All problems at once, in words for its developer. */
import type { LocalConstraints } from '../media/ports';
import type { ICallConstraints, ICameraVideoProfile, IMicphoneAudioProfile } from './types';

const requiredCallbacks = [
  'onRinging',
  'onAccept',
  'onHungup',
  'onTrackReady',
  'onMemberModify',
  'onMediaModify',
] as const;
const optionalCallbacks = ['onAudioMuteChange', 'onVideoMuteChange', 'onLinkStateChange'] as const;

type Fields = Partial<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** @throws Error with every problem joined. */
export function checkCallParams(params: unknown): void {
  if (!isObject(params)) throw new Error('call: the parameters must be an object');
  const { targetId, mediaType } = params;
  failOn([
    ...(typeof targetId === 'string' && targetId !== ''
      ? []
      : ['targetId must be a non-empty string']),
    ...(mediaType === 1 || mediaType === 2 ? [] : ['mediaType must be 1 or 2']),
    ...listenerProblems(params['listener']),
    ...constraintProblems(params['constraints']),
    ...['extra', 'pushTitle', 'pushContent']
      .filter((name) => params[name] !== undefined && typeof params[name] !== 'string')
      .map((name) => `${name} must be a string`),
  ]);
}

/** @throws Error with every problem joined. */
export function checkListener(listener: unknown): void {
  failOn(listenerProblems(listener));
}

/** accept() alone wants frameRate and resolution with every `video`. @throws Error with every problem joined. */
export function checkAcceptConstraints(constraints: unknown): void {
  const video = isObject(constraints) ? constraints['video'] : undefined;
  const missing = isObject(video)
    ? ['frameRate', 'resolution'].filter((name) => video[name] === undefined)
    : [];
  failOn([
    ...constraintProblems(constraints),
    ...missing.map((name) => `constraints.video.${name} is required`),
  ]);
}

function failOn(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('; '));
}

function listenerProblems(listener: unknown): string[] {
  if (!isObject(listener)) return ['listener must be an object'];
  const missing = requiredCallbacks.filter((name) => typeof listener[name] !== 'function');
  const wrong = optionalCallbacks.filter(
    (name) => listener[name] !== undefined && typeof listener[name] !== 'function',
  );
  return [...missing, ...wrong].map((name) => `listener.${name} must be a function`);
}

function constraintProblems(constraints: unknown): string[] {
  if (constraints === undefined) return [];
  if (!isObject(constraints)) return ['constraints must be an object'];
  const { video, audio } = constraints;
  return [
    ...(video === undefined ? [] : videoProblems(video)),
    ...(audio === undefined || isObject(audio) ? [] : ['constraints.audio must be an object']),
  ];
}

function videoProblems(video: unknown): string[] {
  if (!isObject(video)) return ['constraints.video must be an object'];
  const { frameRate, resolution } = video;
  return [
    ...(frameRate === undefined || frameRateOf(frameRate)
      ? []
      : ['constraints.video.frameRate must look like FPS_15']),
    ...(resolution === undefined || sizeOf(resolution)
      ? []
      : ['constraints.video.resolution must look like W640_H480']),
  ];
}

function frameRateOf(value: unknown): number | undefined {
  const match = typeof value === 'string' ? /^FPS_(\d{1,3})$/.exec(value) : null;
  return match ? Number(match[1]) : undefined;
}

function sizeOf(value: unknown): { width: number; height: number } | undefined {
  const match = typeof value === 'string' ? /^W(\d{2,4})_H(\d{2,4})$/.exec(value) : null;
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** The documented profiles in the browser's terms: a wish for sizes and rates, a demand for a named device. */
export function toLocalConstraints(constraints: ICallConstraints | undefined): LocalConstraints {
  return {
    ...(constraints?.audio && { audio: audioConstraints(constraints.audio) }),
    ...(constraints?.video && { video: videoConstraints(constraints.video) }),
  };
}

function audioConstraints(profile: IMicphoneAudioProfile): MediaTrackConstraints {
  const { micphoneId, sampleRate } = profile;
  return {
    ...(micphoneId !== undefined && { deviceId: { exact: micphoneId } }),
    ...(sampleRate !== undefined && { sampleRate: { ideal: sampleRate } }),
  };
}

function videoConstraints(profile: ICameraVideoProfile): MediaTrackConstraints {
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
