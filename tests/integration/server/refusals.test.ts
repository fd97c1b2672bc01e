import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import type { CallSnapshot } from '#protocol/snapshot';
import type { LogFields } from '#server/log';
import type { RawClient } from '../../support/raw-client';
import { WireServer } from '../../support/wire-server';

describe('what is refused', () => {
  let server: WireServer;
  let anna: RawClient;
  let bao: RawClient;
  const lines: { message: string; fields: LogFields }[] = [];

  beforeEach(async () => {
    lines.length = 0;
    server = await WireServer.start({
      log: (_level, message, fields = {}) => lines.push({ message, fields }),
    });
    anna = await server.join('anna');
    bao = await server.join('bao');
  });
  afterEach(() => server.stop());

  const dial = async (): Promise<CallSnapshot> =>
    (await anna.request('call.start', { targetId: 'bao', mediaType: 1 })).call;

  const signal = (
    from: RawClient,
    call: { callId: string },
    fromLeg: string,
    toLeg: string,
  ): void =>
    from.sendText(
      JSON.stringify({
        ...{ type: 'peer.signal', callId: call.callId, linkId: 'foreign' },
        ...{ fromLeg, toLeg, payload: 'secret-candidate' },
      }),
    );

  const legIds = ({ legs }: CallSnapshot): [string, string] => [legs[0]!.legId, legs[1]!.legId];

  /** What the log says was refused, told at the latest when the server stops. */
  const refused = async (): Promise<LogFields | undefined> => {
    await server.halt();
    const told = lines.filter(({ message }) => message === 'refused');
    expect(told.length).toBeLessThanOrEqual(1);
    return told[0]?.fields;
  };

  it('is not worth a line when it is nothing', async () => {
    expect(await refused()).toBeUndefined();
  });

  it('is counted by kind: forged senders, foreign calls and legs, people who have not accepted', async () => {
    const call = await dial();
    const [annaLeg, baoLeg] = legIds(call);
    // Bao has not accepted: neither may he send, nor be sent to.
    signal(bao, call, baoLeg, annaLeg);
    signal(anna, call, annaLeg, baoLeg);
    await bao.request('ice.servers', {});
    await anna.request('ice.servers', {});
    await bao.request('call.claim', { callId: call.callId });
    await bao.request('call.join', { callId: call.callId });
    const cem = await server.join('cem');
    const laptop = await server.join('bao', 'bao-laptop');
    signal(cem, call, baoLeg, annaLeg);
    signal(laptop, call, baoLeg, annaLeg);
    signal(bao, call, annaLeg, baoLeg);
    signal(bao, { callId: 'no-such-call' }, baoLeg, annaLeg);
    await expect(cem.request('call.claim', { callId: call.callId })).rejects.toThrow();
    await expect(cem.request('call.leave', { callId: 'x', why: 'hangup' })).rejects.toThrow();
    for (const client of [cem, laptop, bao, anna]) await client.request('ice.servers', {});
    const received = [...anna.messages, ...bao.messages];
    expect(received.some(({ type }) => type === 'peer.signal')).toBe(false);
    expect(await refused()).toEqual({
      'request.call-unknown': 2,
      'signal.forged-sender': 2,
      'signal.no-such-leg': 1,
      'signal.not-joined': 1,
      'signal.unknown-call': 2,
    });
    expect(JSON.stringify(lines)).not.toContain('secret-candidate');
  });

  it('is counted for commands that are repeated, and they happen once', async () => {
    const body = { targetId: 'bao', mediaType: 1 } as const;
    const { call } = await anna.request('call.start', body, 'cmd');
    await anna.request('call.start', body, 'cmd');
    const { callId } = call;
    await bao.request('call.claim', { callId }, 'claim');
    await anna.request('call.leave', { callId, why: 'hangup' });
    // The old click again, when the call is long over: the answer it had, and no new claim.
    const replayed = await bao.request('call.claim', { callId }, 'claim');
    expect(replayed.call.endedAt).toBeUndefined();
    const { calls } = await bao.request('heartbeat', { calls: { [callId]: 0 }, live: {} });
    expect(calls[0]?.endedAt).toBeDefined();
    expect(await refused()).toEqual({ 'command.repeated': 2 });
  });

  it('is counted for requests of which too many wait, like any other', async () => {
    const ids = Array.from({ length: 200 }, () =>
      anna.sendRequest('call.ringing', { callId: 'no-such-call' }),
    );
    for (const id of ids) expect(await anna.replyTo(id)).toMatchObject({ ok: false });
    const counted = (await refused()) ?? {};
    expect(Object.keys(counted)).toEqual(['request.call-unknown', 'request.rate-limited']);
    expect(Number(counted['request.call-unknown']) + Number(counted['request.rate-limited'])).toBe(
      ids.length,
    );
  });

  it('is counted for messages that do not fit, are too large or too many, and bad sign-ins', async () => {
    const clients = [];
    for (let n = 0; n < 3; n += 1) clients.push(await server.join(`mallory${String(n)}`));
    const [broken, large, flood] = clients;
    broken!.sendText('{"type":"call.start","token":"very-secret"}');
    large!.sendText('x'.repeat(limits.messageBytes + 1));
    const beat = JSON.stringify({ type: 'heartbeat', id: 'b', calls: {}, live: {} });
    for (let n = 0; n < 700; n += 1) flood!.sendText(beat);
    const stranger = await server.connect();
    await stranger.signIn({ kind: 'password', userId: 'anna', password: 'very-secret' }, 'd');
    for (const client of [...clients, stranger]) await client.waitForClose();
    expect(await refused()).toMatchObject({
      'message.bad': 1,
      'message.flood': 1,
      'message.too-large': 1,
      'sign-in.bad-credentials': 1,
    });
    expect(JSON.stringify(lines)).not.toContain('very-secret');
  });
});
