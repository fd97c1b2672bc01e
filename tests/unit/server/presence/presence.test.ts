import { beforeEach, describe, expect, it } from 'vitest';
import type { Presence, ServerMessage } from '#protocol/messages';
import { MemoryPresence } from '#server/presence/presence';
import type { Standing } from '#server/presence/standing';

describe('the presence board', () => {
  const now = new Map<string, Standing>();
  let board: MemoryPresence;
  let pushed: Presence[];
  const watcher = {
    push: (message: ServerMessage) => {
      if (message.type === 'presence.changed') pushed.push(...message.presence);
    },
  };

  beforeEach(() => {
    now.clear();
    pushed = [];
    board = new MemoryPresence(
      (userId) => now.get(userId) ?? { availability: 'offline', changesAt: null },
    );
  });

  const become = (
    userId: string,
    availability: Standing['availability'],
    more: Partial<Standing> = {},
  ): void => {
    now.set(userId, { availability, changesAt: null, ...more });
    board.refresh([userId]);
  };

  it('tells a change once, to those who watch', () => {
    board.watch(watcher, ['bao']);
    become('bao', 'online');
    board.refresh(['bao']);
    become('cem', 'online');
    expect(pushed).toEqual([{ userId: 'bao', availability: 'online' }]);
  });

  it('tells when the end of it changes, and nothing that nobody sees', () => {
    board.watch(watcher, ['bao']);
    become('bao', 'do-not-disturb', { until: 5, changesAt: 5 });
    become('bao', 'do-not-disturb', { until: 5, changesAt: 6 });
    become('bao', 'do-not-disturb');
    expect(pushed).toEqual([
      { userId: 'bao', availability: 'do-not-disturb', until: 5 },
      { userId: 'bao', availability: 'do-not-disturb' },
    ]);
    expect(board.of(['bao'])).toEqual([{ userId: 'bao', availability: 'do-not-disturb' }]);
  });

  it('looks again when something was to change by itself, and not before', () => {
    now.set('bao', { availability: 'do-not-disturb', until: 500, changesAt: 500 });
    board.watch(watcher, ['bao', 'cem']);
    now.set('bao', { availability: 'online', changesAt: 900 });
    board.tick(499);
    expect(pushed).toEqual([]);
    board.tick(500);
    expect(pushed).toEqual([{ userId: 'bao', availability: 'online' }]);
    now.set('bao', { availability: 'away', changesAt: null });
    board.tick(900);
    board.tick(10_000);
    expect(pushed).toHaveLength(2);
  });

  it('knows who watches somebody, for other news of that person', () => {
    board.watch(watcher, ['bao']);
    expect([...board.watchersOf('bao')]).toEqual([watcher]);
    board.watch(watcher, ['cem']);
    expect([...board.watchersOf('bao')]).toEqual([]);
  });

  it('forgets a list that was replaced', () => {
    board.watch(watcher, ['bao']);
    board.watch(watcher, ['cem']);
    become('bao', 'online');
    become('cem', 'in-call');
    expect(pushed).toEqual([{ userId: 'cem', availability: 'in-call' }]);
    board.watch(watcher, []);
    become('cem', 'offline');
    expect(pushed).toHaveLength(1);
  });
});
