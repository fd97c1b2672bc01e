import { describe, expect, it } from 'vitest';
import { EndReason } from '#protocol/end-reason';
import type { CallRecord } from '#protocol/messages';
import {
  type MissedCalls,
  afterAdded,
  afterSeen,
  afterWelcome,
  missedCount,
  newestUnseen,
  noMissedCalls,
} from '#main/session/missed-calls';

const missed = (callId: string, over: Partial<CallRecord> = {}): CallRecord => ({
  ...{ recordId: `${callId}:bao`, callId, kind: 'private', direction: 'incoming' },
  ...{ targetId: 'anna', callerId: 'anna', invitedBy: 'anna', memberIds: ['anna'], mediaType: 1 },
  ...{ createdAt: 1, connectedAt: 0, endedAt: 2, endReason: EndReason.REMOTE_CANCEL, seen: false },
  ...over,
});
const count = (calls: MissedCalls): string => {
  const { n, isMore } = missedCount(calls);
  return `${n}${isMore ? '+' : ''}`;
};
const welcomed = (records: CallRecord[], before = noMissedCalls, hasOlder = false): MissedCalls =>
  afterWelcome(before, records, hasOlder);
const seen = (calls: MissedCalls, ...recordIds: string[]): MissedCalls =>
  afterSeen(calls, { recordIds });

describe('the number of missed calls', () => {
  it('counts what nobody took and nobody has looked at', () => {
    const records = [
      missed('c1'),
      missed('c2', { connectedAt: 5, endReason: EndReason.HANGUP }),
      missed('c3', { direction: 'outgoing' }),
      missed('c4', { seen: true }),
      missed('c5', { endReason: EndReason.HANGUP_BY_OTHER_CLIENT }),
      missed('c6', { silenced: true }),
    ];
    const now = welcomed(records);
    expect(count(now)).toBe('2');
    const { records: unseen } = newestUnseen(seen(now, 'c1:bao'));
    expect(unseen.map(({ callId }) => callId)).toEqual(['c2', 'c3', 'c5', 'c6']);
  });

  it('grows with each new one, once, and shrinks as they are seen', () => {
    let now = afterAdded(noMissedCalls, missed('c1'));
    now = afterAdded(now, missed('c1'));
    now = afterAdded(now, missed('c2'));
    expect(count(now)).toBe('2');
    expect(count(seen(now, 'c1:bao', 'c9:bao'))).toBe('1');
  });

  it('is what the server says after each sign-in: another device may have looked meanwhile', () => {
    const before = welcomed([missed('c1'), missed('c2')]);
    expect(count(welcomed([missed('c2')], before))).toBe('1');
    expect(count(welcomed([], before))).toBe('0');
  });

  it('never counts again what was seen, whichever news comes first', () => {
    const looked = seen(noMissedCalls, 'c1:bao');
    expect(count(afterAdded(looked, missed('c1')))).toBe('0');
    expect(count(welcomed([missed('c1')], looked))).toBe('0');
  });

  describe('when the server knows of more than it tells', () => {
    const [older, newer] = [missed('c1', { createdAt: 10 }), missed('c2', { createdAt: 20 })];
    const many = welcomed([older, newer], noMissedCalls, true);

    it('says so, also with the next one, until a sign-in says that these are all', () => {
      expect(count(many)).toBe('2+');
      expect(count(afterAdded(many, missed('c3', { createdAt: 30 })))).toBe('3+');
      expect(count(welcomed([newer], many))).toBe('1');
    });

    it('is nothing after a look at the list, which reached to its end', () => {
      const looked = afterSeen(many, { recordIds: ['c2:bao'], upTo: 10 });
      expect(count(looked)).toBe('0');
      expect(count(afterAdded(looked, missed('c3')))).toBe('1');
      expect(count(welcomed([older], looked))).toBe('0');
    });

    it('goes on saying so while some of these were not looked at, and says nothing of none', () => {
      expect(count(seen(many, 'c1:bao'))).toBe('1+');
      expect(count(afterSeen(many, { recordIds: ['c9:bao'], upTo: 5 }))).toBe('2+');
      expect(count(seen(many, 'c1:bao', 'c2:bao'))).toBe('0');
    });
  });
});
