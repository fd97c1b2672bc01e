import { describe, expect, it } from 'vitest';
import { type GetUserMedia, openCamera, openLocal } from '#renderer/media/devices';

class FakeTrack {
  isStopped = false;
  constructor(readonly kind: 'audio' | 'video') {}
  stop(): void {
    this.isStopped = true;
  }
}

/** Devices that work, except those with an error; every track that was handed out is remembered. */
function devices(errors: { audio?: string; video?: string } = {}): {
  readonly tracks: FakeTrack[];
  readonly asked: MediaStreamConstraints[];
  readonly getUserMedia: GetUserMedia;
} {
  const tracks: FakeTrack[] = [];
  const asked: MediaStreamConstraints[] = [];
  const getUserMedia: GetUserMedia = (constraints) => {
    asked.push(constraints);
    const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind]);
    const error = kinds.map((kind) => errors[kind]).find(Boolean);
    if (error !== undefined) return Promise.reject(new DOMException('no', error));
    const made = kinds.map((kind) => new FakeTrack(kind));
    tracks.push(...made);
    const of = (kind: string): FakeTrack[] => made.filter((track) => track.kind === kind);
    return Promise.resolve({
      getTracks: () => made,
      getAudioTracks: () => of('audio'),
      getVideoTracks: () => of('video'),
    } as unknown as MediaStream);
  };
  return { tracks, asked, getUserMedia };
}

describe('openLocal', () => {
  it('opens only the microphone for an audio call, with its defaults', async () => {
    const { tracks, asked, getUserMedia } = devices();
    const opened = await openLocal(getUserMedia, { video: false });
    expect(opened).toEqual({ ok: true, value: { voice: tracks[0] } });
    expect(asked).toEqual([
      { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
    ]);
  });

  it('opens both at once for a video call, and the caller may choose the devices', async () => {
    const { asked, getUserMedia } = devices();
    const constraints = { audio: { deviceId: 'mic' }, video: { width: 640 } };
    const opened = await openLocal(getUserMedia, { video: true }, constraints);
    expect(opened.ok && Object.keys(opened.value)).toEqual(['voice', 'camera']);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.audio).toMatchObject({ deviceId: 'mic', echoCancellation: true });
    expect(asked[0]?.video).toMatchObject({ width: 640, height: { ideal: 720 } });
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'absent'],
    ['OverconstrainedError', 'absent'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'failed'],
  ])('reports %s as %s', async (error, detail) => {
    const { getUserMedia } = devices({ audio: error });
    const opened = await openLocal(getUserMedia, { video: false });
    expect(opened).toEqual({ ok: false, error: { device: 'microphone', detail } });
  });

  it('finds out that it was the camera, and leaves no microphone open', async () => {
    const { tracks, getUserMedia } = devices({ video: 'NotFoundError' });
    const opened = await openLocal(getUserMedia, { video: true });
    expect(opened).toEqual({ ok: false, error: { device: 'camera', detail: 'absent' } });
    expect(tracks.map((track) => track.isStopped)).toEqual([true]);
  });

  it('keeps the voice without the camera when told to, and says why', async () => {
    const { tracks, asked, getUserMedia } = devices({ video: 'NotReadableError' });
    const opened = await openLocal(getUserMedia, { video: true, orVoiceAlone: true });
    const cameraProblem = { device: 'camera', detail: 'busy' };
    expect(opened).toEqual({ ok: true, value: { voice: tracks[0], cameraProblem } });
    expect(tracks.map((track) => track.isStopped)).toEqual([false]);
    expect(asked).toHaveLength(3);
  });

  it('does not do without the microphone, whatever it was told', async () => {
    const { tracks, getUserMedia } = devices({ audio: 'NotFoundError' });
    const opened = await openLocal(getUserMedia, { video: true, orVoiceAlone: true });
    expect(opened).toEqual({ ok: false, error: { device: 'microphone', detail: 'absent' } });
    expect(tracks).toEqual([]);
  });

  it('finds out that it was the microphone, and opens no camera', async () => {
    const { tracks, getUserMedia } = devices({ audio: 'NotReadableError' });
    const opened = await openLocal(getUserMedia, { video: true });
    expect(opened).toEqual({ ok: false, error: { device: 'microphone', detail: 'busy' } });
    expect(tracks).toEqual([]);
  });

  it('survives devices that only fail together', async () => {
    const { getUserMedia } = devices();
    let calls = 0;
    const flaky: GetUserMedia = (constraints) => {
      calls += 1;
      return calls === 1
        ? Promise.reject(new DOMException('no', 'NotReadableError'))
        : getUserMedia(constraints);
    };
    expect((await openLocal(flaky, { video: true })).ok).toBe(true);
  });
});

describe('openCamera', () => {
  it('opens the camera alone', async () => {
    const { tracks, getUserMedia } = devices();
    expect(await openCamera(getUserMedia)).toEqual({ ok: true, value: tracks[0] });
  });

  it('says why it could not', async () => {
    const { getUserMedia } = devices({ video: 'NotAllowedError' });
    expect(await openCamera(getUserMedia)).toEqual({
      ok: false,
      error: { device: 'camera', detail: 'denied' },
    });
  });
});
