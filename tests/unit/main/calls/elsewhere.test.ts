/** Something rings here while another device of the same person is in a call. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallSnapshot } from '#protocol/snapshot';
import * as calls from '../../../support/calls';
import { type Bench, deskOf } from './fakes';
import { callId, painted, rung, settle, snapshot, welcome } from './scenes';

beforeEach(() => void vi.useFakeTimers({ now: calls.t0 }));
afterEach(() => void vi.useRealTimers());

/** Bao's other device is in it. */
const otherCall = (): CallSnapshot => ({ ...snapshot.claimedElsewhere(), callId: 'other-call' });

const otherOver = (): CallSnapshot => {
  const call = otherCall();
  const legs = call.legs.map((leg) => ({ ...leg, state: 'left' as const, leftAt: Date.now() }));
  return { ...call, revision: call.revision + 1, endedAt: Date.now(), legs };
};

async function rungMeanwhile(): Promise<Bench> {
  const bench = deskOf('bao');
  bench.desk.handleWelcome(welcome(otherCall(), snapshot.invited()));
  await settle();
  return bench;
}

describe('the card of a call that rings while another device is in one', () => {
  it('says so', async () => {
    const { desktop } = await rungMeanwhile();
    expect(desktop.popup).toMatchObject({ callId, elsewhere: true });
  });

  it('says so as soon as it is so, and no longer than that', async () => {
    const { desk, desktop } = await rung();
    expect(desktop.popup).toMatchObject({ callId, elsewhere: false });
    desk.handleSnapshot(otherCall());
    expect(desktop.popup).toMatchObject({ callId, elsewhere: true });
    desk.handleSnapshot(otherOver());
    expect(desktop.popup).toMatchObject({ callId, elsewhere: false });
    expect(desktop.rebuilt).toBe(0);
  });

  it('is as ever for a person who wants both calls', () => {
    const bench = deskOf('bao');
    bench.rules.secondDevice = 2;
    bench.desk.handleWelcome(welcome(otherCall(), snapshot.invited()));
    expect(bench.desktop.popup).toMatchObject({ callId, elsewhere: false });
  });
});

describe('answering while another device is in a call', () => {
  it('ends the call there when the person switches here', async () => {
    const { desk, signaling } = await rungMeanwhile();
    void desk.card.accept(callId, true);
    expect(signaling.last('call.claim').body).toEqual({ callId, joinType: 0 });
  });

  it('leaves it to the rule of the user otherwise', async () => {
    const { desk, signaling } = await rungMeanwhile();
    void desk.card.accept(callId, false);
    expect(signaling.last('call.claim').body).toEqual({ callId });
  });

  it('by a click on the name of who calls switches here, too, if it was that button', async () => {
    const { desk, signaling } = await rungMeanwhile();
    void desk.home.place({ targetId: 'anna', mediaType: 1, switchHere: true });
    expect(signaling.last('call.claim').body).toEqual({ callId, joinType: 0 });
  });
});

describe('a ring that waited while this device was in another call', () => {
  it('is reported again when its card is on the screen again', async () => {
    const { desk, signaling } = await painted();
    const here = { ...snapshot.joined(), callId: 'other-call' };
    desk.handleSnapshot(here);
    expect(signaling.all('call.ringing')).toHaveLength(1);
    const legs = here.legs.map((leg) => ({ ...leg, state: 'left' as const, leftAt: Date.now() }));
    desk.handleSnapshot({ ...here, revision: 9, endedAt: Date.now(), legs });
    desk.card.painted(callId);
    expect(signaling.all('call.ringing')).toHaveLength(2);
  });
});
