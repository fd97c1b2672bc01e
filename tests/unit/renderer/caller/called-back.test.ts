/** Somebody who was lost from a call of several, and was called back before their page heard anything of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { timing } from '#protocol/limits';
import type { CallSnapshot } from '#protocol/snapshot';
import { FakeExchange } from './support/fake-exchange';
import { Phone, idle } from './support/phone';

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;

const newest = (): CallSnapshot => exchange.snapshot(exchange.callId);

function hearEachOther(...phones: Phone[]): void {
  const selves = phones.map(({ bridge }) => bridge.self);
  for (const self of selves) {
    const others = newest().legs.filter(
      ({ userId }) => userId !== self.userId && selves.some((other) => other.userId === userId),
    );
    const liveLegIds = others.map(({ legId }) => legId);
    exchange.run(exchange.callId, { type: 'links', ...self, liveLegIds });
  }
}

/** Anna, Bao and Chen talk; Bao's connection is away for too long, and Anna asks him in again. */
beforeEach(async () => {
  exchange = new FakeExchange();
  const chen = new Phone(exchange, 'chen');
  [anna, bao] = [new Phone(exchange, 'anna'), new Phone(exchange, 'bao')];
  exchange.group('design', 'anna', 'bao', 'chen');
  await anna.callGroup(['bao', 'chen']);
  for (const phone of [bao, chen]) await phone.accept();
  await idle();
  bao.forget();
  bao.bridge.isOffline = true;
  exchange.run(exchange.callId, { type: 'device-lost', ...bao.bridge.self });
  hearEachOther(anna, chen);
  exchange.passTime(timing.graceMs);
  await anna.session.invite(['bao']);
  bao.bridge.isOffline = false;
});

describe('the former session', () => {
  it('is closed as a lost connection (7), with every device, before the new one begins', async () => {
    bao.bridge.hear(newest());
    expect(bao.diary).toEqual(['close(7)']);
    bao.expectReleased();
    bao.bridge.announce(newest());
    await idle();
    expect(bao.diary).toEqual(['close(7)', 'onSession']);
    expect(bao.session.getState()).toBe(0);
  });

  it('is closed also by the announcement of the ring alone', async () => {
    bao.bridge.announce(newest());
    await idle();
    expect(bao.diary).toEqual(['close(7)', 'onSession']);
    bao.expectReleased();
  });

  it('sums up the time that it was in the call, not the time of the ring', () => {
    bao.bridge.hear(newest());
    const { legs } = newest();
    const [former] = legs.filter(({ userId }) => userId === 'bao');
    expect(bao.summaries).toMatchObject([
      { endReason: 7, beginTimestamp: former?.joinedAt, endTimestamp: former?.leftAt },
    ]);
  });

  it('is closed where the new ring is over by then, and where the server forgot the former leg', () => {
    exchange.passTime(timing.ringMs);
    const call = newest();
    const at = call.legs.findIndex(({ userId }) => userId === 'bao');
    bao.bridge.hear({ ...call, legs: call.legs.filter((_leg, index) => index !== at) });
    expect(bao.diary).toEqual(['close(7)']);
    bao.expectReleased();
  });
});

describe('the new session', () => {
  it('is answered and left as any other', async () => {
    bao.bridge.announce(newest());
    await idle();
    bao.forget();
    await bao.accept();
    await idle();
    expect(bao.diary).toEqual(['track(local audio)', 'accept 10000']);
    expect(bao.session.getRemoteUsers().map(({ userId }) => userId)).toEqual(['anna', 'chen']);
    expect(anna.diary.slice(-1)).toEqual(['accept(bao)']);
    await bao.hangUp();
    await idle();
    expect(bao.diary.slice(-2)).toEqual(['hungup 10000', 'close(3)']);
    bao.expectReleased();
  });
});
