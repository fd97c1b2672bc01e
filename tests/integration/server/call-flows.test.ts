/** The endings and meetings of a 1:1 call over real sockets: who hears what, and what is left behind. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EndReason } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import { limits } from '#protocol/limits';
import { type CallRules, defaultCallRules } from '#protocol/messages';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import type { RawClient } from '../../support/raw-client';
import { WireServer } from '../../support/wire-server';

const legOf = (call: CallSnapshot, userId: string): Leg =>
  call.legs.find((leg) => leg.userId === userId)!;

const kick = 0;
const refuse = 1;
const coexist = 2;

describe('between raw clients', () => {
  let server: WireServer;
  let anna: RawClient;
  let bao: RawClient;

  beforeEach(async () => {
    server = await WireServer.start();
    anna = await server.join('anna');
    bao = await server.join('bao');
  });
  afterEach(() => server.stop());

  const dial = async (
    from: RawClient,
    targetId: string,
    more: { joinType?: 0 | 1 | 2; mediaType?: 1 | 2 } = {},
  ): Promise<CallSnapshot> =>
    (await from.request('call.start', { targetId, mediaType: 1, ...more })).call;

  const answer = async (by: RawClient, callId: string): Promise<CallSnapshot> => {
    await by.request('call.claim', { callId });
    return (await by.request('call.join', { callId })).call;
  };

  const endOf = (client: RawClient, callId: string): Promise<CallSnapshot> =>
    client.waitForCall((call) => call.callId === callId && call.endedAt !== undefined);

  /** How the ended call looks to its two people, the device of each being the one that was in it. */
  const reasonsOf = (call: CallSnapshot): Record<string, number | null> =>
    Object.fromEntries(
      call.legs.map(({ userId, deviceId = '' }) => [
        userId,
        endReasonFor(call, { userId, deviceId }),
      ]),
    );

  const rulesPushed = async (to: RawClient, fits: (rules: CallRules) => boolean): Promise<void> => {
    await to.waitFor(
      (message): message is Extract<typeof message, { type: 'rules.changed' }> =>
        message.type === 'rules.changed' && fits(message.rules),
      'the changed rules',
    );
  };

  describe('two people who call each other', () => {
    it('are in one call, whoever was first, and each command has one answer', async () => {
      const ids = [
        anna.sendRequest('call.start', { targetId: 'bao', mediaType: 2 }, 'a'),
        bao.sendRequest('call.start', { targetId: 'anna', mediaType: 1 }, 'b'),
      ] as const;
      const replies = [await anna.replyTo(ids[0]), await bao.replyTo(ids[1])];
      expect(replies.map(({ ok }) => ok)).toEqual([true, true]);
      const isTogether = (call: CallSnapshot): boolean =>
        call.legs.every((leg) => leg.state === 'joined');
      const { callId, mediaType } = await anna.waitForCall(isTogether);
      expect((await bao.waitForCall(isTogether)).callId).toBe(callId);
      // Nobody's camera is shown to somebody who asked for a voice.
      expect(mediaType).toBe(1);
      const again = await bao.request('call.start', { targetId: 'anna', mediaType: 1 }, 'b');
      expect(again.call.callId).toBe(callId);
    });

    it('leave it with a hang-up when the start that was merged into it is cancelled', async () => {
      const { callId } = await dial(anna, 'bao');
      const merged = await bao.request('call.start', { targetId: 'anna', mediaType: 1 }, 'b');
      expect(merged.call.callId).toBe(callId);
      await bao.request('call.cancel-start', { commandId: 'b' });
      const ended = await endOf(anna, callId);
      expect(reasonsOf(ended)).toEqual({
        anna: EndReason.REMOTE_HANGUP,
        bao: EndReason.HANGUP,
      });
    });
  });

  describe('somebody who is blocked', () => {
    it('is refused without a trace, until unblocked; all devices of the user hear of it', async () => {
      const laptop = await server.join('bao', 'bao-laptop');
      const { rules } = await bao.request('rules.block', { userId: 'anna', blocked: true });
      expect(rules).toEqual({ ...defaultCallRules, blockedUserIds: ['anna'] });
      for (const device of [bao, laptop]) {
        await rulesPushed(device, ({ blockedUserIds }) => blockedUserIds.includes('anna'));
      }
      await expect(dial(anna, 'bao')).rejects.toThrow('blocked');
      const { welcome } = await server.joinWith(await server.appToken('bao'), 'bao-phone');
      expect(welcome).toMatchObject({ rules, calls: [], records: [] });
      expect([...bao.snapshots(), ...laptop.snapshots()]).toEqual([]);
      expect(anna.messages.some(({ type }) => type === 'rules.changed')).toBe(false);
      await bao.request('rules.block', { userId: 'anna', blocked: false });
      await rulesPushed(laptop, ({ blockedUserIds }) => blockedUserIds.length === 0);
      expect((await dial(anna, 'bao')).callId).toBeDefined();
    });

    it('cannot answer a call that rang before', async () => {
      const { callId } = await dial(anna, 'bao');
      await anna.request('rules.block', { userId: 'bao', blocked: true });
      await expect(bao.request('call.claim', { callId })).rejects.toThrow('blocked');
    });

    it('answers all the same when the one who did calls', async () => {
      await anna.request('rules.block', { userId: 'bao', blocked: true });
      const { callId } = await dial(anna, 'bao');
      const { call } = await bao.request('call.claim', { callId });
      expect(call.legs.map(({ state }) => state)).toEqual(['joined', 'claimed']);
    });

    it('has to be somebody, and somebody else', async () => {
      const ghost = bao.request('rules.block', { userId: 'ghost', blocked: true });
      await expect(ghost).rejects.toThrow('user-unknown');
      const self = bao.request('rules.block', { userId: 'bao', blocked: true });
      await expect(self).rejects.toThrow('bad-message');
    });
  });

  it('rules that change too fast are refused, and those that were told last count', async () => {
    const laptop = await server.join('bao', 'bao-laptop');
    const ids = Array.from({ length: 40 }, (_, n) =>
      (n % 2 === 0 ? bao : laptop).sendRequest('rules.set', { secondDevice: n % 3 === 0 ? 0 : 2 }),
    );
    const replies = await Promise.all(ids.map((id, n) => (n % 2 === 0 ? bao : laptop).replyTo(id)));
    const errors = replies.flatMap((reply) => (reply.ok ? [] : reply.error.code));
    expect(new Set(errors)).toEqual(new Set(['rate-limited']));
    const { welcome } = await server.joinWith(await server.appToken('bao'), 'bao-phone');
    // Whatever was pushed before has come before the answers to these.
    for (const client of [bao, laptop]) await client.request('ice.servers', {});
    const told = [bao, laptop].map((client) =>
      client.messages.findLast((message) => message.type === 'rules.changed'),
    );
    for (const last of told) expect(last?.rules).toEqual(welcome.rules);
  });

  describe('somebody who is in a call on another device', () => {
    let cem: RawClient;
    let laptop: RawClient;
    let talk: CallSnapshot;

    beforeEach(async () => {
      cem = await server.join('cem');
      laptop = await server.join('bao', 'bao-laptop');
      talk = await dial(cem, 'bao');
      talk = await answer(bao, talk.callId);
    });

    it('is busy by default', async () => {
      const call = await dial(anna, 'bao');
      expect(reasonsOf(call)).toMatchObject({ anna: EndReason.REMOTE_BUSY_LINE });
    });

    it('rings on a free device if that is the rule, and is busy when there is none', async () => {
      await bao.request('rules.set', { busy: 'device' });
      const { callId } = await dial(anna, 'bao');
      await laptop.waitForCall((call) => call.callId === callId);
      await laptop.request('call.ringing', { callId });
      await anna.waitForCall((call) => legOf(call, 'bao').ringingOn === 1);
      await anna.request('call.leave', { callId, why: 'hangup' });
      await laptop.close();
      const busy = await dial(anna, 'bao');
      expect(reasonsOf(busy)).toMatchObject({ anna: EndReason.REMOTE_BUSY_LINE });
    });

    it('is refused a second call by default', async () => {
      await expect(dial(laptop, 'anna')).rejects.toThrow('in-call-elsewhere');
      await expect(dial(bao, 'anna', { joinType: kick })).rejects.toThrow('call-exists');
      expect(anna.snapshots()).toEqual([]);
    });

    it('switches to the new device: the former call ends with 21, seen as 31', async () => {
      const call = await dial(laptop, 'anna', { joinType: kick });
      const ended = await endOf(cem, talk.callId);
      expect(reasonsOf(ended)).toEqual({
        bao: EndReason.OTHER_CLIENT_JOINED_CALL,
        cem: EndReason.REMOTE_OTHER_CLIENT_JOINED_CALL,
      });
      await endOf(bao, talk.callId);
      // What is left is told before what is begun.
      const order = laptop.snapshots().map(({ callId }) => callId);
      expect(order.lastIndexOf(talk.callId)).toBeLessThan(order.indexOf(call.callId));
      const { records } = await cem.request('records.list', {});
      expect(records.map(({ callId }) => callId)).toEqual([talk.callId]);
      await answer(anna, call.callId);
    });

    it('has both calls if the command or the rule says so', async () => {
      const first = await dial(laptop, 'anna', { joinType: coexist });
      await laptop.request('call.leave', { callId: first.callId, why: 'hangup' });
      await bao.request('rules.set', { secondDevice: coexist });
      await answer(anna, (await dial(laptop, 'anna')).callId);
      const { calls } = await bao.request('heartbeat', { calls: {}, live: {} });
      expect(calls).toHaveLength(2);
      expect(calls.every((call) => call.endedAt === undefined)).toBe(true);
    });

    it.each([
      { joinType: refuse, bao: EndReason.OTHER_CLIENT_IN_CALL, talks: true },
      { joinType: kick, bao: null, talks: false },
      { joinType: coexist, bao: null, talks: true },
    ] as const)('answers another call with join type $joinType', async (expected) => {
      await bao.request('rules.set', { busy: 'device' });
      const { callId } = await dial(anna, 'bao');
      const { joinType } = expected;
      const { call } = await laptop.request('call.claim', { callId, joinType });
      expect(endReasonFor(call, { userId: 'bao', deviceId: 'bao-laptop' })).toBe(expected.bao);
      if (joinType === refuse) {
        const ended = await endOf(anna, callId);
        expect(reasonsOf(ended)).toMatchObject({ anna: EndReason.REMOTE_OTHER_CLIENT_IN_CALL });
      }
      const beat = await cem.request('heartbeat', { calls: { [talk.callId]: 0 }, live: {} });
      expect(beat.calls[0]?.endedAt === undefined).toBe(expected.talks);
    });
  });

  it('a video call becomes an audio call for both, once', async () => {
    const { callId } = await dial(anna, 'bao', { mediaType: 2 });
    await expect(bao.request('call.media', { callId, mediaType: 1 })).rejects.toThrow(
      'wrong-state',
    );
    await answer(bao, callId);
    const { call } = await bao.request('call.media', { callId, mediaType: 1 });
    expect(call).toMatchObject({ mediaType: 1, mediaChangedBy: 'bao' });
    await anna.waitForCall((seen) => seen.mediaType === 1 && seen.mediaChangedBy === 'bao');
    const again = await anna.request('call.media', { callId, mediaType: 1 });
    expect(again.call).toEqual(call);
  });

  it('what applications say of their users, and the caller’s texts, are in the snapshots', async () => {
    const push = { callTitle: 'Lunch', hungupContent: 'Too late' };
    const user = { name: 'Anna at work', portraitUri: 'https://a.example/p.png', extra: '{}' };
    const { call } = await anna.request('call.start', {
      ...{ targetId: 'bao', mediaType: 1, extra: 'table for two', push, user },
    });
    const { callId } = call;
    const rung = await bao.waitForCall((one) => one.callId === callId);
    expect(rung).toMatchObject({ push, extra: 'table for two' });
    expect(legOf(rung, 'anna').user).toEqual(user);
    await bao.request('call.ringing', { callId, user: { name: 'Bao' } });
    await anna.waitForCall((one) => legOf(one, 'bao').user?.name === 'Bao');
    await bao.request('call.claim', { callId });
    await bao.request('call.join', { callId, user: { name: 'Bao on the road' } });
    await anna.waitForCall((one) => legOf(one, 'bao').user?.name === 'Bao on the road');
    const left = { callId, why: 'network', user: { name: 'Bao, gone' } } as const;
    await bao.request('call.leave', left);
    const ended = await endOf(anna, callId);
    expect(legOf(ended, 'bao').user?.name).toBe('Bao, gone');
    expect(reasonsOf(ended)).toEqual({
      anna: EndReason.REMOTE_NETWORK_ERROR,
      bao: EndReason.NETWORK_ERROR,
    });
  });

  it('an admin puts one of them out: 23 there, 33 at the other', async () => {
    const { callId } = await dial(anna, 'bao');
    await answer(bao, callId);
    const { admin } = server.running;
    expect(await admin.listCalls()).toMatchObject([
      { callId, userIds: ['anna', 'bao'], stage: 'connected' },
    ]);
    await expect(admin.removeFromCall(callId, 'cem')).rejects.toThrow('not-in-call');
    await expect(admin.removeFromCall('none', 'bao')).rejects.toThrow('call-unknown');
    await admin.removeFromCall(callId, 'bao');
    const expected = { anna: EndReason.REMOTE_KICKED_BY_SERVER, bao: EndReason.KICKED_BY_SERVER };
    expect(reasonsOf(await endOf(anna, callId))).toEqual(expected);
    expect(reasonsOf(await endOf(bao, callId))).toEqual(expected);
    await expect(admin.removeFromCall(callId, 'bao')).rejects.toThrow('not-in-call');
    expect(await admin.listCalls()).toEqual([]);
  });

  it('a device that is rung by many with much to say can still sign in, and hears of them bit by bit', async () => {
    await bao.request('rules.set', { busy: 'device' });
    const callers = limits.callsPerUser;
    const words = (chars: number): string => '李'.repeat(chars);
    const user = { name: words(limits.nameChars), extra: words(200) };
    const push = { callContent: words(limits.pushContentChars) };
    // Six bytes each in JSON.
    const extra = '\u0001'.repeat(limits.extraChars);
    for (let n = 0; n < callers; n += 1) {
      const caller = await server.join(`caller${String(n)}`);
      await caller.request('call.start', { targetId: 'bao', mediaType: 1, extra, push, user });
    }
    const { client, welcome } = await server.joinWith(await server.appToken('bao'), 'bao-laptop');
    const known: Record<string, number> = {};
    const learn = (calls: readonly CallSnapshot[]): void => {
      for (const { callId, revision } of calls) known[callId] = revision;
    };
    learn(welcome.calls);
    expect(Object.keys(known).length).toBeGreaterThan(0);
    expect(Object.keys(known).length).toBeLessThan(callers);
    for (let beats = 0; beats < callers && Object.keys(known).length < callers; beats += 1) {
      learn((await client.request('heartbeat', { calls: known, live: {} })).calls);
    }
    expect(Object.keys(known)).toHaveLength(callers);
    expect(Math.max(...client.texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(
      limits.messageBytes,
    );
  });
});
