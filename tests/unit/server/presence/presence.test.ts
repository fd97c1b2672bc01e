import { beforeEach, describe, expect, it } from 'vitest';
import type { Availability, Presence, ServerMessage } from '#protocol/messages';
import { MemoryPresence } from '#server/presence/presence';

describe('the presence board', () => {
  const now = new Map<string, Availability>();
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
    board = new MemoryPresence((userId) => now.get(userId) ?? 'offline');
  });

  const become = (userId: string, availability: Availability): void => {
    now.set(userId, availability);
    board.refresh([userId]);
  };

  it('tells a change once, to those who watch', () => {
    board.watch(watcher, ['bao']);
    become('bao', 'online');
    board.refresh(['bao']);
    become('cem', 'online');
    expect(pushed).toEqual([{ userId: 'bao', availability: 'online' }]);
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
