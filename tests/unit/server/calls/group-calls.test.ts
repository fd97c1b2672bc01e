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

  push(message: ServerMessage): void {
    this.heard.push(message);
  }
}

function board() {
  const live = new LiveCalls();
  const groupCalls = new GroupCalls(live);
  const watcher = new Watcher();
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
    expect(groupCalls.of(['design', 'sales', 'design'])).toMatchObject([
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

  it('are no news to whoever ended the watch or was put out, group by group', () => {
    const { groupCalls, watcher, change } = board();
    const other = new Watcher();
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
