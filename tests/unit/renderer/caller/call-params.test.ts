/** What an application may hand in: each wrong field is named, and what is right passes in silence. */
import { describe, expect, it } from 'vitest';
import {
  checkAcceptConstraints,
  checkCallParams,
  checkCamera,
  checkDeviceId,
  checkInvite,
  checkListener,
  checkMicrophone,
  checkPushConfig,
  checkUserId,
  checkUserInfo,
} from '../../../../renderer/caller/call-params';
import { toLocalConstraints } from '../../../../renderer/caller/media-profiles';

const nothing = (): void => undefined;
const listener = {
  ...{ onRinging: nothing, onAccept: nothing, onHungup: nothing, onTrackReady: nothing },
  ...{ onMemberModify: nothing, onMediaModify: nothing },
};
const params = { targetId: 'bao', mediaType: 1, listener };

/** What it throws, problem by problem; none when it does not. */
function problemsOf(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('; ') : ['no Error'];
  }
}
const ofCall = (over: object): string[] =>
  problemsOf(() => checkCallParams({ ...params, ...over }));

describe('the parameters of a call', () => {
  it('pass when they are right, with every optional part', () => {
    const constraints = {
      video: { frameRate: 'FPS_15', resolution: 'W640_H480' },
      audio: { micphoneId: 'x' },
    };
    const texts = { extra: 'x', pushTitle: 't', pushContent: 'c', channelId: 'i' };
    expect(ofCall({})).toEqual([]);
    expect(ofCall({ mediaType: 2, constraints, ...texts })).toEqual([]);
    expect(ofCall({ constraints: {} })).toEqual([]);
    expect(ofCall({ constraints: { video: {} } })).toEqual([]);
  });

  it.each([undefined, null, 'bao', 7])('must be an object, not %j', (wrong) => {
    expect(problemsOf(() => checkCallParams(wrong))).toEqual([
      'call: the parameters must be an object',
    ]);
  });

  it.each([
    [{ targetId: '' }, 'targetId must be a non-empty string'],
    [{ targetId: 7 }, 'targetId must be a non-empty string'],
    [{ mediaType: 3 }, 'mediaType must be 1 or 2'],
    [{ mediaType: '1' }, 'mediaType must be 1 or 2'],
    [{ extra: 7 }, 'extra must be a string'],
    [{ extra: 'x'.repeat(4_097) }, 'extra must not be longer than 4096 characters'],
    [{ extra: 'a\u0000b' }, 'extra must not contain U+0000'],
    [{ pushTitle: {} }, 'pushTitle must be a string'],
    [{ pushTitle: 'x'.repeat(101) }, 'pushTitle must not be longer than 100 characters'],
    [{ pushContent: null }, 'pushContent must be a string'],
    [{ pushContent: 'x'.repeat(301) }, 'pushContent must not be longer than 300 characters'],
    [{ channelId: 1 }, 'channelId must be a string'],
    [{ constraints: null }, 'constraints must be an object'],
    [{ constraints: 'x' }, 'constraints must be an object'],
    [{ constraints: { audio: true } }, 'constraints.audio must be an object'],
    [
      { constraints: { audio: { micphoneId: 1 } } },
      'constraints.audio.micphoneId must be a string',
    ],
    [
      { constraints: { audio: { sampleRate: '48000' } } },
      'constraints.audio.sampleRate must be a positive number',
    ],
    [
      { constraints: { audio: { sampleRate: NaN } } },
      'constraints.audio.sampleRate must be a positive number',
    ],
    [{ constraints: { video: { cameraId: {} } } }, 'constraints.video.cameraId must be a string'],
    [
      { constraints: { video: { faceMode: 'left' } } },
      'constraints.video.faceMode must be user or environment',
    ],
    [{ constraints: { video: true } }, 'constraints.video must be an object'],
    [{ constraints: { video: null } }, 'constraints.video must be an object'],
  ])('name what is wrong with %j', (over, problem) => {
    expect(ofCall(over)).toEqual([problem]);
  });

  it('take texts of exactly the greatest length', () => {
    const texts = { extra: 'x'.repeat(4_096), pushTitle: 'x'.repeat(100) };
    expect(ofCall({ ...texts, pushContent: 'x'.repeat(300) })).toEqual([]);
  });

  it.each(['FPS_', 'FPS_1000', 'fps_15', 'xFPS_15', 'FPS_15x', 'FPS_0', 15])(
    'know no rate %j',
    (frameRate) => {
      expect(ofCall({ constraints: { video: { frameRate } } })).toEqual([
        'constraints.video.frameRate must look like FPS_15',
      ]);
    },
  );

  it.each(['W640', 'W640_H480x', 'xW640_H480', 'W6_H480', 'W640_H48000', 'w640_h480', 640])(
    'know no size %j',
    (resolution) => {
      expect(ofCall({ constraints: { video: { resolution } } })).toEqual([
        'constraints.video.resolution must look like W640_H480',
      ]);
    },
  );

  it('tell all problems at once', () => {
    expect(ofCall({ targetId: '', mediaType: 0, listener: null })).toHaveLength(3);
  });
});

describe('profiles of devices', () => {
  it.each([0, -1, Infinity, NaN, null, '48000', true])('know no rate %j', (sampleRate) => {
    expect(ofCall({ constraints: { audio: { sampleRate } } })).toEqual([
      'constraints.audio.sampleRate must be a positive number',
    ]);
  });

  it('take what devices can do, and nothing in place of a profile', () => {
    const constraints = { audio: { sampleRate: 0.5 }, video: { faceMode: 'environment' } };
    expect(ofCall({ constraints })).toEqual([]);
    expect(ofCall({ constraints: { audio: null } })).toEqual([
      'constraints.audio must be an object',
    ]);
    expect(ofCall({ constraints: { audio: 'x' } })).toEqual([
      'constraints.audio must be an object',
    ]);
  });
});

