/** Names and pictures that people set themselves, and what others hear of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits, rates } from '#protocol/limits';
import type { ServerMessage, UserProfile } from '#protocol/messages';
import { pictures } from '../../support/pictures';
import type { RawClient } from '../../support/raw-client';
import { WireServer } from '../../support/wire-server';

type Changed = Extract<ServerMessage, { type: 'profile.changed' }>;

const isChanged = (message: ServerMessage): message is Changed =>
  message.type === 'profile.changed';

const heard = (client: RawClient): UserProfile[] =>
  client.messages.filter(isChanged).map(({ user }) => user);

/** What was pushed before the answer has come by then. */
const settled = (client: RawClient): Promise<unknown> =>
  client.request('heartbeat', { calls: {}, live: {} });

describe('the own profile', () => {
  let server: WireServer;
  let anna: RawClient;

  beforeEach(async () => {
    server = await WireServer.start();
    anna = await server.join('anna');
  });
  afterEach(() => server.stop());

  it('is set by its user, and told to all devices of the user and to those who watch', async () => {
    const second = await server.join('anna', 'anna-second');
    const watching = await server.join('bao');
    const stranger = await server.join('cem');
    await watching.request('presence.watch', { userIds: ['anna'] });
    await second.request('presence.watch', { userIds: ['anna'] });
    const { user } = await anna.request('profile.set', {
      name: ' Anna Lind ',
      picture: pictures['image/png'],
    });
    expect(user).toMatchObject({ userId: 'anna', name: 'Anna Lind' });
    expect(user.pictureId).toBeDefined();
    for (const client of [anna, second, watching]) {
      await settled(client);
      expect(heard(client)).toEqual([user]);
    }
    await settled(stranger);
    expect(heard(stranger)).toEqual([]);
    const { people } = await stranger.request('directory.profiles', { userIds: ['anna'] });
    expect(people).toEqual([user]);
    const found = await stranger.request('directory.search', { query: 'lind' });
    expect(found.people).toEqual([user]);
    const again = await server.joinWith(await server.appToken('anna', 'Anna Lind'), 'anna-third');
    expect(again.welcome.user).toEqual(user);
  });

  it('keeps what is not named, and loses its picture for null', async () => {
    const { user } = await anna.request('profile.set', { picture: pictures['image/webp'] });
    expect(user.name).toBe('anna');
    const renamed = await anna.request('profile.set', { name: 'Anna' });
    expect(renamed.user).toEqual({ ...user, name: 'Anna' });
    const bare = await anna.request('profile.set', { picture: null });
    expect(bare.user).toEqual({ userId: 'anna', name: 'Anna' });
  });

  it('has a picture that anyone may get by its id, and no former one', async () => {
    const first = await anna.request('profile.set', { picture: pictures['image/png'] });
    const second = await anna.request('profile.set', { picture: pictures['image/jpeg'] });
    const bao = await server.join('bao');
    const get = async (pictureId: string, userId = 'anna') =>
      (await bao.request('picture.get', { userId, pictureId })).picture;
    expect(await get(second.user.pictureId!)).toEqual(pictures['image/jpeg']);
    expect(await get(first.user.pictureId!)).toBeNull();
    expect(await get(second.user.pictureId!, 'bao')).toBeNull();
    expect(await get('no-such-picture', 'nobody')).toBeNull();
  });

  it('has a picture of any size the protocol allows', async () => {
    const start = Buffer.from(pictures['image/png'].data, 'base64');
    const bytes = Buffer.concat([start, Buffer.alloc((limits.pictureChars / 4) * 3)]);
    const data = bytes.subarray(0, (limits.pictureChars / 4) * 3).toString('base64');
    expect(data).toHaveLength(limits.pictureChars);
    const picture = { type: 'image/png', data } as const;
    const { user } = await anna.request('profile.set', { picture });
    const asked = { userId: 'anna', pictureId: user.pictureId! };
    expect((await anna.request('picture.get', asked)).picture).toEqual(picture);
  });

  it('is the last of two changes on every device, in the order they were made', async () => {
    const second = await server.join('anna', 'anna-second');
    await Promise.all([
      anna.request('profile.set', { name: 'One' }),
      second.request('profile.set', { name: 'Two' }),
    ]);
    const { people } = await anna.request('directory.profiles', { userIds: ['anna'] });
    for (const client of [anna, second]) {
      await settled(client);
      expect(heard(client).at(-1)).toEqual(people[0]);
    }
  });

  it('changes no faster than the protocol says', async () => {
    for (let n = 0; n < rates.profile.burst; n += 1) {
      await anna.request('profile.set', { name: `Anna ${n}` });
    }
    const more = anna.request('profile.set', { name: 'Anna' });
    await expect(more).rejects.toThrow('rate-limited');
  });
});

describe('records that were looked at', () => {
  let server: WireServer;

  beforeEach(async () => {
    server = await WireServer.start();
  });
  afterEach(() => server.stop());

  it('with all that are older, are none of the next welcome, which says when it has not named all', async () => {
    const names = ['anna', 'cem', 'dora'];
    const callers = await Promise.all(names.map((name) => server.join(name)));
    await server.join('bao');
    const perCaller = Math.ceil((limits.recordsPage + 1) / callers.length);
    for (const caller of callers) {
      for (let n = 0; n < perCaller; n += 1) {
        const { call } = await caller.request('call.start', { targetId: 'bao', mediaType: 1 });
        await caller.request('call.leave', { callId: call.callId, why: 'hangup' });
      }
    }
    const credential = await server.appToken('bao');
    const { client, welcome } = await server.joinWith(credential, 'bao-desk');
    expect(welcome.records).toHaveLength(limits.recordsPage);
    expect(welcome.moreRecords).toBe(true);
    const [oldest, ...others] = welcome.records;
    const recordIds = others.map(({ recordId }) => recordId);
    await client.request('records.seen', { recordIds, upTo: oldest!.createdAt });
    const again = await server.joinWith(credential, 'bao-desk');
    expect([again.welcome.records, again.welcome.moreRecords]).toEqual([[], undefined]);
  });

  it('on one device are told to the other devices of the user, and to nobody else', async () => {
    const [anna, bao] = [await server.join('anna'), await server.join('bao')];
    const second = await server.join('bao', 'bao-second');
    const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 });
    await anna.request('call.leave', { callId: call.callId, why: 'hangup' });
    const added = await bao.waitFor(
      (message): message is Extract<ServerMessage, { type: 'record.added' }> =>
        message.type === 'record.added',
      'the record',
    );
    const recordIds = [added.record.recordId];
    await bao.request('records.seen', { recordIds });
    const seen = await second.waitFor(
      (message): message is Extract<ServerMessage, { type: 'records.seen' }> =>
        message.type === 'records.seen',
      'what was seen',
    );
    expect(seen.recordIds).toEqual(recordIds);
    for (const other of [anna, bao]) {
      await settled(other);
      expect(other.messages.some(({ type }) => type === 'records.seen')).toBe(false);
    }
  });
});
