import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '#protocol/messages';
import { GroupCalls } from '#server/calls/group-calls';
import { LiveCalls } from '#server/calls/live-calls';
import type { CallState, LegRow } from '#server/calls/rules/call-state';

const legOf = (userId: string, joinIndex?: number): LegRow => ({
  ...{ legId: `leg-${userId}`, userId, invitedBy: 'anna', ringingDeviceIds: [], liveLegIds: [] },
  ...(joinIndex === undefined ? { state: 'invited' } : { state: 'joined', joinIndex }),
});

const callOf = (more: Partial<CallState> = {}): CallState => ({
  ...{ callId: 'c1', revision: 1, kind: 'group', groupId: 'design', mediaType: 1 },
  ...{ callerId: 'anna', createdAt: 1, nextDeadline: null, legs: [legOf('anna', 0)] },
  ...more,
});

class Watcher {
  readonly heard: ServerMessage[] = [];
  readonly identity: { readonly userId: string };

  constructor(userId: string) {
    this.identity = { userId };
  }

  push(message: ServerMessage): void {
    this.heard.push(message);
  }
}

function board() {
  const live = new LiveCalls();
  const groupCalls = new GroupCalls(live);
  const watcher = new Watcher('dora');
  const change = (call: CallState): void => {
    live.apply(call);
    if (call.groupId !== undefined) groupCalls.refresh(call.groupId);
  };
  return { groupCalls, watcher, change };
}

describe('the running calls of groups', () => {
  it('name who has joined in the order of joining, and nobody who only rings', () => {
    const { groupCalls, change } = board();
    change(callOf({ legs: [legOf('cem', 2), legOf('anna', 0), legOf('dora'), legOf('bao', 1)] }));
    expect(groupCalls.of(['design', 'sales', 'design'], 'dora')).toMatchObject([
      { callId: 'c1', joinedIds: ['anna', 'bao', 'cem'] },
    ]);
  });

  it('are told when they look different, and not for what a watcher cannot see', () => {
    const { groupCalls, watcher, change } = board();
    groupCalls.watch(watcher, ['design']);
    change(callOf());
    change(callOf({ revision: 2, legs: [legOf('anna', 0), legOf('bao')] }));
    change(callOf({ revision: 3, legs: [legOf('anna', 0), legOf('bao', 1)] }));
    change(callOf({ revision: 4, endedAt: 5 }));
    expect(
      watcher.heard.map((message) =>
        message.type === 'group-call.changed' ? (message.call?.joinedIds ?? null) : message.type,
      ),
    ).toEqual([['anna'], ['anna', 'bao'], null]);
  });

  it('are none to whom an admin has put out, until somebody asks them in again; who left may come back', () => {
    const { groupCalls, watcher, change } = board();
    const cems = new Watcher('cem');
    groupCalls.watch(watcher, ['design']);
    groupCalls.watch(cems, ['design']);
    const left = (userId: string, cause: 'kicked' | 'self'): LegRow => ({
      ...{ ...legOf(userId, 1), state: 'left', leftAt: 9, cause },
    });
    const [anna, dora, cem] = [legOf('anna', 0), left('dora', 'kicked'), left('cem', 'self')];
    change(callOf({ legs: [anna, legOf('dora', 1), legOf('cem', 2)] }));
    change(callOf({ revision: 2, legs: [anna, dora, cem] }));
    expect(groupCalls.of(['design'], 'dora')).toEqual([]);
    expect(groupCalls.of(['design'], 'cem')).toMatchObject([{ callId: 'c1' }]);
    change(callOf({ revision: 3, mediaType: 2, legs: [anna, dora, cem] }));
    change(callOf({ revision: 4, mediaType: 2, legs: [anna, dora, cem, legOf('dora')] }));
    const heardBy = ({ heard }: Watcher): unknown[] =>
      heard.map((message) =>
        message.type === 'group-call.changed' ? (message.call?.mediaType ?? null) : message.type,
      );
    expect(heardBy(watcher)).toEqual([1, null, 2]);
    expect(heardBy(cems)).toEqual([1, 1, 2]);
  });

  it('are no news to whoever ended the watch or was put out, group by group', () => {
    const { groupCalls, watcher, change } = board();
    const other = new Watcher('cem');
    groupCalls.watch(watcher, ['design', 'sales']);
    groupCalls.watch(other, ['design']);
    groupCalls.watch(other, []);
    groupCalls.expel([watcher, other], 'design');
    change(callOf());
    change(callOf({ callId: 'c2', groupId: 'sales' }));
    expect(other.heard).toEqual([]);
    expect(watcher.heard).toMatchObject([{ groupId: 'sales', call: { callId: 'c2' } }]);
  });
});
