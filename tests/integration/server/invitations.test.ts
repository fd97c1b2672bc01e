/** One link, one new colleague. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits, rates, timing } from '#protocol/limits';
import type { ServerMessage, Welcome } from '#protocol/messages';
import type { LogFields } from '#server/log';
import type { RawClient } from '../../support/raw-client';
import { WireServer, type WireServerOptions } from '../../support/wire-server';

type NewcomerNews = Extract<ServerMessage, { type: 'profile.changed' }>;

let server: WireServer;
let log: { readonly message: string; readonly fields: LogFields | undefined }[];
let passedMs: number;

const boot = async (options: WireServerOptions = {}): Promise<void> => {
  server = await WireServer.start({
    log: (_level, message, fields) => log.push({ message, fields }),
    clock: { now: () => Date.now() + passedMs, monotonic: () => performance.now() + passedMs },
    ...options,
  });
};

beforeEach(async () => {
  log = [];
  passedMs = 0;
  await boot();
});
afterEach(() => server.stop());

const invite = async (from: RawClient): Promise<string> =>
  (await from.request('invite.create', {})).code;

/** The welcome, or the error's code and the close code. */
async function join(
  code: string,
  name: string,
  deviceId: string,
  joinSecret = 'secret-of-this-join',
): Promise<Welcome | { readonly error: string; readonly close: number }> {
  const client = await server.connect();
  const answer = await client.signIn({ kind: 'invite', code, name, joinSecret }, deviceId);
  if (answer.type === 'welcome') return answer;
  return { error: answer.error.code, close: await client.waitForClose() };
}

const refused = { error: 'bad-credentials', close: 4401 };

