/**
 * Calls of several people through the built package: plain pages in real Chromium, over a real server. Anna calls with
 * the documented sample of group calls, unchanged. Eva is a second user in Bao's page.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EndReason } from '#protocol/end-reason';
import { limits } from '#protocol/limits';
import { signAppToken } from '#server/auth/web-tokens';
import {
  type CallerPage,
  type PageServer,
  openCallerPage,
  servePage,
} from '../../support/caller-page';
import { Cleanup } from '../../support/cleanup';
import { tonesInPage } from '../../support/listen';
import { toneFile } from '../../support/media-files';
import { WireServer, appSecret } from '../../support/wire-server';
import { waitFor } from '../../support/wait';

const hz = { anna: 1000, bao: 440, chen: 780 } as const;
type Name = keyof typeof hz;
const names = ['anna', 'bao', 'chen'] as const;

const success = 10_000;
const notInGroup = 53_203;
const notAGroupCall = 53_311;
const callFull = 53_901;
/** Of a user in a call. */
const waiting = 1;
const talking = 2;

const cleanup = new Cleanup();
let pages: PageServer;
let server: WireServer;
let at: Record<Name | 'eva', CallerPage>;
const strangers = Array.from({ length: limits.participants }, (_none, index) => `guest-${index}`);

async function signIn(userId: keyof typeof at): Promise<void> {
  const token = await signAppToken({ userId, name: userId }, appSecret, Date.now() + 60_000);
  expect(await at[userId].lab('signIn', userId, { url: server.url, token })).toBe('ok');
}

async function open(name: Name): Promise<CallerPage> {
  const voice = `--use-file-for-fake-audio-capture=${await toneFile(hz[name])}`;
  return cleanup.own(await openCallerPage(pages, { flags: [voice] }));
}

beforeAll(async () => {
  pages = cleanup.own(await servePage());
  server = await WireServer.start({ allowedOrigins: [pages.origin] });
  cleanup.add(() => server.stop());
  const [anna, bao, chen] = await Promise.all([open('anna'), open('bao'), open('chen')]);
  at = { anna, bao, chen, eva: bao };
  await Promise.all([...names, 'eva' as const].map(signIn));
  const { admin } = server.running;
  for (const userId of [...strangers, 'otto']) await admin.addTokenUser({ userId, name: userId });
  const memberIds = [...names, 'eva', ...strangers];
  await admin.addGroup({ groupId: 'design', name: 'Design', memberIds });
}, 120_000);

afterAll(() => cleanup.close());

/** A command that the server refused is warned of, beside the code that it answers. */
const isRefusal = (fault: string): boolean => /: (not-in-group|call-full)$/.test(fault);

afterEach(async () => {
  for (const name of [...names, 'eva'] as const) {
    // A failed test leaves its call behind; a call that is over answers 10000 all the same.
    await at[name].lab('hungup', name).catch(() => undefined);
    await at[name].lab('forget', name);
  }
  for (const name of names) {
    const faults = await at[name].lab('faults');
    expect(faults.filter((fault) => !isRefusal(fault))).toEqual([]);
  }
});

const callDesign = (...userIds: string[]) =>
  at.anna.lab('callGroupBySample', 'anna', {
    ...{ targetId: 'design', userIds, mediaType: 1, userId: 'bao' },
  });

const hears = (name: keyof typeof at, match: Parameters<CallerPage['waitToHear']>[1]) =>
  at[name].waitToHear(name, match);

async function accept(...who: (keyof typeof at)[]): Promise<void> {
  for (const name of who) {
    await hears(name, { what: 'session' });
    expect(await at[name].lab('accept', name)).toBe(success);
  }
}

/** Anna's call with Bao and Chen, all three in it. */
async function connect(): Promise<void> {
  expect(await callDesign('bao', 'chen')).toEqual({ code: success, hasSession: true });
  await accept('bao', 'chen');
  for (const userId of ['bao', 'chen']) await hears('anna', { what: 'accept', userId });
}

