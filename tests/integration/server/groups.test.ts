import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import type { Group } from '#protocol/messages';
import type { LogLevel } from '#server/log';
import type { Store } from '#server/store/store';
import type { RawClient } from '../../support/raw-client';
import { WireServer, type WireServerOptions } from '../../support/wire-server';

const manyIds = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${'m'.repeat(limits.idChars - 4)}${String(1000 + i)}`);

const groupOf = (groupId: string, memberIds: string[]): Group => ({
  ...{ groupId, name: 'ü'.repeat(limits.nameChars), memberIds },
});

describe('large groups', () => {
  let server: WireServer;

  const boot = async (options: WireServerOptions): Promise<void> => {
    server = await WireServer.start(options);
  };
  afterEach(() => server.stop());

  it('are not made when a member could not be told of all of theirs in one message', async () => {
    // The users need no password: they are put where the server finds them.
    let users: Store['users'] | undefined;
    await boot({
      wrapStore: (store) => {
        users = store.users;
        return store;
      },
    });
    const memberIds = ['anna', ...manyIds(limits.groupMembers)];
    for (const userId of memberIds) {
      await users!.add({ userId, name: userId, passwordHash: null, createdAt: 0 });
    }
    const { admin } = server.running;
    await expect(admin.addGroup(groupOf('all', memberIds))).rejects.toThrow('too-large');
    const fitting = memberIds.slice(0, limits.groupMembers);
    const problems: unknown[] = [];
    for (const groupId of ['g1', 'g2', 'g3', 'g4', 'g5', 'g6']) {
      await admin.addGroup(groupOf(groupId, fitting)).catch((error: unknown) => {
        problems.push(error);
      });
    }
    expect(String(problems[0])).toContain('too-large');
    const client = await server.join('anna');
    const { groups } = await client.request('directory.groups', {});
    expect(groups).toHaveLength(6 - problems.length);
  });

  it('that are there nevertheless cost a reply, and not the connection', async () => {
    const errors: string[] = [];
    await boot({
      log: (level: LogLevel, message: string) => {
        if (level === 'error') errors.push(message);
      },
      wrapStore: (store) => ({
        ...store,
        groups: { ...store.groups, ofUser: () => Promise.resolve([groupOf('g', manyIds(1_000))]) },
      }),
    });
    const client = await server.join('anna');
    await expect(client.request('directory.groups', {})).rejects.toThrow('internal');
    expect(errors).toEqual(['message too large to send']);
    await client.request('heartbeat', { calls: {}, live: {} });
  });
});

describe('groups that people make', () => {
  let server: WireServer;
  let anna: RawClient;
  let bao: RawClient;
  let cem: RawClient;

  beforeEach(async () => {
    server = await WireServer.start();
    [anna, bao, cem] = [
      await server.join('anna'),
      await server.join('bao'),
      await server.join('cem'),
    ];
  });
  afterEach(() => server.stop());

  /** How often this device was told that its groups are others now. */
  const told = async (client: RawClient): Promise<number> => {
    await client.request('heartbeat', { calls: {}, live: {} });
    return client.messages.filter(({ type }) => type === 'groups.changed').length;
  };
  const groupsOf = async (client: RawClient): Promise<readonly Group[]> =>
    (await client.request('directory.groups', {})).groups;

  it('have their maker among the members, and each of them hears of it', async () => {
    const second = await server.join('bao', 'bao-second');
    const { group } = await anna.request('group.create', { name: ' Sales ', memberIds: ['bao'] });
    expect(group).toMatchObject({ name: 'Sales', memberIds: ['anna', 'bao'] });
    for (const member of [anna, bao, second]) {
      expect(await told(member)).toBe(1);
      expect(await groupsOf(member)).toEqual([group]);
    }
    expect(await told(cem)).toBe(0);
    expect(await groupsOf(cem)).toEqual([]);
  });

  it('are changed by any member; who was in it and who is hears of it', async () => {
    const { group } = await anna.request('group.create', { name: 'Sales', memberIds: ['bao'] });
    const { groupId } = group;
    const changed = await bao.request('group.change', { groupId, memberIds: ['cem', 'bao'] });
    expect(changed.group).toEqual({ ...group, memberIds: ['bao', 'cem'] });
    expect(await groupsOf(anna)).toEqual([]);
    await cem.request('group.change', { groupId, name: 'Shop' });
    expect(await groupsOf(bao)).toEqual([{ groupId, name: 'Shop', memberIds: ['bao', 'cem'] }]);
    expect([await told(anna), await told(bao), await told(cem)]).toEqual([2, 3, 2]);
  });

  it('can be left by everybody, the last one too', async () => {
    const { group } = await anna.request('group.create', { name: 'Alone', memberIds: [] });
    const { groupId } = group;
    await anna.request('group.change', { groupId, memberIds: [] });
    expect(await groupsOf(anna)).toEqual([]);
    const back = anna.request('group.change', { groupId, memberIds: ['anna'] });
    await expect(back).rejects.toThrow('group-unknown');
  });

  it('are nobody else’s business, and hold people who exist', async () => {
    const { group } = await anna.request('group.create', { name: 'Sales', memberIds: ['bao'] });
    const { groupId } = group;
    for (const wanted of [{ memberIds: ['cem'] }, { name: 'Mine' }]) {
      const change = cem.request('group.change', { groupId, ...wanted });
      await expect(change).rejects.toThrow('group-unknown');
    }
    const none = cem.request('group.change', { groupId: 'none', name: 'Mine' });
    await expect(none).rejects.toThrow('group-unknown');
    const ghosts = anna.request('group.create', { name: 'Ghosts', memberIds: ['ghost'] });
    await expect(ghosts).rejects.toThrow('user-unknown');
    const blank = anna.request('group.change', { groupId, name: '  ' });
    await expect(blank).rejects.toThrow('bad-message');
    expect(await groupsOf(bao)).toEqual([group]);
    expect(await told(bao)).toBe(1);
  });

  it('are not larger than the protocol says', async () => {
    const everyone = Array.from({ length: limits.groupMembers }, (_, n) => `user-${n}`);
    for (const userId of everyone) await server.running.admin.addTokenUser({ userId, name: 'U' });
    const all = anna.request('group.create', { name: 'All', memberIds: everyone });
    await expect(all).rejects.toThrow('too-many');
    const memberIds = everyone.slice(1);
    const { group } = await anna.request('group.create', { name: 'All', memberIds });
    expect(group.memberIds).toHaveLength(limits.groupMembers);
  });
});
