import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import type { Group } from '#protocol/messages';
import type { LogLevel } from '#server/log';
import type { Store } from '#server/store/store';
import { TestServer, type TestServerOptions } from '../../support/test-server';

const manyIds = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${'m'.repeat(limits.idChars - 4)}${String(1000 + i)}`);

const groupOf = (groupId: string, memberIds: string[]): Group => ({
  ...{ groupId, name: 'ü'.repeat(limits.nameChars), memberIds },
});

describe('large groups', () => {
  let server: TestServer;

  const boot = async (options: TestServerOptions): Promise<void> => {
    server = await TestServer.start(options);
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
