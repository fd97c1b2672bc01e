/** The groups of the user at this desk, for calls that name theirs by id alone. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Group } from '#protocol/messages';
import { err, ok } from '#protocol/result';
import { systemClock } from '#main/clock';
import { Groups } from '#main/session/groups';
import { FakeSignaling } from '../calls/fakes';

const design: Group = { groupId: 'design', name: 'Design', memberIds: ['anna', 'bao'] };
const sales: Group = { groupId: 'sales', name: 'Sales', memberIds: ['anna'] };

let signaling: FakeSignaling;
let groups: Groups;

beforeEach(() => {
  vi.useFakeTimers();
  signaling = new FakeSignaling();
  groups = new Groups(signaling, systemClock);
});
afterEach(() => void vi.useRealTimers());

const asked = (): number => signaling.all('directory.groups').length;
const answer = (...list: Group[]): void =>
  signaling.last('directory.groups').answer(ok({ groups: list }));
const refuse = (): void => signaling.refuse('directory.groups', 'offline');

/** The server has told once. */
async function listed(...list: Group[]): Promise<void> {
  const all = groups.list();
  answer(...list);
  await all;
}

describe('the groups of the user', () => {
  it('are what the server says, and remembered by id', async () => {
    const all = groups.list();
    answer(design, sales);
    expect(await all).toEqual(ok([design, sales]));
    expect(groups.known('sales')).toEqual(sales);
    expect(groups.known('board')).toBeNull();
  });

  it('are forgotten when the server does not name them any more', async () => {
    await listed(design, sales);
    await listed(sales);
    expect(groups.known('design')).toBeNull();
  });

  it('stay as they were known while the server is away', async () => {
    await listed(design);
    const all = groups.list();
    refuse();
    expect(await all).toEqual(err('offline'));
    expect(groups.known('design')).toEqual(design);
  });
});

describe('the group of a call', () => {
  it('is found without asking while nothing has changed', async () => {
    await listed(design);
    expect(await groups.find('design')).toEqual(design);
    expect(asked()).toBe(1);
  });

  it('is asked for when somebody has just made it', async () => {
    await listed(sales);
    groups.handleChanged();
    const found = groups.find('design');
    answer(design, sales);
    expect(await found).toEqual(design);
  });

  it('is asked for once by somebody who is in no such group, however much that call tells', async () => {
    await listed(sales);
    expect(await groups.find('board')).toBeNull();
    expect(await groups.find('board')).toBeNull();
    expect(asked()).toBe(1);
  });

  it('is asked for once by all who need it at the same time', async () => {
    const all = [groups.find('design'), groups.find('sales'), groups.list()];
    expect(asked()).toBe(1);
    answer(design, sales);
    expect(await Promise.all(all)).toEqual([design, sales, ok([design, sales])]);
  });

  it('is asked for by whoever comes after a change, and not found in the older answer', async () => {
    const early = groups.find('design');
    groups.handleChanged();
    const late = groups.find('design');
    const [first, second] = signaling.all('directory.groups');
    first?.answer(ok({ groups: [] }));
    expect(await early).toBeNull();
    second?.answer(ok({ groups: [design] }));
    expect(await late).toEqual(design);
    expect(await groups.find('design')).toEqual(design);
    expect(asked()).toBe(2);
  });

  it('is asked for anew after a change, and shown as it was until then', async () => {
    await listed(design);
    groups.handleChanged();
    expect(groups.known('design')).toEqual(design);
    const found = groups.find('design');
    const renamed = { ...design, name: 'Design and print' };
    answer(renamed);
    expect(await found).toEqual(renamed);
    expect(await groups.find('design')).toEqual(renamed);
    expect(asked()).toBe(2);
  });

  it('is asked for anew when it changed while the answer was on its way', async () => {
    const all = groups.list();
    groups.handleChanged();
    answer(design);
    await all;
    void groups.find('design');
    expect(asked()).toBe(2);
  });

  it('is asked for anew after a failure', async () => {
    await listed(design);
    const all = groups.list();
    refuse();
    await all;
    void groups.find('design');
    expect(asked()).toBe(3);
  });

  it('has no name for a call that would wait too long for it', async () => {
    const found = groups.find('design');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await found).toBeNull();
    answer(design);
    await vi.advanceTimersByTimeAsync(0);
    expect(groups.known('design')).toEqual(design);
  });

  it('is none when the user is in no such group', async () => {
    const found = groups.find('board');
    answer(design);
    expect(await found).toBeNull();
  });
});
