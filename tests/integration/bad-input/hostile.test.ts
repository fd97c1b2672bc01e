/**
 * Messages that fit the protocol and lie: another's leg, another's call, another's answer. Each is refused, counted and
 * named in the log without a word of what it carried, and the honest call hears nothing of it.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import type { PeerSignal, Picture, ServerMessage } from '#protocol/messages';
import { HonestCall, sdpMark } from '../../support/honest-call';
import { secretMark } from '../../support/junk';
import { pictureOf, pictures, pngBytes } from '../../support/pictures';
import type { RawClient } from '../../support/raw-client';
import { WireServer, appSecret } from '../../support/wire-server';

let server: WireServer;
let log: string[];
let honest: HonestCall;
let mallory: RawClient;

beforeEach(async () => {
  log = [];
  server = await WireServer.start({
    log: (level, message, fields) => log.push(JSON.stringify({ level, message, ...fields })),
  });
  honest = await HonestCall.begin(server);
  mallory = await server.join('mallory');
});
afterEach(() => server.stop());

const signalOf = (over: Partial<PeerSignal>): PeerSignal => ({
  ...{ type: 'peer.signal', callId: honest.callId, linkId: 'link' },
  ...{ fromLeg: honest.legs.anna, toLeg: honest.legs.bao, payload: `${secretMark} offer` },
  ...over,
});

const isLie = (message: ServerMessage): boolean =>
  message.type === 'peer.signal' && message.payload.includes(secretMark);

/** Requests are worked on in order, so an answer proves that what came before it was dealt with. */
const settled = (client: RawClient): Promise<unknown> =>
  client.request('heartbeat', { calls: {}, live: {} });

/** What was refused, as the server's log counts it. */
async function refusals(): Promise<Record<string, number>> {
  await server.halt();
  const line = log.find((one) => one.includes('"message":"refused"'));
  return JSON.parse(line ?? '{}') as Record<string, number>;
}

function expectNoSecrets(): void {
  const text = log.join('\n');
  for (const secret of [secretMark, sdpMark, appSecret, 'eyJ']) expect(text).not.toContain(secret);
  expect(log.filter((line) => line.startsWith('{"level":"error"'))).toEqual([]);
}

async function expectLieDropped(from: RawClient, signal: PeerSignal, kind: string): Promise<void> {
  from.sendText(JSON.stringify(signal));
  await settled(from);
  await honest.expectFlows();
  for (const one of [honest.anna, honest.bao, mallory, from]) {
    expect(one.messages.filter(isLie)).toEqual([]);
  }
  expect(await refusals()).toMatchObject({ [kind]: 1 });
  expectNoSecrets();
}

describe('a signal', () => {
  it('from a stranger who knows the call and both legs goes nowhere', () =>
    expectLieDropped(mallory, signalOf({}), 'signal.unknown-call'));

  it('in the name of the other leg of the own call goes nowhere', () =>
    expectLieDropped(
      honest.bao,
      signalOf({ fromLeg: honest.legs.anna, toLeg: honest.legs.bao }),
      'signal.forged-sender',
    ));

  it('of a second device, which is not in the call, goes nowhere', async () => {
    const second = await server.join('anna', 'anna-second');
    await expectLieDropped(second, signalOf({}), 'signal.forged-sender');
  });

  it('to oneself goes nowhere', () =>
    expectLieDropped(honest.anna, signalOf({ toLeg: honest.legs.anna }), 'signal.no-such-leg'));

  it('to a leg of another call goes nowhere', async () => {
    const carla = await server.join('carla');
    const { call } = await mallory.request('call.start', { targetId: 'carla', mediaType: 1 });
    await carla.request('call.claim', { callId: call.callId });
    await carla.request('call.join', { callId: call.callId });
    const own = { callId: call.callId, fromLeg: call.legs[0]!.legId };
    await expectLieDropped(
      mallory,
      signalOf({ ...own, toLeg: honest.legs.bao }),
      'signal.no-such-leg',
    );
  });

  it('of a person who has not accepted goes nowhere, and none reaches that person', async () => {
    const carla = await server.join('carla');
    const { call } = await carla.request('call.start', { targetId: 'mallory', mediaType: 1 });
    const [carlas, mallorys] = call.legs.map(({ legId }) => legId);
    const { callId } = call;
    await mallory.request('call.ringing', { callId });
    const early = signalOf({ callId, fromLeg: mallorys!, toLeg: carlas! });
    const toEarly = signalOf({ callId, fromLeg: carlas!, toLeg: mallorys! });
    carla.sendText(JSON.stringify(toEarly));
    await settled(carla);
    await mallory.request('call.claim', { callId });
    mallory.sendText(JSON.stringify(early));
    await settled(mallory);
    for (const one of [carla, mallory]) expect(one.messages.filter(isLie)).toEqual([]);
    expect(await refusals()).toMatchObject({ 'signal.no-such-leg': 1, 'signal.not-joined': 1 });
    expectNoSecrets();
  });

  it('of the greatest size passes whole, with a link id that only its receiver knows', async () => {
    const payload = '\u00fc'.repeat(limits.signalChars / 2);
    honest.anna.sendText(JSON.stringify(signalOf({ linkId: 'no-such-link', payload })));
    const heard = await honest.bao.waitFor(
      (message): message is PeerSignal =>
        message.type === 'peer.signal' && message.linkId === 'no-such-link',
      'the large signal',
    );
    expect(heard.payload).toBe(payload);
    expect(honest.anna.messages.some((message) => message.type === 'peer.signal')).toBe(false);
  });
});

