/** Calls of several people over real sockets: who is rung, who may come in, who hears of it, and what is left behind. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EndReason } from '#protocol/end-reason';
import { limits } from '#protocol/limits';
import type { Group, GroupCall, RequestBody, ServerMessage } from '#protocol/messages';
import { type CallSnapshot, type Leg, legOf } from '#protocol/snapshot';
import { Gate } from '../../support/meeting-commands';
import type { RawClient } from '../../support/raw-client';
import { WireServer } from '../../support/wire-server';

type GroupPush = Extract<ServerMessage, { type: 'group-call.changed' }>;

const isGroupPush = (message: ServerMessage): message is GroupPush =>
  message.type === 'group-call.changed';

const groupPushes = (client: RawClient): readonly (GroupCall | null)[] =>
  client.messages.filter(isGroupPush).map(({ call }) => call);

const statesOf = ({ legs }: CallSnapshot): Record<string, Leg['state']> =>
  Object.fromEntries(legs.map(({ userId, state }) => [userId, state]));

const reasonsOf = ({ legs }: CallSnapshot): Record<string, number | undefined> =>
  Object.fromEntries(legs.map(({ userId, reason }) => [userId, reason]));

const isIn = (call: CallSnapshot, ...userIds: string[]): boolean =>
  userIds.every((userId) => legOf(call, userId)?.state === 'joined');

describe('a call of several people', () => {
  let server: WireServer;
  let anna: RawClient;
  let bao: RawClient;
  let cem: RawClient;
  let dora: RawClient;
  let groupId: string;

  beforeEach(async () => {
    server = await WireServer.start();
    anna = await server.join('anna');
    bao = await server.join('bao');
    cem = await server.join('cem');
    dora = await server.join('dora');
    const memberIds = ['bao', 'cem'];
    groupId = (await anna.request('group.create', { name: 'Design', memberIds })).group.groupId;
  });
  afterEach(() => server.stop());

  type StartBody = RequestBody<'call.start-group'>;

  const start = async (more: Partial<StartBody> = {}): Promise<CallSnapshot> => {
    const body = { groupId, userIds: ['bao', 'cem'], mediaType: 1, ...more } as const;
    return (await anna.request('call.start-group', body)).call;
  };

  /** Of any people, whatever group they are in. */
  const startAdHoc = async (...userIds: string[]): Promise<CallSnapshot> =>
    (await anna.request('call.start-group', { userIds, mediaType: 1 })).call;

  const answer = async (by: RawClient, callId: string): Promise<CallSnapshot> => {
    await by.request('call.claim', { callId });
    return (await by.request('call.join', { callId })).call;
  };

  const enter = async (by: RawClient, callId: string): Promise<CallSnapshot> => {
    await by.request('call.enter', { callId });
    return (await by.request('call.join', { callId })).call;
  };

  const leave = async (by: RawClient, callId: string): Promise<CallSnapshot> =>
    (await by.request('call.leave', { callId, why: 'hangup' })).call;

  const rung = (client: RawClient, callId: string): Promise<CallSnapshot> =>
    client.waitForCall((call) => call.callId === callId);

  const endOf = (client: RawClient, callId: string): Promise<CallSnapshot> =>
    client.waitForCall((call) => call.callId === callId && call.endedAt !== undefined);

  /** Everything that was sent before has come when this has: one socket keeps the order. */
  const settled = (client: RawClient): Promise<unknown> =>
    client.request('heartbeat', { calls: {}, live: {} });

  describe('that somebody starts', () => {
    it('rings for each of them, and those who accept and those who decline come and go by themselves', async () => {
      const call = await start({ mediaType: 2, userIds: ['cem', 'bao', 'anna', 'bao'] });
      expect(call).toMatchObject({ kind: 'group', groupId, mediaType: 2, callerId: 'anna' });
      expect(call.legs.map(({ userId }) => userId)).toEqual(['anna', 'cem', 'bao']);
      expect(legOf(call, 'anna')).toMatchObject({ state: 'joined', joinIndex: 0 });
      const { callId } = call;
      await rung(bao, callId);
      await rung(cem, callId);
      await bao.request('call.ringing', { callId });
      await anna.waitForCall((seen) => legOf(seen, 'bao')?.ringingOn === 1);
      await answer(bao, callId);
      await leave(cem, callId);
      const two = await anna.waitForCall(
        (seen) => isIn(seen, 'anna', 'bao') && legOf(seen, 'cem')?.state === 'left',
      );
      expect(reasonsOf(two)['cem']).toBe(EndReason.REJECT);
      expect(two.endedAt).toBeUndefined();
      await leave(bao, callId);
      const ended = await endOf(anna, callId);
      expect(reasonsOf(ended)).toEqual({
        anna: EndReason.REMOTE_HANGUP,
        bao: EndReason.HANGUP,
        cem: EndReason.REJECT,
      });
    });

    it('leaves one record with each, named by the group', async () => {
      const { callId } = await start();
      await answer(bao, callId);
      await leave(anna, callId);
      await leave(bao, callId);
      await endOf(cem, callId);
      for (const client of [anna, bao, cem]) {
        const { records } = await client.request('records.list', {});
        expect(records).toMatchObject([{ callId, kind: 'group', targetId: groupId }]);
      }
    });

    it('is the same one when the command comes twice, and over when it is called off', async () => {
      const body = { groupId, userIds: ['bao'], mediaType: 1 } as const;
      const first = await anna.request('call.start-group', body, 'k');
      const again = await anna.request('call.start-group', body, 'k');
      expect(again).toEqual(first);
      await anna.request('call.cancel-start', { commandId: 'k' });
      const ended = await endOf(bao, first.call.callId);
      expect(reasonsOf(ended)).toEqual({ anna: EndReason.CANCEL, bao: EndReason.REMOTE_CANCEL });
    });

    it('is of members only, and a stranger among them costs nobody a ring', async () => {
      await expect(start({ userIds: ['bao', 'dora'] })).rejects.toThrow('not-in-group');
      await expect(start({ groupId: 'none' })).rejects.toThrow('not-in-group');
      const outside = dora.request('call.start-group', { groupId, userIds: ['bao'], mediaType: 1 });
      await expect(outside).rejects.toThrow('not-in-group');
      await settled(bao);
      expect(bao.snapshots()).toEqual([]);
    });

    it('is without a group of anybody who exists, but not of oneself alone', async () => {
      await expect(startAdHoc('dora', 'ghost')).rejects.toThrow('user-unknown');
      await expect(startAdHoc('anna')).rejects.toThrow('call-self');
      const call = await startAdHoc('dora', 'bao');
      expect(call.groupId).toBeUndefined();
      expect((await rung(dora, call.callId)).kind).toBe('group');
    });

    it('holds as many as were tested, and one more is refused before anybody is rung', async () => {
      const others = Array.from({ length: limits.participants }, (_, n) => `guest${String(n)}`);
      const guests = await Promise.all(others.map((userId) => server.join(userId)));
      await expect(startAdHoc(...others)).rejects.toThrow('call-full');
      await settled(guests[0]!);
      expect(guests[0]!.snapshots()).toEqual([]);
      const { callId } = await startAdHoc(...others.slice(1));
      const asked = anna.request('call.invite', { callId, userIds: [others[0]!] });
      await expect(asked).rejects.toThrow('call-full');
      await leave(guests[1]!, callId);
      const { call } = await anna.request('call.invite', { callId, userIds: [others[0]!] });
      expect(legOf(call, others[0]!)?.state).toBe('invited');
    });
  });

  describe('into which somebody is invited', () => {
    it('rings for them with the words of whoever invites; everybody else sees them coming', async () => {
      const { callId } = await start({ userIds: ['bao'], push: { callContent: 'Ours' } });
      await answer(bao, callId);
      const push = { callTitle: 'Two minutes', callContent: 'We need you' };
      const words = { extra: 'ticket 7', push };
      await bao.request('call.invite', { callId, userIds: ['cem', 'anna'], ...words });
      expect(await rung(cem, callId)).toMatchObject(words);
      const seen = await anna.waitForCall((call) => legOf(call, 'cem') !== undefined);
      expect(legOf(seen, 'cem')).toMatchObject({ state: 'invited', invitedBy: 'bao' });
      expect(seen.legs.filter(({ userId }) => userId === 'anna')).toHaveLength(1);
      await answer(cem, callId);
      await anna.waitForCall((call) => isIn(call, 'anna', 'bao', 'cem'));
    });

    it('has members of its group only, also when one of them invites', async () => {
      const { callId } = await start();
      const stranger = anna.request('call.invite', { callId, userIds: ['dora'] });
      await expect(stranger).rejects.toThrow('not-in-group');
      await settled(dora);
      expect(dora.snapshots()).toEqual([]);
    });

    it('is invited to by those who have joined, and by nobody else', async () => {
      const { callId } = await startAdHoc('bao');
      const early = bao.request('call.invite', { callId, userIds: ['cem'] });
      await expect(early).rejects.toThrow('wrong-state');
      const outside = dora.request('call.invite', { callId, userIds: ['cem'] });
      await expect(outside).rejects.toThrow('call-unknown');
    });

    it('rings again for somebody who has left it', async () => {
      const { callId } = await start();
      await answer(bao, callId);
      await leave(cem, callId);
      await anna.request('call.invite', { callId, userIds: ['cem'] });
      await cem.waitForCall(
        (call) => legOf(call, 'cem')?.state === 'invited' && call.legs.length === 4,
      );
      expect(statesOf(await answer(cem, callId))['cem']).toBe('joined');
    });
  });

  describe('made of a call of two', () => {
    const dial = async (): Promise<string> => {
      const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 });
      return call.callId;
    };

    it('keeps the two as they are, and rings for the third', async () => {
      const callId = await dial();
      const before = await answer(bao, callId);
      const { call } = await bao.request('call.extend', { callId, userIds: ['dora'] });
      expect(call).toMatchObject({ callId, kind: 'group' });
      expect(call.groupId).toBeUndefined();
      expect(call.legs.slice(0, 2)).toEqual(before.legs);
      await answer(dora, callId);
      await anna.waitForCall((seen) => isIn(seen, 'anna', 'bao', 'dora'));
    });

    it('comes of both being there, and of no invitation', async () => {
      const callId = await dial();
      const early = anna.request('call.extend', { callId, userIds: ['dora'] });
      await expect(early).rejects.toThrow('wrong-state');
      await answer(bao, callId);
      const invitation = anna.request('call.invite', { callId, userIds: ['dora'] });
      await expect(invitation).rejects.toThrow('not-a-group-call');
      await settled(dora);
      expect(dora.snapshots()).toEqual([]);
    });
  });

  describe('that somebody enters by themselves', () => {
    it('is open to members of its group, and they ring nowhere', async () => {
      const { callId } = await start({ userIds: ['bao'] });
      await answer(bao, callId);
      const call = await enter(cem, callId);
      expect(legOf(call, 'cem')).toMatchObject({ state: 'joined', invitedBy: 'cem', joinIndex: 2 });
      expect(legOf(call, 'cem')?.answerBy).toBeUndefined();
      await anna.waitForCall((seen) => isIn(seen, 'anna', 'bao', 'cem'));
    });

    it('is open to whoever was in it, also without a group', async () => {
      const { callId } = await startAdHoc('bao', 'dora');
      await answer(bao, callId);
      await answer(dora, callId);
      await leave(dora, callId);
      expect(statesOf(await enter(dora, callId))['dora']).toBe('joined');
    });

    it('is shut to everybody else, and does not even show that it is there', async () => {
      const { callId } = await start();
      await answer(bao, callId);
      await expect(enter(dora, callId)).rejects.toThrow('call-unknown');
      await server.join('eve');
      const { call } = await dora.request('call.start', { targetId: 'eve', mediaType: 1 });
      await expect(enter(anna, call.callId)).rejects.toThrow('call-unknown');
    });

    it('is over when the last two have left, and cannot be entered then', async () => {
      const { callId } = await start();
      await answer(bao, callId);
      await leave(cem, callId);
      await leave(bao, callId);
      await endOf(anna, callId);
      await expect(enter(cem, callId)).rejects.toThrow('call-ended');
    });
  });

  describe('that somebody has left', () => {
    const beat = (by: RawClient, calls: Record<string, number>) =>
      by.request('heartbeat', { calls, live: {} });

    const welcomed = async (userId: string, deviceId: string): Promise<readonly string[]> => {
      const { welcome } = await server.joinWith(await server.appToken(userId), deviceId);
      return welcome.calls.map(({ callId }) => callId);
    };

    it('[CR159] is told to them no more, whatever their devices ask', async () => {
      const { callId } = await start();
      await answer(bao, callId);
      const { revision } = await leave(cem, callId);
      await anna.request('call.media', { callId, mediaType: 2 });
      expect(await beat(cem, {})).toMatchObject({ calls: [], gone: [] });
      expect(await beat(cem, { [callId]: revision })).toMatchObject({ calls: [], gone: [] });
      expect(await welcomed('cem', 'cem-phone')).toEqual([]);
      expect(await welcomed('bao', 'bao-phone')).toEqual([callId]);
      await leave(bao, callId);
      await endOf(anna, callId);
      expect(await beat(cem, { [callId]: revision })).toMatchObject({ calls: [], gone: [] });
      expect(cem.snapshots().every((call) => call.revision <= revision)).toBe(true);
    });

    it('[CR159] is told once to a device that was away, with how it ended for them', async () => {
      const { callId, revision } = await start();
      await answer(bao, callId);
      await leave(cem, callId);
      const phone = await server.join('cem', 'cem-phone');
      const missed = await beat(phone, { [callId]: revision });
      expect(missed.calls.map((call) => legOf(call, 'cem'))).toMatchObject([
        { state: 'left', reason: EndReason.REJECT },
      ]);
      const heard = missed.calls[0]!.revision;
      await anna.request('call.media', { callId, mediaType: 2 });
      expect(await beat(phone, { [callId]: heard })).toMatchObject({ calls: [], gone: [] });
    });
  });

  it('[CR160] is never heard of by somebody who has blocked the one who asks', async () => {
    await bao.request('rules.block', { userId: 'anna', blocked: true });
    const { callId } = await start();
    expect(reasonsOf(await rung(cem, callId))['bao']).toBe(EndReason.BUSY_LINE);
    const asked = { calls: { [callId]: 0 }, live: {} };
    expect(await bao.request('heartbeat', asked)).toMatchObject({ calls: [], gone: [callId] });
    await leave(cem, callId);
    await endOf(anna, callId);
    expect(await bao.request('heartbeat', asked)).toMatchObject({ calls: [], gone: [callId] });
    expect(await bao.request('records.list', {})).toMatchObject({ records: [] });
    const told = bao.messages.map(({ type }) => type);
    expect(told.filter((type) => type === 'call.snapshot' || type === 'record.added')).toEqual([]);
  });

  describe('of a group that people watch', () => {
    const watch = async (by: RawClient, ...groupIds: string[]): Promise<readonly GroupCall[]> =>
      (await by.request('group-calls.watch', { groupIds })).calls;

    const told = (
      client: RawClient,
      fits: (call: GroupCall | null) => boolean,
    ): Promise<GroupPush> =>
      client.waitFor(
        (message): message is GroupPush => isGroupPush(message) && fits(message.call),
        'news of the group',
      );

    const isOf =
      (...joinedIds: string[]) =>
      (call: GroupCall | null): boolean =>
        call?.joinedIds.join() === joinedIds.join();

    it('is told to its members from its start to its end, once for each change that they can see', async () => {
      expect(await watch(cem, groupId)).toEqual([]);
      const { callId, createdAt } = await start({ userIds: ['bao'] });
      await bao.request('call.ringing', { callId });
      await answer(bao, callId);
      expect(await told(cem, isOf('anna', 'bao'))).toEqual({
        type: 'group-call.changed',
        groupId,
        call: {
          ...{ callId, groupId, mediaType: 1, callerId: 'anna', createdAt },
          joinedIds: ['anna', 'bao'],
        },
      });
      await anna.request('call.media', { callId, mediaType: 2 });
      await leave(bao, callId);
      await told(cem, (call) => call === null);
      expect(
        groupPushes(cem).map((call) => call && [call.joinedIds.join(), call.mediaType]),
      ).toEqual([['anna', 1], ['anna,bao', 1], ['anna,bao', 2], null]);
      expect(cem.snapshots()).toEqual([]);
    });

    it('is known to a member who comes later, and after a restart of the server', async () => {
      const { callId } = await start({ userIds: ['bao'] });
      await answer(bao, callId);
      const running = [{ callId, joinedIds: ['anna', 'bao'] }];
      expect(await watch(cem, groupId)).toMatchObject(running);
      await server.halt();
      await server.boot();
      const again = await server.join('cem');
      expect(await watch(again, groupId)).toMatchObject(running);
    });

    it('is the newest where there are several, and the older one when that is over', async () => {
      const first = await start({ userIds: ['bao'] });
      await answer(bao, first.callId);
      const body = { groupId, userIds: ['anna'], mediaType: 1 } as const;
      const phone = await server.join('anna', 'anna-phone');
      await phone.request('rules.set', { busy: 'device' });
      const second = (await cem.request('call.start-group', body)).call;
      expect(await watch(bao, groupId)).toMatchObject([{ callId: second.callId }]);
      await leave(cem, second.callId);
      await told(bao, (call) => call?.callId === first.callId);
    });

    it('shows itself to nobody else: neither now nor later, and not whether there is such a group', async () => {
      const { callId } = await start({ userIds: ['bao'] });
      expect(await watch(dora, groupId, 'none')).toEqual([]);
      await answer(bao, callId);
      await leave(bao, callId);
      await settled(dora);
      expect(groupPushes(dora)).toEqual([]);
    });

    it('is no news any more to who has left the group, or was taken out of it, or watches nothing', async () => {
      const guests = [bao, cem, dora];
      const eve = await server.join('eve');
      const everybody = ['anna', 'bao', 'cem', 'dora', 'eve'];
      await anna.request('group.change', { groupId, memberIds: everybody });
      for (const client of guests) await watch(client, groupId);
      await bao.request('group.change', { groupId, memberIds: ['anna', 'cem', 'dora', 'eve'] });
      await anna.request('group.change', { groupId, memberIds: ['anna', 'dora', 'eve'] });
      await watch(dora);
      await watch(eve, groupId);
      await start({ userIds: ['eve'] });
      await told(eve, isOf('anna'));
      for (const client of guests) {
        await settled(client);
        expect(groupPushes(client)).toEqual([]);
      }
      expect(await watch(bao, groupId)).toEqual([]);
    });

    it('is a bug of the client to watch more groups than one can be in', async () => {
      const groupIds = Array.from({ length: limits.groupsPerUser + 1 }, (_, n) => `g${String(n)}`);
      await expect(watch(anna, ...groupIds)).rejects.toThrow('bad-message');
    });
  });

  describe('that gets pictures', () => {
    it('does so at once', async () => {
      const { callId } = await start({ userIds: ['bao'] });
      await answer(bao, callId);
      const { call } = await bao.request('call.media', { callId, mediaType: 2 });
      expect(call).toMatchObject({ mediaType: 2, mediaChangedBy: 'bao' });
    });

    it('needs the other one in a call of two: yes, no, and taken back', async () => {
      const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 });
      const { callId } = call;
      await answer(bao, callId);
      const ask = async (): Promise<CallSnapshot> => {
        const asked = (await anna.request('call.media', { callId, mediaType: 2 })).call;
        expect(asked).toMatchObject({ mediaType: 1, mediaAsk: { by: 'anna' } });
        return bao.waitForCall((seen) => seen.revision === asked.revision);
      };
      const says = async (by: RawClient, accept: boolean): Promise<CallSnapshot> =>
        (await by.request('call.media-answer', { callId, accept })).call;
      await ask();
      const refused = await says(bao, false);
      expect([refused.mediaType, refused.mediaAsk]).toEqual([1, undefined]);
      await anna.waitForCall((seen) => seen.revision === refused.revision);
      await ask();
      expect((await says(anna, false)).mediaAsk).toBeUndefined();
      await ask();
      await expect(says(anna, true)).rejects.toThrow('wrong-state');
      const agreed = await says(bao, true);
      expect(agreed).toMatchObject({ mediaType: 2, mediaChangedBy: 'anna' });
      expect(agreed.mediaAsk).toBeUndefined();
      const strangers = dora.request('call.media-answer', { callId, accept: true });
      await expect(strangers).rejects.toThrow('call-unknown');
    });
  });
});

