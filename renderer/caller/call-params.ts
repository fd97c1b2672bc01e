/** Checks of what an application hands in. All problems at once, in words for its developer. */
import { limits } from '#protocol/limits';
import type { UserInfo, Viewer } from '#protocol/snapshot';
import { linePattern, textPattern } from '#protocol/text';
import { isUserInfoSmall } from '#protocol/user-info';
import { audioProblems, videoProblems } from './media-profiles';

const requiredCallbacks = [
  'onRinging',
  'onAccept',
  'onHungup',
  'onTrackReady',
  'onMemberModify',
  'onMediaModify',
] as const;
const optionalCallbacks = [
  'onAudioMuteChange',
  'onVideoMuteChange',
  'onTrackPublishFail',
  'onLinkStateChange',
  'onSpeakingChange',
  'onLocalTrackEnded',
  'onVideoAsked',
  'onVideoAskEnd',
] as const;

export type Fields = Partial<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null;

/** @throws Error with every problem joined. */
export function checkCallParams(params: unknown): void {
  if (!isObject(params)) throw new Error('call: the parameters must be an object');
  failOn([...idProblems('targetId', params['targetId']), ...callProblems(params)]);
}

/** Without `targetId` it is a call of people without a group. @throws Error with every problem joined. */
export function checkGroupCallParams(params: unknown): void {
  if (!isObject(params)) throw new Error('callInGroup: the parameters must be an object');
  const { targetId, userIds } = params;
  failOn([
    ...(targetId === undefined ? [] : idProblems('targetId', targetId)),
    ...listProblems(userIds),
    ...callProblems(params),
  ]);
}

/** @throws Error with every problem joined. */
export function checkEnter(callId: unknown, listener: unknown, constraints: unknown): void {
  failOn([
    ...idProblems('callId', callId),
    ...listenerProblems(listener),
    ...constraintProblems(constraints),
  ]);
}

/** What both kinds of calls have in common. */
function callProblems(params: Fields): string[] {
  const { mediaType } = params;
  return [
    ...(mediaType === 1 || mediaType === 2 ? [] : ['mediaType must be 1 or 2']),
    ...listenerProblems(params['listener']),
    ...constraintProblems(params['constraints']),
    ...textProblems('extra', params['extra'], limits.extraChars),
    ...pushProblems('', params),
    ...textProblems('channelId', params['channelId'], limits.idChars),
  ];
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

/** @throws Error with every problem joined. */
export function checkMicrophone(profile: unknown): void {
  failOn(audioProblems('profile', profile));
}

/** @throws Error with every problem joined. */
export function checkCamera(profile: unknown): void {
  failOn(videoProblems('profile', profile));
}

/** @throws Error for anything but a string; the empty one means the system's own choice. */
export function checkDeviceId(deviceId: unknown): void {
  failOn(typeof deviceId === 'string' ? [] : ['deviceId must be a string']);
}

/** @throws Error for anything but a string. */
export function checkUserId(userId: unknown): void {
  failOn(typeof userId === 'string' ? [] : ['userId must be a string']);
}

/** @throws Error for anything but 0 or more pixels. */
export function checkHeight(height: unknown): void {
  const isHeight = typeof height === 'number' && height >= 0 && Number.isFinite(height);
  failOn(isHeight ? [] : ['height must be a number, 0 or more']);
}

/** @throws Error with every problem joined. */
export function checkInvite(userIds: unknown, options: unknown): void {
  failOn([
    ...listProblems(userIds),
    ...(options === undefined || isObject(options) ? [] : ['options must be an object']),
    ...(isObject(options)
      ? [
          ...textProblems('extra', options['extra'], limits.extraChars),
          ...pushProblems('', options),
        ]
      : []),
  ]);
}

/** @throws Error with every problem joined. */
export function checkUserIds(userIds: unknown): void {
  failOn(listProblems(userIds));
}

/** @throws Error with every problem joined. */
export function checkPushConfig(callPush: unknown, hungupPush: unknown): void {
  failOn(
    Object.entries({ callPushConfig: callPush, hungupPushConfig: hungupPush }).flatMap(
      ([name, config]) =>
        isObject(config) ? pushProblems(`${name}.`, config) : [`${name} must be an object`],
    ),
  );
}

/** @throws Error with every problem joined. */
export function checkUserInfo(info: unknown): void {
  if (!isObject(info)) throw new Error('the user info must be an object');
  const { name, portraitUri, extra } = info;
  const isLine = typeof name !== 'string' || new RegExp(linePattern).test(name);
  failOn([
    ...textProblems('name', name, limits.nameChars),
    ...(isLine ? [] : ['name must be one line']),
    ...textProblems('portraitUri', portraitUri, limits.portraitChars),
    ...textProblems('extra', extra, limits.userExtraChars),
  ]);
  // Only what is text is measured.
  if (isUserInfoSmall({ name, portraitUri, extra })) return;
  failOn([`the user info must have at most ${String(limits.userBytes)} bytes as JSON`]);
}

/** Whatever else an application hands in is not sent. */
export function knownFields({ name, portraitUri, extra }: UserInfo): UserInfo {
  return {
    ...(name !== undefined && { name }),
    ...(portraitUri !== undefined && { portraitUri }),
    ...(extra !== undefined && { extra }),
  };
}

export const distinct = (userIds: readonly string[]): string[] => [...new Set(userIds)];

/** More than one call may have, oneself counted. No server would even read that many ids. */
export function areTooMany(userIds: readonly string[], { userId }: Viewer): boolean {
  return new Set(userIds).add(userId).size > limits.participants;
}

export function failOn(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('; '));
}

function idProblems(name: string, value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [] : [`${name} must be a non-empty string`];
}

function listProblems(userIds: unknown): string[] {
  const isList =
    Array.isArray(userIds) &&
    userIds.length > 0 &&
    userIds.every((id) => typeof id === 'string' && id !== '');
  return isList ? [] : ['userIds must be a non-empty array of non-empty strings'];
}

/** Longer ones would be refused by the server, without saying which. */
function textProblems(name: string, value: unknown, maxChars: number): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'string') return [`${name} must be a string`];
  if (value.length > maxChars) return [`${name} must not be longer than ${maxChars} characters`];
  return new RegExp(textPattern).test(value) ? [] : [`${name} must not contain U+0000`];
}

function pushProblems(prefix: string, config: Fields): string[] {
  return [
    ...textProblems(`${prefix}pushTitle`, config['pushTitle'], limits.pushTitleChars),
    ...textProblems(`${prefix}pushContent`, config['pushContent'], limits.pushContentChars),
  ];
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
    ...(video === undefined ? [] : videoProblems('constraints.video', video)),
    ...(audio === undefined ? [] : audioProblems('constraints.audio', audio)),
  ];
}