describe('an invitation', () => {
  it('tells whoever made it, and nobody else, who came in by it', async () => {
    const anna = await server.join('anna', 'anna-desk');
    const bao = await server.join('bao', 'bao-desk');
    await join(await invite(anna), 'Zoe Sun', 'zoe-desk');
    const user = { userId: 'zoe-sun', name: 'Zoe Sun' };
    const isNews = (message: ServerMessage): message is NewcomerNews =>
      message.type === 'profile.changed';
    expect(await anna.waitFor(isNews, 'the news')).toEqual({ type: 'profile.changed', user });
    // Had he been told, it would have come before this answer.
    await bao.request('directory.search', { query: 'zoe' });
    expect(bao.messages.filter(isNews)).toEqual([]);
  });

  it('makes the user that its name asks for, signed in and to be found by others', async () => {
    const anna = await server.join('anna', 'anna-desk');
    const { code, expiresAt, ...rest } = await anna.request('invite.create', {});
    expect(code).toMatch(/^[A-Za-z0-9_-]{22,64}$/);
    expect(Math.abs(expiresAt - Date.now() - timing.inviteMs)).toBeLessThan(60_000);
    expect(rest).toEqual({});
    const welcome = await join(code, '  Zoe Sun ', 'zoe-desk');
    expect(welcome).toMatchObject({ user: { userId: 'zoe-sun', name: 'Zoe Sun' }, calls: [] });
    const { people } = await anna.request('directory.search', { query: 'sun' });
    expect(people).toEqual([{ userId: 'zoe-sun', name: 'Zoe Sun' }]);
    const { refresh } = (welcome as Welcome).tokens!;
    const again = await server.joinWith({ kind: 'refresh', token: refresh }, 'zoe-desk');
    expect(again.welcome.user.userId).toBe('zoe-sun');
  });

  it('is good for one device: of many that come at once one is let in', async () => {
    const code = await invite(await server.join('anna'));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => join(code, 'Zoe', `desk-${n}`)),
    );
    expect(answers.filter((answer) => 'user' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => 'error' in answer)).toEqual(Array(7).fill(refused));
  });

  it('lets the same device in again for ten minutes, as the same user, and nobody else', async () => {
    const anna = await server.join('anna');
    const code = await invite(anna);
    await join(code, 'Zoe', 'zoe-desk');
    passedMs = 9 * 60_000;
    expect(await join(code, 'Zoe', 'zoe-desk')).toMatchObject({ user: { userId: 'zoe' } });
    expect(await join(code, 'Zoe', 'other-desk')).toEqual(refused);
    passedMs = 11 * 60_000;
    expect(await join(code, 'Zoe', 'zoe-desk')).toEqual(refused);
    const { people } = await anna.request('directory.search', { query: 'zoe' });
    expect(people).toHaveLength(1);
  });

  it('lets nobody in again by the code and the device id, which others of a call see, alone', async () => {
    const code = await invite(await server.join('anna'));
    await join(code, 'Zoe', 'zoe-desk');
    expect(await join(code, 'Zoe', 'zoe-desk', 'another-secret')).toEqual(refused);
    expect(await join(code, 'Zoe', 'zoe-desk')).toMatchObject({ user: { userId: 'zoe' } });
  });

  it('gives a second person of one name another id, and none that somebody has', async () => {
    const anna = await server.join('anna');
    expect(await join(await invite(anna), 'Anna', 'd1')).toMatchObject({
      user: { userId: 'anna-2', name: 'Anna' },
    });
    expect(await join(await invite(anna), 'ANNA!', 'd2')).toMatchObject({
      user: { userId: 'anna-3' },
    });
  });

  it('expires', async () => {
    const code = await invite(await server.join('anna'));
    passedMs = timing.inviteMs + 1;
    expect(await join(code, 'Zoe', 'zoe-desk')).toEqual(refused);
  });

  it.each([
    ['no name', ''],
    ['blanks', '   '],
  ])('is not used up by %s', async (_what, name) => {
    const code = await invite(await server.join('anna'));
    expect(await join(code, name, 'd1')).toEqual({ error: 'bad-message', close: 4400 });
    expect(await join(code, 'Zoe', 'd1')).toMatchObject({ user: { userId: 'zoe' } });
  });

  it('cannot be guessed for long', async () => {
    const code = await invite(await server.join('anna'));
    const errors: string[] = [];
    for (let n = 0; n < 55; n += 1) {
      const answer = await join(`${code}${n}`, 'Mallory', 'mallory-desk');
      errors.push('error' in answer ? answer.error : 'in');
    }
    expect(new Set(errors.slice(0, 50))).toEqual(new Set(['bad-credentials']));
    expect(errors).not.toContain('in');
    expect(errors.at(-1)).toBe('rate-limited');
    // The guesses stop those with the right one for a moment only.
    passedMs = 30_000;
    expect(await join(code, 'Zoe', 'zoe-desk')).toMatchObject({ user: { userId: 'zoe' } });
  });

  it('leaves a line in the log when it is made and when it is used, without its code', async () => {
    const code = await invite(await server.join('anna'));
    const secret = 'secret-that-no-log-knows';
    await join(code, 'Zoe', 'zoe-desk', secret);
    await join(code, 'Zoe', 'zoe-desk', secret);
    const lines = log.filter(({ message }) => message.startsWith('invitation'));
    expect(lines.map(({ message, fields }) => [message, fields?.['userId']])).toEqual([
      ['invitation made', 'anna'],
      ['invitation used', 'zoe'],
      ['invitation used again', 'zoe'],
    ]);
    expect(lines[1]!.fields).toMatchObject({ invitedBy: 'anna' });
    for (const hidden of [code, secret]) expect(JSON.stringify(log)).not.toContain(hidden);
    expect(JSON.stringify(log)).not.toContain('Zoe');
  });
});

describe('making invitations', () => {
  it('ends at so many that nobody has used', async () => {
    const anna = await server.join('anna');
    let code = '';
    for (let n = 0; n < limits.openInvites; n += 1) {
      // As somebody would who takes the time that the rate asks for.
      passedMs += 1_000 / rates.profile.perSecond;
      code = await invite(anna);
    }
    passedMs += 2_000;
    await expect(invite(anna)).rejects.toThrow('too-many');
    await join(code, 'Zoe', 'zoe-desk');
    await invite(anna);
  });

  it('is slowed down', async () => {
    const anna = await server.join('anna');
    for (let n = 0; n < rates.profile.burst; n += 1) await invite(anna);
    await expect(invite(anna)).rejects.toThrow('rate-limited');
  });

  it('is left to the admin where the admin says so', async () => {
    await server.stop();
    await boot({ invitations: false });
    const anna = await server.join('anna');
    await expect(invite(anna)).rejects.toThrow('not-allowed');
  });
});
