/** Running calls of the groups that home shows. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { GroupCall } from '#protocol/messages';
import { err, ok } from '#protocol/result';
import { GroupCalls } from '#main/session/group-calls';
import { FakeSignaling } from '../calls/fakes';

const running = (groupId: string): GroupCall => ({
  callId: `call-of-${groupId}`,
  groupId,
  callerId: 'bao',
  mediaType: 1,
  createdAt: 1_000,
  joinedIds: ['bao', 'chen'],
});

let signaling: FakeSignaling;
let told: unknown[];
let groupCalls: GroupCalls;

beforeEach(() => {
  signaling = new FakeSignaling();
  told = [];
  groupCalls = new GroupCalls(signaling, (channel, payload) => void told.push([channel, payload]));
});

const answer = (...calls: GroupCall[]): void =>
  signaling.last('group-calls.watch').answer(ok({ calls }));
const watched = (): unknown[] => signaling.all('group-calls.watch').map(({ body }) => body);

/** What an answer sets off has happened. */
const idle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function watch(...groupIds: string[]): Promise<void> {
  const calls = groupCalls.watch(groupIds);
  answer();
  await calls;
}

describe('the running calls of watched groups', () => {
  it('are what the server answers', async () => {
    const calls = groupCalls.watch(['design', 'sales']);
    expect(watched()).toEqual([{ groupIds: ['design', 'sales'] }]);
    answer(running('design'));
    expect(await calls).toEqual(ok([running('design')]));
    expect(told).toEqual([]);
  });

  it('are asked for again on a new connection, and those that ended meanwhile told as none', async () => {
    await watch('design', 'sales');
    groupCalls.handleWelcome();
    answer(running('sales'));
    await idle();
    expect(told).toEqual([
      ['phone:group-call.changed', { groupId: 'design', call: null }],
      ['phone:group-call.changed', { groupId: 'sales', call: running('sales') }],
    ]);
  });

  it('are those of the newest list alone', async () => {
    await watch('design');
    await watch('sales');
    groupCalls.handleWelcome();
    expect(watched().at(-1)).toEqual({ groupIds: ['sales'] });
  });

  it('are asked for on the next connection when this one was away', async () => {
    const calls = groupCalls.watch(['design']);
    signaling.refuse('group-calls.watch', 'offline');
    expect(await calls).toEqual(err('offline'));
    groupCalls.handleWelcome();
    answer(running('design'));
    await idle();
    expect(told).toHaveLength(1);
  });

  it('are told of by nobody who could not ask', async () => {
    await watch('design');
    groupCalls.handleWelcome();
    signaling.refuse('group-calls.watch', 'offline');
    await idle();
    expect(told).toEqual([]);
  });

  it('are not asked for while no group is watched', async () => {
    groupCalls.handleWelcome();
    await watch('design');
    await watch();
    groupCalls.handleWelcome();
    expect(watched()).toHaveLength(2);
  });
});
