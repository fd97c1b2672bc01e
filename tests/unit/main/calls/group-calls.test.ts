import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callersLeg, groupCall, left, leg, t0 } from '../../../support/group-snapshots';
import { deskOf } from './fakes';
import { settle } from './scenes';

beforeEach(() => {
  vi.useFakeTimers({ now: t0 + 1_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const rings = () => groupCall(1, [callersLeg(), leg('bao', 'invited'), leg('chen', 'invited')]);
const order = {
  groupId: 'design',
  userIds: ['bao', 'chen'],
  mediaType: 1,
  switchHere: false,
} as const;
const asked = { groupId: 'design', userIds: ['chen', 'bao'], mediaType: 1 } as const;

describe('a call to several', () => {
  it('is placed by its window, for these people and no others', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    expect(await desk.home.place(order)).toEqual({ ok: true, value: null });
    const { id } = desktop.only;
    desk.windows.ready(id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([
      {
        purpose: 'place-group',
        groupId: 'design',
        userIds: ['bao', 'chen'],
        group: { groupId: 'design', name: 'Design' },
      },
    ]);
    expect(await desk.windows.startGroup(id, { ...asked, userIds: ['eve'] })).toMatchObject({
      error: 'call-over',
    });
    const started = desk.windows.startGroup(id, asked);
    signaling.answer('call.start-group', rings());
    expect(await started).toMatchObject({ ok: true });
    expect(desk.home.list()).toMatchObject([
      {
        kind: 'group',
        group: { groupId: 'design', name: 'Design' },
        memberIds: ['bao', 'chen'],
        direction: 'outgoing',
      },
    ]);
  });

  it('has one window, however often its button is clicked', async () => {
    const { desk, desktop } = deskOf('anna');
    await desk.home.place(order);
    await desk.home.place({ ...order, userIds: ['chen', 'bao'] });
    expect(desktop.windows.size).toBe(1);
  });

  it('names its group in the card and in the notification', async () => {
    const { desk, desktop } = deskOf('bao');
    desk.handleSnapshot(rings());
    await settle();
    const group = { groupId: 'design', name: 'Design' };
    expect(desktop.popup).toMatchObject({ kind: 'group', group, peer: { name: 'Anna Li' } });
    desk.card.painted('call-g');
    expect(desktop.notices.get('call-g')).toMatchObject({ caller: 'Anna Li', group });
  });

  it('says who called, not who happens to be invited first, to those who answer', async () => {
    const { desk, desktop } = deskOf('bao');
    const [anna, bao, chen] = rings().legs;
    if (!anna || !bao || !chen) throw new Error('a call without its legs');
    desk.handleSnapshot(groupCall(1, [chen, anna, bao]));
    desk.card.painted('call-g');
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([{ peer: { userId: 'anna' } }]);
  });

  it('is called again by whoever placed it, and by nobody else', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    await desk.home.place(order);
    const { id } = desktop.only;
    const started = desk.windows.startGroup(id, asked);
    signaling.answer('call.start-group', rings());
    await started;
    desk.handleSnapshot(groupCall(9, [left(callersLeg(), 15, 'call-ended')], { endedAt: t0 }));
    expect(await desk.windows.callAgain(id, false)).toEqual({ ok: true, value: null });
    expect(desktop.windows.size).toBe(1);
    expect(desktop.windows.has(id)).toBe(false);
  });

  it('lets the window of the call invite, extend and ask for pictures, and no other', async () => {
    const { desk, desktop, signaling } = deskOf('bao');
    desk.handleSnapshot(rings());
    desk.card.painted('call-g');
    const { id } = desktop.only;
    const body = { callId: 'call-g', userIds: ['dan'] };
    const over = { ok: false, error: 'call-over' };
    expect(await desk.windows.invite(99, body)).toEqual(over);
    expect(await desk.windows.extend(99, body)).toEqual(over);
    expect(await desk.windows.answerMedia(99, { callId: 'call-g', accept: true })).toEqual(over);
    void desk.windows.invite(id, body);
    expect(signaling.last('call.invite').body).toEqual(body);
    void desk.windows.extend(id, body);
    expect(signaling.last('call.extend').body).toEqual(body);
    void desk.windows.answerMedia(id, { callId: 'call-g', accept: true });
    expect(signaling.last('call.media-answer').body).toEqual({ callId: 'call-g', accept: true });
  });
});

describe('to enter a running call', () => {
  const entered = () =>
    groupCall(4, [
      callersLeg(),
      leg('chen', 'joined'),
      leg('bao', 'claimed', { invitedBy: 'bao', legId: 'leg-bao-2' }),
    ]);

  it('opens its window, which has been answered already', async () => {
    const { desk, desktop, signaling } = deskOf('bao');
    const entering = desk.home.enter('call-g', false);
    // The push may overtake the reply: the call is wanted all the same.
    desk.handleSnapshot(entered());
    signaling.answer('call.enter', entered());
    expect(await entering).toEqual({ ok: true, value: null });
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only).toMatchObject({
      shown: true,
      assignments: [{ purpose: 'answer', accepted: true, group: { name: 'Design' } }],
    });
    expect(signaling.all('call.leave')).toEqual([]);
  });

  it('begins in its window as every answered call does: no former page was in it', async () => {
    const { desk, desktop, signaling } = deskOf('bao');
    const entering = desk.home.enter('call-g', false);
    signaling.answer('call.enter', entered());
    await entering;
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments[0]).not.toHaveProperty('resume');
    const joined = leg('bao', 'joined', { invitedBy: 'bao', legId: 'leg-bao-2' });
    desk.handleSnapshot(groupCall(5, [callersLeg(), leg('chen', 'joined'), joined]));
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments[1]).toHaveProperty('resume');
  });

  it('is to answer where it rings here', async () => {
    const { desk, signaling } = deskOf('bao');
    desk.handleSnapshot(rings());
    void desk.home.enter('call-g', true);
    await settle();
    expect(signaling.last('call.claim').body).toEqual({ callId: 'call-g', joinType: 0 });
    expect(signaling.all('call.enter')).toEqual([]);
  });

  it('waits until the call of this desktop is over', async () => {
    const { desk } = deskOf('bao');
    desk.handleSnapshot(groupCall(1, [callersLeg(), leg('bao', 'joined')], { callId: 'other' }));
    expect(await desk.home.enter('call-g', false)).toEqual({ ok: false, error: 'call-exists' });
  });

  it('says why it did not work, and what the server tells later is left', async () => {
    const { desk, desktop, signaling } = deskOf('bao');
    const entering = desk.home.enter('call-g', false);
    signaling.refuse('call.enter', 'offline');
    expect(await entering).toEqual({ ok: false, error: 'offline' });
    desk.handleSnapshot(entered());
    await settle();
    expect(signaling.last('call.leave').body).toMatchObject({ callId: 'call-g' });
    expect(desktop.windows.size).toBe(0);
  });
});

