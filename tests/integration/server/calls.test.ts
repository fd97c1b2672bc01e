import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { EndReason } from '#protocol/end-reason';
import { type TestPostgres, hasPostgres, startPostgres } from '../../support/postgres';
import type { RawClient } from '../../support/raw-client';
import { WireServer } from '../../support/wire-server';

const legOf = (call: CallSnapshot, userId: string): Leg =>
  call.legs.find((leg) => leg.userId === userId)!;

const ringMs = 1_500;

const engines = [
  { engine: 'SQLite', isHere: true },
  { engine: 'PostgreSQL', isHere: hasPostgres },
];

describe.each(engines)('a call between two raw clients on $engine', ({ engine, isHere }) => {
  let postgres: TestPostgres | null = null;
  let server: WireServer;
  let anna: RawClient;
  let bao: RawClient;

  beforeAll(async () => {
    if (!isHere) throw new Error('PostgreSQL 15 is not installed: apt-get install postgresql-15');
    if (engine === 'PostgreSQL') postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    const place = postgres ? { databaseUrl: await postgres.makeDatabase() } : {};
    server = await WireServer.start({ ringMs, timing: { ringAckMs: 500 }, ...place });
    anna = await server.join('anna');
    bao = await server.join('bao');
  });
  afterEach(() => server.stop());

  const dial = async (): Promise<CallSnapshot> =>
    (await anna.request('call.start', { targetId: 'bao', mediaType: 2 })).call;

  const talk = async (): Promise<CallSnapshot> => {
    const { callId } = await dial();
    await bao.request('call.claim', { callId });
    return (await bao.request('call.join', { callId })).call;
  };

  const endOf = (client: RawClient, callId: string): Promise<CallSnapshot> =>
    client.waitForCall((call) => call.callId === callId && call.endedAt !== undefined);

  it('rings, is answered, carries signals, and ends for both', async () => {
    const { callId } = await dial();
    await bao.waitForCall((call) => legOf(call, 'bao').state === 'invited');
    await bao.request('call.ringing', { callId });
    await anna.waitForCall((call) => legOf(call, 'bao').ringingOn === 1);
    await bao.request('call.claim', { callId });
    const { call } = await bao.request('call.join', { callId });
    const legs = { callId, fromLeg: legOf(call, 'bao').legId, toLeg: legOf(call, 'anna').legId };
    const note = `{ "payload":"v=0 ü","linkId":"l1", "type":"peer.signal",${JSON.stringify(legs).slice(1)}`;
    bao.sendText(note);
    await anna.waitFor(
      (message): message is typeof message => message.type === 'peer.signal',
      'the signal',
    );
    expect(anna.texts).toContain(note);
    await anna.request('call.leave', { callId, why: 'hangup' });
    const ended = await endOf(bao, callId);
    expect(legOf(ended, 'anna')).toMatchObject({ state: 'left', reason: EndReason.HANGUP });
    const { records } = await bao.request('records.list', {});
    expect(records).toMatchObject([
      { callId, direction: 'incoming', targetId: 'anna', seen: true },
    ]);
  });

  it('drops signals with a leg that is not the sender’s own', async () => {
    const call = await talk();
    const ids = { callId: call.callId, linkId: 'l1', payload: 'x', type: 'peer.signal' };
    const [annaLeg, baoLeg] = [legOf(call, 'anna').legId, legOf(call, 'bao').legId];
    const cem = await server.join('cem');
    const second = await server.join('bao', 'bao-laptop');
    const forged = { ...ids, fromLeg: baoLeg, toLeg: annaLeg };
    cem.sendText(JSON.stringify(forged));
    second.sendText(JSON.stringify(forged));
    bao.sendText(JSON.stringify({ ...ids, fromLeg: annaLeg, toLeg: baoLeg }));
    bao.sendText(JSON.stringify({ ...ids, fromLeg: baoLeg, toLeg: 'nobody' }));
    // Whatever was let through would have come before the answers to these.
    for (const client of [cem, second, bao, anna]) await client.request('ice.servers', {});
    const all = [...anna.messages, ...bao.messages];
    expect(all.filter((message) => message.type === 'peer.signal')).toEqual([]);
  });

  it('carries no signal to somebody who has not joined', async () => {
    const call = await dial();
    const note = { type: 'peer.signal', callId: call.callId, linkId: 'l', payload: 'candidate' };
    const legs = { fromLeg: legOf(call, 'anna').legId, toLeg: legOf(call, 'bao').legId };
    anna.sendText(JSON.stringify({ ...note, ...legs }));
    await anna.request('ice.servers', {});
    await bao.request('ice.servers', {});
    expect(bao.messages.some((message) => message.type === 'peer.signal')).toBe(false);
  });

  it('happens once when the command is repeated on a new connection', async () => {
    const body = { targetId: 'bao', mediaType: 1 } as const;
    const first = await anna.request('call.start', body, 'cmd-1');
    await anna.cut();
    anna = await server.join('anna');
    const second = await anna.request('call.start', body, 'cmd-1');
    expect(second).toEqual(first);
    await expect(anna.request('call.start', body, 'cmd-2')).rejects.toThrow('call-exists');
  });

  it('remembers commands over a restart of the server', async () => {
    const body = { targetId: 'bao', mediaType: 1 } as const;
    const first = await anna.request('call.start', body, 'cmd-1');
    await server.halt();
    await server.boot();
    anna = await server.join('anna');
    expect(await anna.request('call.start', body, 'cmd-1')).toEqual(first);
  });

  it('ends with reason 1 when its start is cancelled', async () => {
    const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 }, 'cmd-1');
    await anna.request('call.cancel-start', { commandId: 'cmd-1' });
    const ended = await endOf(bao, call.callId);
    expect(legOf(ended, 'anna').reason).toBe(EndReason.CANCEL);
  });

  it('never starts when its start was cancelled before it came', async () => {
    await anna.request('call.cancel-start', { commandId: 'cmd-1' });
    const late = anna.request('call.start', { targetId: 'bao', mediaType: 1 }, 'cmd-1');
    await expect(late).rejects.toThrow('command-cancelled');
    expect(bao.snapshots()).toEqual([]);
  });

  it('is answered by one of two devices', async () => {
    const laptop = await server.join('bao', 'bao-laptop');
    const { callId } = await dial();
    const claims = [bao, laptop].map((client) => client.sendRequest('call.claim', { callId }));
    const replies = [await bao.replyTo(claims[0]!), await laptop.replyTo(claims[1]!)];
    expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
    expect(replies.find((reply) => !reply.ok)).toMatchObject({
      error: { code: 'already-claimed' },
    });
  });

  it('rings a device that signs in later, within the ring', async () => {
    await bao.close();
    const { callId } = await dial();
    const { client, welcome } = await server.joinWith(await server.appToken('bao'), 'bao-desk');
    expect(welcome.calls.map((call) => call.callId)).toEqual([callId]);
    await client.request('call.claim', { callId });
    await anna.waitForCall((call) => legOf(call, 'bao').state === 'claimed');
  });

  it('that nobody answers ends by the clock and is told once as missed', async () => {
    await bao.close();
    const { callId } = await dial();
    const ended = await endOf(anna, callId);
    expect(legOf(ended, 'bao').reason).toBe(EndReason.NO_RESPONSE);
    const first = await server.joinWith(await server.appToken('bao'), 'bao-desk');
    expect(first.welcome.records).toMatchObject([{ callId, seen: false, targetId: 'anna' }]);
    const recordIds = first.welcome.records.map((record) => record.recordId);
    await first.client.request('records.seen', { recordIds });
    const second = await server.joinWith(await server.appToken('bao'), 'bao-desk');
    expect(second.welcome.records).toEqual([]);
    const { records } = await second.client.request('records.list', {});
    expect(records).toHaveLength(1);
  });

  it('pushes the record of a missed call to a device that is there', async () => {
    const { callId } = await dial();
    await bao.request('call.ringing', { callId });
    const added = await bao.waitFor(
      (message): message is Extract<typeof message, { type: 'record.added' }> =>
        message.type === 'record.added',
      'the record',
    );
    expect(added.record).toMatchObject({ callId, seen: false });
  });

  it('closes a device that does not even answer the ping of a ring', async () => {
    await bao.close();
    const deaf = await server.join('bao', 'bao-desk', { isDeaf: true });
    await dial();
    expect(await deaf.waitForClose()).toBe(4408);
  });

  it('goes on over a restart of the server in the middle of a ring', async () => {
    const { callId } = await dial();
    await server.halt();
    expect(await bao.waitForClose()).toBe(1012);
    await server.boot();
    const again = await server.joinWith(await server.appToken('bao'), 'bao-desk');
    expect(again.welcome.calls.map((call) => call.callId)).toEqual([callId]);
    anna = await server.join('anna');
    await again.client.request('call.claim', { callId });
    const { call } = await again.client.request('call.join', { callId });
    expect(legOf(call, 'bao').state).toBe('joined');
  });

  it('goes on over a restart of the server in the middle of a call, signals too', async () => {
    const call = await talk();
    await server.halt();
    await server.boot();
    [anna, bao] = [await server.join('anna'), await server.join('bao')];
    const note = { type: 'peer.signal', callId: call.callId, linkId: 'l2', payload: 'offer' };
    const legs = { fromLeg: legOf(call, 'bao').legId, toLeg: legOf(call, 'anna').legId };
    bao.sendText(JSON.stringify({ ...note, ...legs }));
    await anna.waitFor(
      (message): message is typeof message => message.type === 'peer.signal',
      'the signal',
    );
    await anna.request('call.leave', { callId: call.callId, why: 'hangup' });
    await endOf(bao, call.callId);
  });

  it('heals a lost push by the heartbeat', async () => {
    const call = await talk();
    const beat = await anna.request('heartbeat', {
      calls: { [call.callId]: 1, 'long-gone': 4 },
      live: {},
    });
    expect(beat.calls.map(({ callId, revision }) => [callId, revision])).toEqual([
      [call.callId, call.revision],
    ]);
    expect(beat.gone).toEqual(['long-gone']);
    const next = await anna.request('heartbeat', {
      calls: { [call.callId]: call.revision },
      live: {},
    });
    expect(next.calls).toEqual([]);
  });

  it('tells nothing of a call to strangers', async () => {
    const { callId } = await dial();
    const cem = await server.join('cem');
    await expect(cem.request('call.claim', { callId })).rejects.toThrow('call-unknown');
    await expect(cem.request('call.leave', { callId, why: 'hangup' })).rejects.toThrow(
      'call-unknown',
    );
    const beat = await cem.request('heartbeat', { calls: { [callId]: 0 }, live: {} });
    expect(beat).toMatchObject({ calls: [], gone: [callId] });
  });

  it('writes reported links only when they are news', async () => {
    const call = await talk();
    const live = { [call.callId]: [legOf(call, 'bao').legId] };
    const revisionAfter = async (): Promise<number> => {
      await anna.request('heartbeat', { calls: {}, live });
      const { calls } = await anna.request('heartbeat', { calls: {}, live: {} });
      return calls[0]!.revision;
    };
    const once = await revisionAfter();
    expect(once).toBeGreaterThan(call.revision);
    expect(await revisionAfter()).toBe(once);
  });
});

describe('a joined device whose socket died', () => {
  it('has its grace and then leaves with reason 7', async () => {
    const server = await WireServer.start({ graceMs: 700 });
    try {
      const [anna, bao] = [await server.join('anna'), await server.join('bao')];
      const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 });
      await bao.request('call.claim', { callId: call.callId });
      await bao.request('call.join', { callId: call.callId });
      await bao.cut();
      const ended = await anna.waitForCall((one) => one.endedAt !== undefined);
      expect(legOf(ended, 'bao').reason).toBe(EndReason.NETWORK_ERROR);
    } finally {
      await server.stop();
    }
  });
});