describe('a command', () => {
  const others = ['call.ringing', 'call.claim', 'call.join'] as const;

  it.each(others)('%s about a foreign call is answered as if there were none', async (type) => {
    await expect(mallory.request(type, { callId: honest.callId })).rejects.toThrow('call-unknown');
    await expect(mallory.request(type, { callId: 'no-such-call' })).rejects.toThrow('call-unknown');
  });

  it('to leave or to change a foreign call is answered as if there were none', async () => {
    const { callId } = honest;
    const leave = mallory.request('call.leave', { callId, why: 'hangup' });
    await expect(leave).rejects.toThrow('call-unknown');
    const media = mallory.request('call.media', { callId, mediaType: 1 });
    await expect(media).rejects.toThrow('call-unknown');
    await honest.expectFlows();
    expect(await refusals()).toMatchObject({ 'request.call-unknown': 2 });
  });

  it('about a foreign call tells nothing in a heartbeat', async () => {
    const reply = await mallory.request('heartbeat', {
      calls: { [honest.callId]: 0 },
      live: { [honest.callId]: [honest.legs.anna] },
    });
    expect(reply.calls).toEqual([]);
    expect(reply.gone).toEqual([honest.callId]);
  });

  it('to join without a claim is refused', async () => {
    const carla = await server.join('carla');
    const { call } = await carla.request('call.start', { targetId: 'mallory', mediaType: 1 });
    const join = mallory.request('call.join', { callId: call.callId });
    await expect(join).rejects.toThrow('wrong-state');
  });

  it('of a device that did not claim neither joins nor leaves the call of another device', async () => {
    const second = await server.join('bao', 'bao-second');
    const { callId } = honest;
    await expect(second.request('call.join', { callId })).rejects.toThrow('wrong-state');
    const leave = second.request('call.leave', { callId, why: 'hangup' });
    await expect(leave).rejects.toThrow('already-claimed');
    await honest.expectFlows();
  });

  it('that comes again with other content gets the answer it had, and happens once', async () => {
    const carla = await server.join('carla');
    const start = await mallory.request('call.start', { targetId: 'carla', mediaType: 1 }, 'one');
    mallory.sendRequest('call.start', { targetId: 'nobody', mediaType: 2 }, 'one');
    const { callId } = start.call;
    await carla.request('call.claim', { callId }, 'two');
    carla.sendRequest('call.leave', { callId, why: 'hangup' }, 'two');
    await Promise.all([settled(mallory), settled(carla)]);
    for (const [client, id] of [
      [mallory, 'one'],
      [carla, 'two'],
    ] as const) {
      const replies = client.messages.filter((one) => one.type === 'reply' && one.id === id);
      expect(replies).toHaveLength(2);
      expect(replies[1]).toEqual(replies[0]);
    }
    expect(await refusals()).toMatchObject({ 'command.repeated': 2 });
  });

  it('with the id of another person’s command is a command of its own', async () => {
    const id = randomUUID();
    const carla = await server.join('carla');
    await mallory.request('call.start', { targetId: 'carla', mediaType: 1 }, id);
    await carla.request('call.cancel-start', { commandId: id });
    const view = await mallory.request('heartbeat', { calls: {}, live: {} });
    expect(view.calls.map(({ endedAt }) => endedAt)).toEqual([undefined]);
  });
});

