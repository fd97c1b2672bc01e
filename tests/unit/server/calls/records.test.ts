import { describe, expect, it } from 'vitest';
import { recordsFor } from '#server/calls/rules/records';
import { anna, apply, bao, invited, joined, ringing, t0 } from '../../../support/calls';

describe('history', () => {
  it('[CR80] gives each user a record with their own view', () => {
    const ended = apply(joined(), { type: 'leave', ...bao, why: 'hangup' }, t0 + 20_000);
    const [ofAnna, ofBao] = recordsFor(ended);
    const shared = { createdAt: t0, connectedAt: t0 + 5_500, endedAt: t0 + 20_000, seen: true };
    expect(ofAnna).toMatchObject({
      ...{ userId: 'anna', direction: 'outgoing', targetId: 'bao', endReason: 13 },
      ...shared,
    });
    expect(ofBao).toMatchObject({
      ...{ userId: 'bao', direction: 'incoming', targetId: 'anna', endReason: 3 },
      ...shared,
    });
  });

  it('[CR80] gives none while the call goes on', () => {
    expect(recordsFor(joined())).toEqual([]);
  });

  it('[CR81] marks an incoming call nobody took notice of as unseen', () => {
    const silent = apply(ringing(), { type: 'deadline' }, t0 + 60_000);
    expect(recordsFor(silent).map(({ seen, endReason }) => [endReason, seen])).toEqual([
      [15, true],
      [5, false],
    ]);
    const cancelled = apply(invited(), { type: 'leave', ...anna, why: 'hangup' }, t0 + 1_000);
    expect(recordsFor(cancelled)[1]).toMatchObject({ endReason: 11, seen: false, connectedAt: 0 });
  });

  it('[CR81] counts a declined call as seen', () => {
    const declined = apply(ringing(), { type: 'leave', ...bao, why: 'hangup' }, t0 + 1_000);
    expect(recordsFor(declined)[1]).toMatchObject({ endReason: 2, seen: true });
  });

  it('[CR82] makes the same record for the same end', () => {
    const ended = apply(joined(), { type: 'leave', ...bao, why: 'hangup' }, t0 + 20_000);
    expect(recordsFor(ended)).toEqual(recordsFor(ended));
    expect(recordsFor(ended).map((record) => record.recordId)).toEqual([
      'call-1:anna',
      'call-1:bao',
    ]);
  });
});
