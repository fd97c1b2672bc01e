import { describe, expect, it } from 'vitest';
import { EchoMedia, type CallVoice } from '#renderer/echo/echo-media';
import type { Mesh, MeshHandlers } from '#renderer/media/ports';

class FakeVoice implements CallVoice {
  readonly track = { kind: 'audio' } as MediaStreamTrack;
  readonly heard: MediaStreamTrack[] = [];
  isClosed = false;

  hear(track: MediaStreamTrack): void {
    this.heard.push(track);
  }

  close(): void {
    this.isClosed = true;
  }
}

function echo() {
  const voices: FakeVoice[] = [];
  const heard: FakeVoice[] = [];
  const meshes: MeshHandlers[] = [];
  const warnings: string[] = [];
  const state = { fails: false };
  const media = new EchoMedia<FakeVoice>({
    openVoice: () => {
      if (state.fails) return Promise.reject(new Error('no audio'));
      const voice = new FakeVoice();
      voices.push(voice);
      return Promise.resolve(voice);
    },
    createMesh: (_callId, _viewer, handlers) => {
      meshes.push(handlers);
      return {} as Mesh;
    },
    onHeard: (voice) => heard.push(voice),
    warn: (message) => warnings.push(message),
  });
  return { media, voices, heard, meshes, warnings, state };
}

const viewer = { userId: 'echo', deviceId: 'echo' };
const track = (): MediaStreamTrack => ({ kind: 'audio' }) as MediaStreamTrack;

/** The mesh's own handlers: what the caller hears of it. */
function handlersNoting(told: unknown[]): MeshHandlers {
  const handlers: Partial<MeshHandlers> = { onRemoteTrack: (...args) => void told.push(args) };
  return handlers as MeshHandlers;
}

describe('the media of Echo', () => {
  it('are a voice instead of a microphone', async () => {
    const { media, voices } = echo();
    const opened = await media.openLocal({ video: false });
    expect(opened).toEqual({ ok: true, value: { voice: voices[0]?.track } });
  });

  it('have no camera, which is no reason to refuse a video call', async () => {
    const { media } = echo();
    const problem = { device: 'camera', detail: 'absent' };
    expect(await media.openLocal({ video: true, orVoiceAlone: true })).toMatchObject({
      ok: true,
      value: { cameraProblem: problem },
    });
    expect(await media.openCamera()).toEqual({ ok: false, error: problem });
  });

  it('begin to speak when the person can be heard, once, and hear them again on a new link', async () => {
    const { media, voices, heard, meshes } = echo();
    const told: unknown[] = [];
    await media.openLocal({ video: false });
    media.createMesh('c1', viewer, handlersNoting(told));
    const [first, picture, second] = [track(), track(), track()];
    meshes[0]?.onRemoteTrack('leg', 'voice', first);
    meshes[0]?.onRemoteTrack('leg', 'camera', picture);
    meshes[0]?.onRemoteTrack('leg', 'voice', second);
    expect(voices[0]?.heard).toEqual([first, second]);
    expect(heard).toHaveLength(1);
    expect(told).toHaveLength(3);
  });

  it('are closed with the call', async () => {
    const { media, voices } = echo();
    await media.openLocal({ video: false });
    media.end();
    expect(voices[0]?.isClosed).toBe(true);
  });

  it('are closed at once when the call ended while they were being opened', async () => {
    const { media, voices } = echo();
    const opening = media.openLocal({ video: false });
    media.end();
    expect(await opening).toMatchObject({ ok: false });
    expect(voices[0]?.isClosed).toBe(true);
  });

  it('never are two at a time', async () => {
    const { media, voices } = echo();
    await media.openLocal({ video: false });
    await media.openLocal({ video: false });
    expect(voices.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('tell the log, and the call, that there is no voice', async () => {
    const { media, state, warnings } = echo();
    state.fails = true;
    expect(await media.openLocal({ video: false })).toEqual({
      ok: false,
      error: { device: 'microphone', detail: 'failed' },
    });
    expect(warnings).toEqual(['echo: has no voice']);
  });
});