describe('somebody who has left a call', () => {
  it('is rung anew when invited again, and what they did before says nothing', async () => {
    const { desk, desktop, signaling } = deskOf('bao');
    desk.handleSnapshot(rings());
    void desk.card.decline('call-g');
    const declined = [callersLeg(), left(leg('bao', 'ringing'), 2), leg('chen', 'joined')];
    signaling.answer('call.leave', groupCall(3, declined));
    await settle();
    expect(desktop.popup).toBeNull();
    const again = leg('bao', 'invited', { legId: 'leg-bao-2', invitedBy: 'chen' });
    desk.handleSnapshot(groupCall(4, [...declined, again]));
    await settle();
    expect(desktop.popup).toMatchObject({ callId: 'call-g', phase: 'incoming' });
    expect(signaling.all('call.leave')).toHaveLength(1);
  });

  it('gets a new window for the second time: the first one only says how it ended', async () => {
    const { desk, desktop, signaling } = deskOf('bao');
    const joined = [callersLeg(), leg('bao', 'joined'), leg('chen', 'joined')];
    desk.handleSnapshot(rings());
    const accepting = desk.card.accept('call-g', false);
    signaling.answer('call.claim', groupCall(3, joined));
    await accepting;
    const { id } = desktop.only;
    const leaving = desk.windows.leave(id, { callId: 'call-g', why: 'hangup' });
    const gone = [callersLeg(), left(leg('bao', 'joined'), 3), leg('chen', 'joined')];
    signaling.answer('call.leave', groupCall(4, gone));
    await leaving;
    expect(desktop.only.id).toBe(id);
    const entering = desk.home.enter('call-g', false);
    const back = leg('bao', 'claimed', { legId: 'leg-bao-2', invitedBy: 'bao' });
    signaling.answer('call.enter', groupCall(5, [...gone, back]));
    expect(await entering).toEqual({ ok: true, value: null });
    expect(desktop.only.id).not.toBe(id);
    expect(signaling.all('call.leave')).toHaveLength(1);
  });
});