describe('a listener', () => {
  it.each(Object.keys(listener))('needs %s', (name) => {
    const problems = problemsOf(() => checkListener({ ...listener, [name]: undefined }));
    expect(problems).toEqual([`listener.${name} must be a function`]);
  });

  it.each([
    ...['onAudioMuteChange', 'onVideoMuteChange', 'onTrackPublishFail', 'onLinkStateChange'],
    'onLocalTrackEnded',
  ])('may have %s, as a function', (name) => {
    expect(problemsOf(() => checkListener({ ...listener, [name]: nothing }))).toEqual([]);
    expect(problemsOf(() => checkListener({ ...listener, [name]: 'x' }))).toEqual([
      `listener.${name} must be a function`,
    ]);
  });

  it.each([null, undefined, 'x'])('must be an object, not %j', (wrong) => {
    expect(problemsOf(() => checkListener(wrong))).toEqual(['listener must be an object']);
  });
});

describe('the constraints of an answer', () => {
  it('need a rate and a size with every video', () => {
    const video = { frameRate: 'FPS_15', resolution: 'W640_H480' };
    expect(problemsOf(() => checkAcceptConstraints(undefined))).toEqual([]);
    expect(problemsOf(() => checkAcceptConstraints({ audio: {} }))).toEqual([]);
    expect(problemsOf(() => checkAcceptConstraints({ video }))).toEqual([]);
    expect(problemsOf(() => checkAcceptConstraints({ video: {} }))).toEqual([
      'constraints.video.frameRate is required',
      'constraints.video.resolution is required',
    ]);
    expect(problemsOf(() => checkAcceptConstraints({ video: { frameRate: 'FPS_15' } }))).toEqual([
      'constraints.video.resolution is required',
    ]);
    expect(problemsOf(() => checkAcceptConstraints({ video: null }))).toEqual([
      'constraints.video must be an object',
    ]);
  });
});

describe('devices and people', () => {
  it('are checked one by one', () => {
    expect(problemsOf(() => checkMicrophone({}))).toEqual([]);
    expect(problemsOf(() => checkMicrophone('x'))).toEqual(['profile must be an object']);
    expect(problemsOf(() => checkCamera({ resolution: 'W640_H480' }))).toEqual([]);
    expect(problemsOf(() => checkCamera('x'))).toEqual(['profile must be an object']);
    expect(problemsOf(() => checkDeviceId(''))).toEqual([]);
    expect(problemsOf(() => checkDeviceId(1))).toEqual(['deviceId must be a string']);
    expect(problemsOf(() => checkUserId('bao'))).toEqual([]);
    expect(problemsOf(() => checkUserId(null))).toEqual(['userId must be a string']);
  });

  it('are invited by a list of ids', () => {
    const list = 'userIds must be a non-empty array of non-empty strings';
    expect(problemsOf(() => checkInvite(['bao', 'carla'], { extra: 'x' }))).toEqual([]);
    expect(problemsOf(() => checkInvite(['bao'], undefined))).toEqual([]);
    for (const wrong of ['bao', [], ['bao', ''], ['bao', 7], null]) {
      expect(problemsOf(() => checkInvite(wrong, undefined))).toEqual([list]);
    }
    expect(problemsOf(() => checkInvite(['bao'], 'x'))).toEqual(['options must be an object']);
    expect(problemsOf(() => checkInvite(['bao'], { extra: 7, pushTitle: 7 }))).toEqual([
      'extra must be a string',
      'pushTitle must be a string',
    ]);
  });

  it('have push texts of their own for the call and its end', () => {
    expect(problemsOf(() => checkPushConfig({}, { pushTitle: 'x' }))).toEqual([]);
    expect(problemsOf(() => checkPushConfig(null, { pushContent: 7 }))).toEqual([
      'callPushConfig must be an object',
      'hungupPushConfig.pushContent must be a string',
    ]);
  });

  it('are described by short texts', () => {
    expect(problemsOf(() => checkUserInfo({ name: 'Bao', portraitUri: 'x', extra: 'x' }))).toEqual(
      [],
    );
    expect(problemsOf(() => checkUserInfo(null))).toEqual(['the user info must be an object']);
    expect(problemsOf(() => checkUserInfo({ extra: '李'.repeat(400) }))).toEqual([
      'the user info must have at most 1024 bytes as JSON',
    ]);
    expect(problemsOf(() => checkUserInfo({ name: 'a\nb' }))).toEqual(['name must be one line']);
    expect(problemsOf(() => checkUserInfo({ name: 7, portraitUri: 7, extra: 7 }))).toEqual([
      ...['name must be a string', 'portraitUri must be a string', 'extra must be a string'],
    ]);
  });
});

describe('profiles in the words of a browser', () => {
  it('leave out what nobody asked for', () => {
    expect(toLocalConstraints(undefined)).toEqual({});
    expect(toLocalConstraints({})).toEqual({});
    expect(toLocalConstraints({ audio: {}, video: {} })).toEqual({ audio: {}, video: {} });
  });

  it('wish for sizes and rates, and demand a named device', () => {
    const audio = { micphoneId: 'mic', sampleRate: 48_000 };
    const video = { cameraId: 'cam', faceMode: 'user', resolution: 'W1280_H720' } as const;
    expect(toLocalConstraints({ audio, video: { ...video, frameRate: 'FPS_30' } })).toEqual({
      audio: { deviceId: { exact: 'mic' }, sampleRate: { ideal: 48_000 } },
      video: {
        ...{ width: { ideal: 1_280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
        ...{ deviceId: { exact: 'cam' }, facingMode: { ideal: 'user' } },
      },
    });
  });
});