async function hearExactlyTheOthers(name: Name): Promise<void> {
  const others = names.filter((other) => other !== name).map((other) => hz[other]);
  const areHeard = async (): Promise<boolean> => {
    const heard = await tonesInPage(at[name].page, Object.values(hz));
    return heard.length === others.length && others.every((tone) => heard.includes(tone));
  };
  await waitFor(areHeard, { what: `${name} hears exactly the others`, withinMs: 15_000 });
}

const heardOf = async (name: keyof typeof at, ...whats: string[]): Promise<string[]> =>
  (await at[name].lab('heard', name))
    .filter(({ what }) => whats.includes(what))
    .map(({ what, userId, reason }) => [what, userId, reason].filter(Boolean).join(' '));

describe('the documented sample of a call in a group', () => {
  it('calls two, each of three pages hears exactly the others, and the sample asks a fourth in', async () => {
    await connect();
    expect((await heardOf('anna', 'ringing', 'accept')).toSorted()).toEqual([
      ...['accept bao', 'accept chen', 'ringing bao', 'ringing chen'],
    ]);
    await Promise.all(names.map(hearExactlyTheOthers));

    expect(await at.anna.lab('inviteBySample', 'anna', ['eva'])).toBe(success);
    await hears('eva', { what: 'session' });
    const news = { what: 'member-modify', userId: 'anna', ringing: 'eva' } as const;
    for (const name of ['bao', 'chen'] as const) await hears(name, news);
    for (const name of names) await hears(name, { what: 'ringing', userId: 'eva' });
    expect(await heardOf('anna', 'member-modify')).toEqual([]);
    expect(await heardOf('eva', 'member-modify', 'accept')).toEqual([]);
    await accept('eva');
    for (const name of names) await hears(name, { what: 'accept', userId: 'eva' });

    expect(await at.anna.lab('hungupBySample', 'anna')).toBe(success);
    await hears('anna', { what: 'close', reason: EndReason.HANGUP });
    const gone = { what: 'hungup', userId: 'anna', reason: EndReason.REMOTE_HANGUP } as const;
    for (const name of ['bao', 'chen', 'eva'] as const) await hears(name, gone);
    expect(await heardOf('bao', 'close')).toEqual([]);
  }, 60_000);

  it('hands the very session that callInGroup() gave to each callback but that of the own tracks', async () => {
    await connect();
    await at.bao.lab('invite', 'bao', ['eva']);
    await hears('anna', { what: 'member-modify' });
    const heard = await at.anna.lab('heard', 'anna');
    const own = heard.filter(({ what, isLocal }) => what === 'track' && isLocal);
    expect(own.map(({ isSameSession }) => isSameSession)).toEqual([undefined]);
    const rest = heard.filter((one) => !own.includes(one) && one.what !== 'played');
    expect(rest.length).toBeGreaterThanOrEqual(5);
    expect(rest.every(({ isSameSession }) => isSameSession === true)).toBe(true);
  });

  it('says 53203 with somebody who is no member, called or asked in, and nobody rings', async () => {
    expect(await callDesign('bao', 'otto')).toEqual({ code: notInGroup, hasSession: false });
    const elsewhere = { targetId: 'nowhere', userIds: ['bao'] };
    expect(await at.anna.lab('callInGroup', 'anna', elsewhere)).toBe(notInGroup);
    await connect();
    expect(await at.anna.lab('inviteBySample', 'anna', ['otto'])).toBe(notInGroup);
    expect(await heardOf('bao', 'session', 'member-modify')).toEqual(['session']);
  });

  it('says 53901 when more are called, or asked in, than one call may have', async () => {
    expect(await callDesign(...strangers)).toEqual({ code: callFull, hasSession: false });
    await connect();
    expect(await at.anna.lab('inviteBySample', 'anna', strangers)).toBe(callFull);
  });
});

