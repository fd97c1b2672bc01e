/** Who can be reached, and how: silent rings, presence and words with a decline, over real sockets. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rates } from '#protocol/limits';
import { type DoNotDisturb, type Presence, defaultCallRules } from '#protocol/messages';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { systemClock } from '#server/clock';
import { RawClient } from '../../support/raw-client';
import { WireServer } from '../../support/wire-server';

const off = defaultCallRules.doNotDisturb;
const switchedOn: DoNotDisturb = { ...off, until: 0 };
const hourMs = 3_600_000;

const legIn = (call: CallSnapshot, userId: string): Leg =>
  call.legs.find((leg) => leg.userId === userId)!;

describe('who can be reached', () => {
  let server: WireServer;
  let anna: RawClient;
  /** What the server's clock says more than the real one. */
  let aheadMs: number;

  beforeEach(async () => {
    aheadMs = 0;
    server = await WireServer.start({
      timing: { ringAckMs: 150 },
      clock: { ...systemClock, now: () => systemClock.now() + aheadMs },
    });
    anna = await server.join('anna');
  });
  afterEach(() => server.stop());

  const dial = async (targetId: string): Promise<CallSnapshot> =>
    (await anna.request('call.start', { targetId, mediaType: 1 })).call;

  const legOfBao = async (fits: (leg: Leg) => boolean): Promise<Leg> =>
    legIn(await anna.waitForCall((call) => fits(legIn(call, 'bao'))), 'bao');

  const recordOf = async (client: RawClient) => {
    const added = await client.waitFor(
      (message): message is Extract<typeof message, { type: 'record.added' }> =>
        message.type === 'record.added',
      'the record',
    );
    return added.record;
  };

  describe('somebody who does not want to be disturbed', () => {
    it('is told apart for favourites; nothing probes their devices; the history says so', async () => {
      const bao = await server.join('bao', 'bao-desk', { isDeaf: true });
      const cem = await server.join('cem');
      await bao.request('rules.favourite', { userId: 'cem', favourite: true });
      await bao.request('rules.set', { doNotDisturb: switchedOn });
      const silent = await dial('bao');
      expect(legIn(silent, 'bao')).toMatchObject({ state: 'invited', silenced: true });
      // A later ring closes another deaf device: by then one here would have closed this.
      const dora = await server.join('dora', 'dora-desk', { isDeaf: true });
      const emil = await server.join('emil');
      await emil.request('call.start', { targetId: 'dora', mediaType: 1 });
      expect(await dora.waitForClose()).toBe(4408);
      expect(bao.closeCode).toBeNull();
      const painted = await bao.request('call.ringing', { callId: silent.callId });
      expect(legIn(painted.call, 'bao')).toMatchObject({ state: 'invited', ringingOn: 0 });
      await anna.request('call.leave', { callId: silent.callId, why: 'hangup' });
      expect(await recordOf(bao)).toMatchObject({ silenced: true, seen: false, endReason: 11 });
      const { call } = await cem.request('call.start', { targetId: 'bao', mediaType: 1 });
      expect(legIn(call, 'bao')).not.toHaveProperty('silenced');
    });

    it('sets hours in a zone that exists, and replies that say something', async () => {
      const schedule = { days: [1], fromMinute: 0, toMinute: 60, timeZone: 'Europe/Berlin' };
      const set = async (body: object): Promise<unknown> => {
        anna.sendText(
          JSON.stringify({
            type: 'rules.set',
            id: JSON.stringify(body).length.toString(),
            ...body,
          }),
        );
        return anna.replyTo(JSON.stringify(body).length.toString());
      };
      const bad = { error: { code: 'bad-message' } };
      const nowhere = { ...schedule, timeZone: 'Europe/Atlantis' };
      expect(await set({ doNotDisturb: { ...off, schedule: nowhere } })).toMatchObject(bad);
      expect(await set({ quickReplies: ['In ten minutes', '   '] })).toMatchObject(bad);
      const { rules } = await anna.request('rules.set', {
        doNotDisturb: { ...off, schedule },
        quickReplies: [' In ten minutes '],
      });
      expect(rules).toMatchObject({ doNotDisturb: { schedule }, quickReplies: ['In ten minutes'] });
      anna.sendText(
        JSON.stringify({ type: 'rules.favourite', id: 'self', userId: 'anna', favourite: true }),
      );
      expect(await anna.replyTo('self')).toMatchObject(bad);
    });
  });

  it('keeps what two devices of one user change of "do not disturb" at once, and tells both', async () => {
    const desk = await server.join('bao');
    const laptop = await server.join('bao', 'bao-laptop');
    const schedule = { days: [1], fromMinute: 0, toMinute: 60, timeZone: 'Europe/Berlin' };
    await Promise.all([
      desk.request('rules.set', { doNotDisturb: { schedule } }),
      laptop.request('rules.set', { doNotDisturb: { until: 0 } }),
    ]);
    for (const client of [desk, laptop]) {
      await client.waitFor(
        (message): message is Extract<typeof message, { type: 'rules.changed' }> =>
          message.type === 'rules.changed' &&
          message.rules.doNotDisturb.until === 0 &&
          message.rules.doNotDisturb.schedule?.fromMinute === 0,
        'both changes',
      );
    }
    const { rules } = await desk.request('rules.set', { doNotDisturb: { until: null } });
    expect(rules.doNotDisturb).toEqual({ until: null, schedule, favouritesRing: true });
  });

  it('[CR16] a quiet device says so instead of ringing, and another one may still ring', async () => {
    const bao = await server.join('bao');
    const laptop = await server.join('bao', 'bao-laptop');
    const { callId } = await dial('bao');
    await bao.request('call.silenced', { callId });
    await laptop.request('call.silenced', { callId });
    expect(await legOfBao(({ silenced }) => silenced === true)).toMatchObject({ ringingOn: 0 });
    await laptop.request('call.ringing', { callId });
    expect(await legOfBao(({ state }) => state === 'ringing')).not.toHaveProperty('silenced');
  });

  it('[CR17] [CR18] the caller reads that no device is there, and that one has come', async () => {
    const bao = await server.join('bao', 'bao-desk', { isDeaf: true });
    const { callId } = await dial('bao');
    // The device does not answer the probe of its ring, so it is none.
    expect(await bao.waitForClose()).toBe(4408);
    await legOfBao(({ unreachable }) => unreachable === true);
    await server.join('bao', 'bao-laptop');
    const back = await anna.waitForCall(
      (call) => call.revision > 2 && legIn(call, 'bao').unreachable === undefined,
    );
    expect(back.callId).toBe(callId);
  });

  it('[CR49] a word with a decline reaches the caller and both histories, and is found there', async () => {
    const bao = await server.join('bao');
    const { callId } = await dial('bao');
    await bao.request('call.ringing', { callId });
    await bao.request('call.leave', { callId, why: 'hangup', reply: 'In ten minutes' });
    const ended = await anna.waitForCall((call) => call.endedAt !== undefined);
    expect(legIn(ended, 'bao')).toMatchObject({ reason: 2, reply: 'In ten minutes' });
    for (const [client, other] of [
      [anna, 'bao'],
      [bao, 'anna'],
    ] as const) {
      const record = await recordOf(client);
      expect(record).toMatchObject({
        reply: 'In ten minutes',
        memberIds: [other],
        invitedBy: 'anna',
      });
      const { records } = await client.request('records.list', { query: other.slice(0, 2) });
      expect(records).toEqual([record]);
      expect((await client.request('records.list', { query: 'nobody' })).records).toEqual([]);
    }
  });

  describe('presence', () => {
    const shown = (client: RawClient, fits: (one: Presence) => boolean): Promise<unknown> =>
      client.waitFor(
        (message): message is Extract<typeof message, { type: 'presence.changed' }> =>
          message.type === 'presence.changed' && message.presence.some(fits),
        'the presence',
      );

    it('follows what devices report, as long as they are connected; users see their own', async () => {
      const bao = await server.join('bao');
      await anna.request('presence.watch', { userIds: ['bao'] });
      await bao.request('presence.watch', { userIds: ['bao'] });
      await bao.request('presence.report', { isAway: true, isQuiet: false });
      for (const client of [anna, bao]) await shown(client, (one) => one.availability === 'away');
      await bao.request('presence.report', { isAway: true, isQuiet: true });
      await shown(anna, (one) => one.availability === 'do-not-disturb');
      const { client: again } = await server.joinWith(await server.appToken('bao'), 'bao-desk');
      expect(await bao.waitForClose()).toBe(4409);
      const { presence } = await again.request('presence.watch', { userIds: ['bao'] });
      expect(presence).toEqual([{ userId: 'bao', availability: 'online' }]);
    });

    it('never shows a device as online that comes back while nobody is at it', async () => {
      await anna.request('presence.watch', { userIds: ['bao'] });
      const bao = await RawClient.connect(server.url);
      const standing = { isAway: true, isQuiet: false };
      const device = { deviceId: 'bao-desk', name: 'Test desk' };
      const credential = await server.appToken('bao');
      bao.sendRequest('sign-in', { protocol: 1, device, credential, standing });
      await shown(anna, () => true);
      const told = anna.messages.flatMap((message) =>
        message.type === 'presence.changed' ? message.presence : [],
      );
      expect(told).toEqual([{ userId: 'bao', availability: 'away' }]);
      await bao.close();
    });

    it('ends by itself when the time is over, also for whoever signs in meanwhile', async () => {
      const bao = await server.join('bao');
      const until = systemClock.now() + hourMs;
      await bao.request('rules.set', { doNotDisturb: { ...off, until } });
      await bao.cut();
      await server.join('bao');
      const watch = async () =>
        (await anna.request('presence.watch', { userIds: ['bao'] })).presence;
      expect(await watch()).toEqual([{ userId: 'bao', availability: 'do-not-disturb', until }]);
      aheadMs = hourMs;
      await shown(anna, (one) => one.availability === 'online');
    });

    it('is not reported too often', async () => {
      const ids = Array.from({ length: rates.presence.burst + 10 }, () =>
        anna.sendRequest('presence.report', { isAway: false, isQuiet: false }),
      );
      const replies = await Promise.all(ids.map((id) => anna.replyTo(id)));
      expect(replies[0]).toMatchObject({ ok: true });
      expect(replies.at(-1)).toMatchObject({ error: { code: 'rate-limited' } });
    });
  });
});
