import { type EffectScope, effectScope, ref } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserProfile } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { type InviteSource, useInvite } from '../../../../renderer/call/use-invite';

const everybody = ['anna', 'bao', 'carla'].map((userId) => ({ userId, name: userId }));
const design = { groupId: 'design', name: 'Design', memberIds: ['anna', 'bao'] };

let scope: EffectScope;
let isAway: boolean;
let warnings: string[];

beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
  isAway = false;
  warnings = [];
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

function answer<T>(value: T): Promise<Result<T, 'offline'>> {
  return Promise.resolve(isAway ? err('offline') : ok(value));
}

const main: Omit<InviteSource['peal'], 'lookAtPresence'> = {
  findGroup: ({ groupId }) => answer(groupId === 'design' ? design : null),
  findPeople: ({ userIds }) => answer(everybody.filter(({ userId }) => userIds.includes(userId))),
  searchPeople: ({ query }) => answer(everybody.filter(({ name }) => name.includes(query))),
};

/** What the dialog has to show once main has answered. */
async function open(groupId: string | null, peal = main) {
  const typed = ref('');
  const warn = (message: string): void => void warnings.push(message);
  const invite = scope.run(() => useInvite({ peal, groupId, warn }, typed));
  if (!invite) throw new Error('the scope is over');
  await vi.advanceTimersByTimeAsync(0);
  const type = async (text: string): Promise<void> => {
    typed.value = text;
    await vi.advanceTimersByTimeAsync(1_000);
  };
  const ids = (): readonly string[] => invite.found.value.map(({ userId }: UserProfile) => userId);
  return { ...invite, ids, type };
}

describe('who can be added', () => {
  it('is anybody on the server whose name has what was typed in it', async () => {
    const { ids, type } = await open(null);
    expect(ids()).toEqual(['anna', 'bao', 'carla']);
    await type('ba');
    expect(ids()).toEqual(['bao']);
  });

  it('is in a group only who is a member', async () => {
    const { ids, type, isFailed } = await open('design');
    expect(ids()).toEqual(['anna', 'bao']);
    await type('ba');
    expect(ids()).toEqual(['bao']);
    expect(isFailed.value).toBe(false);
  });

  it('is nobody, which is no failure, in a group that one is not in any more', async () => {
    const { ids, isFailed } = await open('sales');
    expect([ids(), isFailed.value]).toEqual([[], false]);
  });

  it.each([null, 'design'])(
    'is not known while the server is away, which is told apart from nobody: %s',
    async (groupId) => {
      isAway = true;
      const { ids, isLoading, isFailed } = await open(groupId);
      expect([ids(), isLoading.value, isFailed.value]).toEqual([[], false, true]);
    },
  );

  it('is known again as soon as a search is answered', async () => {
    isAway = true;
    const { ids, type, isFailed } = await open(null);
    isAway = false;
    await type('a');
    expect([ids(), isFailed.value]).toEqual([['anna', 'bao', 'carla'], false]);
  });

  it('is not known where main does not answer, and the log says so', async () => {
    const { isFailed } = await open(null, {
      ...main,
      searchPeople: () => Promise.reject(new Error('gone')),
    });
    expect([isFailed.value, warnings]).toEqual([true, ['main does not say who can be added']]);
  });
});
