import { beforeEach, describe, expect, it } from 'vitest';
import { type LimitedSender, SenderLimiter, noLimits } from '#renderer/media/sender-limits';
import { settle } from './support/fake-clock';

/** Takes one change at a time, and only over the parameters that it gave last, as the browser does. */
class FakeSender {
  encodings: RTCRtpEncodingParameters[] = [{ active: true, rid: 'kept' }];
  writes = 0;
  isBusy = false;
  refuses = false;
  #transaction = 0;

  getParameters(): RTCRtpSendParameters {
    this.#transaction += 1;
    return {
      transactionId: String(this.#transaction),
      encodings: this.encodings,
      codecs: [],
      headerExtensions: [],
      rtcp: {},
    };
  }

  async setParameters({ transactionId, encodings }: RTCRtpSendParameters): Promise<undefined> {
    const isStale = transactionId !== String(this.#transaction);
    if (this.isBusy || isStale || this.refuses) throw new Error('InvalidModificationError');
    this.isBusy = true;
    await settle();
    this.isBusy = false;
    this.writes += 1;
    this.encodings = encodings;
    return undefined;
  }

  get asSender(): LimitedSender {
    return this;
  }
}

const small = { isOn: true, bitrate: 150_000, frameRate: 15, scaleDownBy: 4 };

let sender: FakeSender;
let refusals: number;
const limiter = (kind: 'audio' | 'video', always: RTCRtpEncodingParameters = {}): SenderLimiter =>
  new SenderLimiter(sender.asSender, { kind, always }, () => (refusals += 1));

async function written(count: number): Promise<void> {
  await expect.poll(() => sender.writes).toBe(count);
}

beforeEach(() => {
  sender = new FakeSender();
  refusals = 0;
});

describe('the limits of a sender', () => {
  it('are written over what the browser has, which stays', async () => {
    limiter('video').set(small);
    await written(1);
    expect(sender.encodings).toEqual([
      {
        active: true,
        rid: 'kept',
        maxBitrate: 150_000,
        maxFramerate: 15,
        scaleResolutionDownBy: 4,
      },
    ]);
  });

  it('are lifted again', async () => {
    const video = limiter('video');
    video.set(small);
    await written(1);
    video.set(noLimits);
    await written(2);
    expect(sender.encodings).toEqual([{ active: true, rid: 'kept', scaleResolutionDownBy: 1 }]);
  });

  it('switch a picture off', async () => {
    limiter('video').set({ ...noLimits, isOn: false });
    await written(1);
    expect(sender.encodings[0]?.active).toBe(false);
  });

  it('never meet a change that is under way, and only the newest that waited is written', async () => {
    const video = limiter('video');
    for (const scaleDownBy of [1, 2, 3, 4]) video.set({ ...small, scaleDownBy });
    await expect.poll(() => sender.encodings[0]?.scaleResolutionDownBy).toBe(4);
    expect(sender.writes).toBe(2);
    expect(refusals).toBe(0);
  });

  it('are not written twice', async () => {
    const video = limiter('video');
    video.set(small);
    await written(1);
    video.set({ ...small });
    await settle();
    expect(sender.writes).toBe(1);
  });

  it('do not touch a sender without any: a call of two is as the browser makes it', async () => {
    const video = limiter('video');
    video.set({ ...noLimits });
    video.applyAdopted();
    await settle();
    expect(sender.writes).toBe(0);
  });

  it('wait for a sender that has no parameters yet', async () => {
    sender.encodings = [];
    const video = limiter('video');
    video.set(small);
    await settle();
    expect([sender.writes, refusals]).toEqual([0, 0]);
    sender.encodings = [{ active: true }];
    video.applyAdopted();
    await written(1);
    expect(sender.encodings[0]?.maxBitrate).toBe(150_000);
  });

  it('keep the priority of the voice, and ask no size of a sound', async () => {
    const voice = limiter('audio', { priority: 'high' });
    voice.applyAdopted();
    await written(1);
    voice.set({ ...noLimits, bitrate: 16_000 });
    await written(2);
    expect(sender.encodings).toEqual([
      { active: true, rid: 'kept', priority: 'high', maxBitrate: 16_000 },
    ]);
  });

  it('tell when the browser refuses them', async () => {
    sender.refuses = true;
    limiter('video').set(small);
    await expect.poll(() => refusals).toBe(1);
  });
});
