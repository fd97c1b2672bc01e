/** A page that was loaded anew goes on with the call its device is in. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeExchange } from './support/fake-exchange';
import { Phone, idle } from './support/phone';

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;

beforeEach(async () => {
  exchange = new FakeExchange();
  anna = new Phone(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
  await anna.call('bao', 2, { extra: 'about lunch' });
  bao.bridge.ring();
  await idle();
});

/** The same user at the same device, in a page that knows nothing. */
function reload(userId: string): Phone {
  const page = new Phone(exchange, userId);
  page.bridge.announce(exchange.snapshot(exchange.callId));
  return page;
}

describe('a page that was loaded anew', () => {
  it('gets its session, and goes on without a new claim', async () => {
    await bao.accept();
    const page = reload('bao');
    expect(page.diary).toEqual(['onSession']);
    expect(page.extras).toEqual(['about lunch']);
    expect(page.session.getState()).toBe(1);
    await page.accept();
    expect(page.bridge.asked).toEqual([]);
    expect(page.media.mesh.updates.at(-1)?.legs.map(({ state }) => state)).toEqual([
      'joined',
      'joined',
    ]);
    expect(page.diary.slice(1)).toEqual([
      'track(local audio)',
      'track(local video)',
      'accept 10000',
    ]);
    await page.hangUp();
    await idle();
    expect(page.diary.at(-1)).toBe('close(3)');
  });

  it('joins what was only claimed', async () => {
    exchange.run(exchange.callId, { type: 'claim', ...bao.bridge.self });
    const page = reload('bao');
    await page.accept();
    expect(page.bridge.asked).toEqual(['join']);
  });

  it('goes on with an outgoing call that rings, and hears of the answer', async () => {
    const page = reload('anna');
    await page.accept();
    expect(page.session.getState()).toBe(0);
    await bao.accept();
    await idle();
    expect(page.diary).toEqual([
      'onSession',
      'ringing(bao)',
      'track(local audio)',
      'track(local video)',
      'accept 10000',
      'accept(bao)',
    ]);
  });

  it('cancels an outgoing call that rings, without having opened anything', async () => {
    const page = reload('anna');
    await page.hangUp();
    await idle();
    expect(page.diary.slice(-2)).toEqual(['hungup 10000', 'close(1)']);
    expect(page.media.devices).toEqual([]);
  });

  it('comes up as silent as it was told before accept()', async () => {
    await bao.accept();
    const page = reload('bao');
    await page.session.disableAudioTrack();
    expect(await page.session.disableVideoTrack()).toEqual({ code: 10000 });
    await page.accept();
    expect(page.media.devices.map(({ kind, enabled }) => [kind, enabled])).toEqual([
      ['audio', false],
    ]);
    expect(page.tracks.map((track) => track.isLocalMuted())).toEqual([true]);
    expect(page.media.mesh.state).toEqual({ voiceMuted: true, cameraOff: true });
    expect(page.bridge.mediaStates).toEqual([{ voiceMuted: true, cameraOff: true }]);
    await page.session.enableAudioTrack();
    await page.session.enableVideoTrack();
    expect(page.media.mesh.state).toEqual({ voiceMuted: false, cameraOff: false });
  });

  it('opens the camera after all when it was told so before accept()', async () => {
    await bao.accept();
    const page = reload('bao');
    await page.session.disableVideoTrack();
    expect(await page.session.enableVideoTrack()).toEqual({ code: 10000 });
    await page.accept();
    expect(page.media.devices.map(({ kind }) => kind)).toEqual(['audio', 'video']);
  });

  it('leaves a call whose devices it cannot open: 8 here, 18 there', async () => {
    await bao.accept();
    const page = reload('bao');
    page.media.problem = { device: 'microphone', detail: 'denied' };
    await page.accept();
    await idle();
    expect(page.diary).toEqual(['onSession', 'accept 53303', 'close(8)']);
    expect(anna.diary.slice(-2)).toEqual(['H(bao,18)', 'close(18)']);
  });

  it('is not told of a call that is over', async () => {
    await anna.hangUp();
    expect(reload('bao').diary).toEqual([]);
  });
});