describe('a sign-in', () => {
  it('with a forged or foreign token is refused, and the log does not show it', async () => {
    const { welcome } = await server.joinWith(await server.appToken('carla'), 'carla-2');
    const { access } = welcome.tokens!;
    const forged = `${access.slice(0, -4)}AAAA`;
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const unsigned = `${none}.${access.split('.')[1]!}.`;
    for (const token of [forged, unsigned, secretMark, '', '..', 'a'.repeat(limits.tokenChars)]) {
      for (const kind of ['access', 'refresh', 'app'] as const) {
        const client = await server.connect();
        const reply = await client.signIn({ kind, token }, 'mallory-2');
        expect(reply).toMatchObject({ ok: false, error: { code: 'bad-credentials' } });
        expect(await client.waitForClose()).toBe(4401);
      }
    }
    const stolen = await server.connect();
    const reply = await stolen.signIn({ kind: 'access', token: access }, 'another-device');
    expect(reply).toMatchObject({ ok: false });
    expect((await refusals())['sign-in.bad-credentials']).toBeGreaterThanOrEqual(18);
    for (const secret of [access, forged, unsigned]) expect(log.join('')).not.toContain(secret);
    expectNoSecrets();
  });
});

describe('somebody who wants to be somebody else', () => {
  const invite = { kind: 'invite', joinSecret: 'made-by-mallory' } as const;

  it('guesses no invitation, and every wrong one looks like every other', async () => {
    const { code } = await honest.anna.request('invite.create', {});
    const { code: used } = await honest.anna.request('invite.create', {});
    const first = await server.connect();
    await first.signIn({ ...invite, code: used, name: 'Carla' }, 'carla-desk');
    const cut = code.slice(0, -1);
    for (const guess of [used, cut, `${code}A`, code.toLowerCase(), '', `${secretMark}\u0001`]) {
      const client = await server.connect();
      const credential = { ...invite, code: guess, name: 'Mallory' };
      const reply = await client.signIn(credential, 'mallory-2');
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad-credentials' } });
      expect(await client.waitForClose()).toBe(4401);
    }
    expect(log.join('')).not.toContain(code);
    expect(await refusals()).toMatchObject({ 'sign-in.bad-credentials': 6 });
    expectNoSecrets();
  });

  it('gets in with the device id of a newcomer and her code in no way', async () => {
    const { code } = await honest.anna.request('invite.create', {});
    const credential = { kind: 'invite', code, name: 'Carla' } as const;
    const carla = await server.joinWith({ ...credential, joinSecret: secretMark }, 'carla-desk');
    const { call } = await carla.client.request('call.start', {
      targetId: 'mallory',
      mediaType: 1,
    });
    const seen = await mallory.waitForCall(({ callId }) => callId === call.callId);
    const deviceId = Object.values(seen.legs).find((leg) => leg.userId === 'carla')?.deviceId;
    expect(deviceId).toBe('carla-desk');
    for (const joinSecret of [invite.joinSecret, 'carla-desk', call.callId]) {
      const thief = await server.connect();
      const reply = await thief.signIn({ ...credential, joinSecret }, 'carla-desk');
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad-credentials' } });
    }
    const withNone = await server.connect();
    const device = { deviceId, name: 'Desk' };
    const signIn = { type: 'sign-in', id: 'none', protocol: 1, credential, device };
    withNone.sendText(JSON.stringify(signIn));
    const refused = { ok: false, error: { code: 'bad-message' } };
    expect(await withNone.replyTo('none')).toMatchObject(refused);
    // She herself is where she was.
    expect(
      (await carla.client.request('directory.search', { query: 'carla' })).people,
    ).toHaveLength(1);
    expectNoSecrets();
  });

  it.each([
    ['a line break', 'Anna\nLi'],
    ['a control character', 'Anna\u0007'],
    ['one of the second set', 'Anna\u009b2J'],
    ['U+0000', 'Anna\u0000'],
    ['more than a hundred letters', 'A'.repeat(limits.nameChars + 1)],
  ])('gets no name with %s, by whatever message', async (_what, name) => {
    const { code } = await honest.anna.request('invite.create', {});
    const newcomer = await server.connect();
    const reply = await newcomer.signIn({ ...invite, code, name }, 'mallory-2');
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-message' } });
    await expect(mallory.request('profile.set', { name })).rejects.toThrow('bad-message');
    const create = mallory.request('group.create', { name, memberIds: [] });
    await expect(create).rejects.toThrow('bad-message');
    await settled(mallory);
    const { people } = await mallory.request('directory.search', { query: 'anna' });
    expect(people).toEqual([{ userId: 'anna', name: 'anna' }]);
  });

  it('changes no profile but the own one: there is no field to name another', async () => {
    const forged = { type: 'profile.set', id: 'forged', userId: 'anna', name: 'Mallory' };
    mallory.sendText(JSON.stringify(forged));
    const reply = await mallory.replyTo('forged');
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-message' } });
  });
});