it('who is taken out of a group in the moment of watching it hears nothing of its calls', async () => {
  const gate = new Gate();
  const server = await WireServer.start({
    wrapStore: (store) => {
      const ofUser = async (userId: string): Promise<readonly Group[]> => {
        const groups = await store.groups.ofUser(userId);
        // What was read is old by the time it is used.
        if (userId === 'cem') await gate.pass();
        return groups;
      };
      return { ...store, groups: { ...store.groups, ofUser } };
    },
  });
  try {
    const [anna, bao, cem] = [
      await server.join('anna'),
      await server.join('bao'),
      await server.join('cem'),
    ];
    const memberIds = ['bao', 'cem'];
    const { group } = await anna.request('group.create', { name: 'Design', memberIds });
    const { groupId } = group;
    const watching = cem.request('group-calls.watch', { groupIds: [groupId] });
    await gate.reached;
    await anna.request('group.change', { groupId, memberIds: ['anna', 'bao'] });
    gate.open();
    expect((await watching).calls).toEqual([]);
    const body = { groupId, userIds: ['bao'], mediaType: 1 } as const;
    const { call } = await anna.request('call.start-group', body);
    await bao.waitForCall(({ callId }) => callId === call.callId);
    await cem.request('heartbeat', { calls: {}, live: {} });
    expect(groupPushes(cem)).toEqual([]);
  } finally {
    await server.stop();
  }
});
