import { describe, expect, it } from 'vitest';
import { LiveCalls } from '#server/calls/live-calls';
import type { CallState } from '#server/calls/rules/call-state';

const call = (revision: number, more: Partial<CallState> = {}): CallState => ({
  callId: 'c1',
  revision,
  kind: 'private',
  mediaType: 1,
  callerId: 'anna',
  createdAt: 1,
  nextDeadline: null,
  legs: [
    {
      legId: 'l1',
      userId: 'anna',
      invitedBy: 'anna',
      state: 'joined',
      deviceId: 'desk',
      ringingDeviceIds: [],
      liveLegIds: [],
    },
    {
      legId: 'l2',
      userId: 'bao',
      invitedBy: 'anna',
      state: 'ringing',
      ringingDeviceIds: [],
      liveLegIds: [],
    },
  ],
  ...more,
});

describe('the mirror of live calls', () => {
  it('knows who is in a call', () => {
    const live = new LiveCalls();
    live.apply(call(1));
    expect(live.isInCall('anna')).toBe(true);
    expect(live.isInCall('bao')).toBe(false);
    expect(live.isDeviceInCall('anna', 'laptop')).toBe(false);
  });

  it('does not go back to an older revision, nor revive a call that ended', () => {
    const live = new LiveCalls();
    live.apply(call(2));
    expect(live.apply(call(1))).toBe(false);
    live.apply(call(4, { endedAt: 9 }));
    expect(live.apply(call(3))).toBe(false);
    expect(live.get('c1')).toBeUndefined();
    expect(live.ofUser('anna')).toEqual([]);
  });
});