describe('a picture', () => {
  const page = Buffer.from(`<svg onload="${secretMark}">`).toString('base64');

  it.each([
    ['a page in the clothes of a PNG', { type: 'image/png', data: page }],
    ['a JPEG that says PNG', { ...pictures['image/jpeg'], type: 'image/png' }],
    ['too large to unpack', pictureOf('image/png', pngBytes(30_000, 30_000))],
    ['a type of its own', { ...pictures['image/png'], type: 'image/svg+xml' }],
    ['an address', { type: 'image/png', data: 'https://mallory.example/p.png' }],
    ['too large', { type: 'image/png', data: 'A'.repeat(limits.pictureChars + 4) }],
  ])('that is %s is refused, and nobody is told of it', async (_what, picture) => {
    await honest.anna.request('presence.watch', { userIds: ['mallory'] });
    const id = mallory.sendRequest('profile.set', { picture: picture as Picture });
    const reply = await mallory.replyTo(id);
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-message' } });
    await settled(honest.anna);
    expect(honest.anna.messages.some(({ type }) => type === 'profile.changed')).toBe(false);
    await honest.expectFlows();
    expectNoSecrets();
  });
});

describe('a group', () => {
  it('of others can neither be changed nor told from one that is not there', async () => {
    const made = await honest.anna.request('group.create', { name: 'Two', memberIds: ['bao'] });
    const { groupId } = made.group;
    for (const id of [groupId, 'no-such-group']) {
      for (const change of [{ name: 'Mine' }, { memberIds: ['mallory'] }, {}]) {
        const asked = mallory.request('group.change', { groupId: id, ...change });
        await expect(asked).rejects.toThrow('group-unknown');
      }
    }
    expect((await mallory.request('directory.groups', {})).groups).toEqual([]);
    expect((await honest.bao.request('directory.groups', {})).groups).toEqual([made.group]);
  });
});

describe('a caller who fills every field to its brim', () => {
  it('keeps nobody from signing in, and from hearing of the call', async () => {
    // Six bytes each in JSON, the most a character can cost.
    const most = (chars: number): string => '\u0001'.repeat(chars);
    const user = { extra: most(Math.floor((limits.userBytes - '{"extra":""}'.length) / 6)) };
    const push = {
      ...{ callTitle: most(limits.pushTitleChars), callContent: most(limits.pushContentChars) },
      ...{ hungupTitle: most(limits.pushTitleChars), hungupContent: most(limits.pushContentChars) },
    };
    const carla = await server.join('carla');
    await mallory.request('call.start', {
      ...{ targetId: 'carla', mediaType: 1, extra: most(limits.extraChars), push, user },
    });
    const rung = await carla.waitForCall((call) => call.callerId === 'mallory');
    await carla.request('call.claim', { callId: rung.callId });
    await carla.request('call.join', { callId: rung.callId, user });
    await mallory.waitForCall((call) => call.legs.every((leg) => leg.state === 'joined'));
    await carla.cut();
    const { welcome } = await server.joinWith(await server.appToken('carla'), 'carla-desk');
    expect(welcome.calls.map(({ callId }) => callId)).toEqual([rung.callId]);
    expectNoSecrets();
  });

  it('keeps nobody from signing in when many of them ring at once', async () => {
    const extra = '\u0001'.repeat(limits.extraChars);
    const carla = await server.join('carla');
    await carla.request('rules.set', { busy: 'device' });
    for (const n of [1, 2, 3, 4]) {
      const caller = await server.join(`mallory-${n}`);
      await caller.request('call.start', { targetId: 'carla', mediaType: 1, extra });
    }
    await carla.cut();
    const { client } = await server.joinWith(await server.appToken('carla'), 'carla-desk');
    const beat = await client.request('heartbeat', { calls: {}, live: {} });
    expect(beat.calls.length).toBeGreaterThan(0);
    expectNoSecrets();
  });
});