describe('a call in a group', () => {
  it('says who is in it, from the first ring until somebody has left', async () => {
    await callDesign('bao', 'chen');
    await accept('bao');
    await hears('anna', { what: 'accept', userId: 'bao' });
    const { remoteUsers, conversationType } = await at.anna.lab('members', 'anna');
    expect(conversationType).toBe(3);
    expect(remoteUsers).toEqual([
      { userId: 'bao', state: talking },
      { userId: 'chen', state: waiting },
    ]);
    expect(await at.anna.lab('userState', 'anna', 'chen')).toBe(waiting);
    expect(await at.anna.lab('userState', 'anna', 'eva')).toBeNull();
    await hears('chen', { what: 'session' });
    await at.chen.lab('hungup', 'chen');
    const declined = { what: 'hungup', userId: 'chen', reason: EndReason.REMOTE_REJECT } as const;
    for (const name of ['anna', 'bao'] as const) await hears(name, declined);
    const members = await at.anna.lab('members', 'anna');
    expect(members.remoteUsers).toEqual([{ userId: 'bao', state: talking }]);
    expect(await at.anna.lab('userState', 'anna', 'chen')).toBe(0);
  });

  it('carries the words of an invitation to whoever is asked in', async () => {
    await connect();
    const words = { extra: 'desk 4', pushTitle: 'Come', pushContent: 'We are waiting' };
    const phone = await server.join('eva', 'eva-phone');
    expect(await at.bao.lab('invite', 'bao', ['eva'], words)).toBe(success);
    await hears('eva', { what: 'session', extra: 'desk 4' });
    // A desktop shows them in its notification (main/shell); its device gets them with the snapshot.
    const { push, extra } = await phone.waitForCall(({ legs }) => legs.length === 4);
    expect({ push, extra }).toEqual({
      push: {
        ...{ callTitle: 'Come', callContent: 'We are waiting' },
        ...{ hungupTitle: 'hungup title', hungupContent: 'hungup content' },
      },
      extra: 'desk 4',
    });
    await at.eva.lab('hungup', 'eva');
    for (const name of names) {
      await hears(name, { what: 'hungup', userId: 'eva', reason: EndReason.REMOTE_REJECT });
    }
    await phone.close();
  });

  it('is entered by a member whom nobody called, and who is heard as if they had answered', async () => {
    await callDesign('bao');
    await accept('bao');
    await hears('anna', { what: 'accept', userId: 'bao' });
    const { callId } = await at.anna.lab('members', 'anna');
    expect(await at.chen.lab('enter', 'chen', callId)).toBe(success);
    for (const name of ['anna', 'bao'] as const) {
      await hears(name, { what: 'accept', userId: 'chen' });
    }
    expect((await at.chen.lab('members', 'chen')).remoteUsers).toEqual([
      { userId: 'anna', state: talking },
      { userId: 'bao', state: talking },
    ]);
    await hearExactlyTheOthers('chen');
    // Nobody was told of a ring or an answer that was before.
    expect(await heardOf('chen', 'session', 'ringing', 'accept')).toEqual([]);
  });
});

describe('a call between two', () => {
  it('refuses invite() with 53311, and extend() makes a group call of it', async () => {
    const call = { targetId: 'bao', mediaType: 1, userId: 'bao' } as const;
    await at.anna.lab('callBySample', 'anna', call);
    await accept('bao');
    await hears('anna', { what: 'accept', userId: 'bao' });
    expect(await at.anna.lab('inviteBySample', 'anna', ['chen'])).toBe(notAGroupCall);
    expect(await at.anna.lab('extend', 'anna', ['chen'])).toBe(success);
    await hears('bao', { what: 'member-modify', userId: 'anna', ringing: 'chen' });
    expect((await at.bao.lab('members', 'bao')).conversationType).toBe(3);
    await accept('chen');
    for (const name of ['anna', 'bao'] as const) {
      await hears(name, { what: 'accept', userId: 'chen' });
    }
    expect((await at.chen.lab('members', 'chen')).callerId).toBe('anna');
  });
});
