/** More people than one call may have: a message of the protocol has no room for so many. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '#protocol/limits';
import { FakeExchange } from './support/fake-exchange';
import { Phone, idle } from './support/phone';

const crowd = Array.from({ length: limits.participants + 1 }, (_none, at) => `guest-${String(at)}`);
/** Together with who calls them, as many as may be. */
const party = crowd.slice(0, limits.participants - 1);

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;

beforeEach(() => {
  exchange = new FakeExchange();
  [anna, bao] = [new Phone(exchange, 'anna'), new Phone(exchange, 'bao')];
  exchange.group('design', 'anna', 'bao', ...crowd);
  for (const userId of crowd) exchange.connect(userId, `${userId}-desk`);
});

describe('more than nine people', () => {
  it('are not called: 53901, before any device opens and without a word to the server', async () => {
    expect(await anna.callGroup(crowd)).toEqual({ code: 53901, problem: 'call-full' });
    expect(anna.bridge.asked).toEqual([]);
    expect(anna.media.devices).toEqual([]);
  });

  it('are not asked in: 53901, and the call goes on as it was', async () => {
    await anna.callGroup(['bao']);
    await bao.accept();
    const asked = [...anna.bridge.asked];
    expect(await anna.session.invite(crowd)).toEqual({ code: 53901, problem: 'call-full' });
    expect(anna.bridge.asked).toEqual(asked);
    expect(anna.session.getRemoteUsers().map(({ userId }) => userId)).toEqual(['bao']);
  });

  it('make no group call of one between two: 53901', async () => {
    await anna.call('bao');
    await bao.accept();
    await idle();
    expect(await anna.session.extend(crowd)).toEqual({ code: 53901, problem: 'call-full' });
    expect(anna.bridge.asked).not.toContain('extend');
    expect(anna.session.getConversationType()).toBe(1);
  });

  it('are not counted twice, nor is who calls: nine may be in it', async () => {
    const starting = vi.spyOn(anna.bridge, 'startGroup');
    expect(await anna.callGroup([...party, ...party, 'anna'])).toMatchObject({ code: 10000 });
    expect(starting.mock.calls[0]?.[0].userIds).toEqual([...party, 'anna']);
    expect(exchange.snapshot(exchange.callId).legs).toHaveLength(limits.participants);
  });
});
