import { describe, expect, it } from 'vitest';
import { EndReason } from '#protocol/end-reason';
import { isMissed, outcomeOf } from '#common/outcome';
import { personIn, saidOf } from '#renderer/home/recents/outcome';

type Direction = 'incoming' | 'outgoing';

const ended = (direction: Direction, endReason: number, connectedAt = 0) => ({
  ...{ direction, endReason, connectedAt },
});

describe('a call that came in and was never connected', () => {
  const missed = new Set<number>([
    ...[EndReason.BUSY_LINE, EndReason.NO_RESPONSE, EndReason.ENGINE_UNSUPPORTED],
    ...Object.values(EndReason).filter((reason) => reason >= 11 && reason <= 20),
    ...Object.values(EndReason).filter((reason) => reason >= 31 && reason <= 34),
  ]);

  it.each(Object.entries(EndReason))(
    '%s: is missed unless this user dealt with it',
    (_n, reason) => {
      expect(isMissed(ended('incoming', reason))).toBe(missed.has(reason));
    },
  );

  it.each([
    ['the caller gave up', EndReason.REMOTE_CANCEL, 'missed'],
    ['nobody answered in time', EndReason.NO_RESPONSE, 'missed'],
    ['this user was in another call', EndReason.BUSY_LINE, 'missed'],
    ['the caller’s line was lost', EndReason.REMOTE_NETWORK_ERROR, 'missed'],
    ['it was declined here', EndReason.REJECT, 'declined'],
    ['it was declined on another device', EndReason.HANGUP_BY_OTHER_CLIENT, 'declined'],
    ['it was answered on another device', EndReason.ACCEPT_BY_OTHER_CLIENT, 'elsewhere'],
    ['the own microphone failed', EndReason.GET_MEDIA_RESOURCES_ERROR, 'failed'],
    ['a newer server has a reason of its own', 999, 'failed'],
  ])('%s', (_why, reason, outcome) => {
    expect(outcomeOf(ended('incoming', reason))).toBe(outcome);
  });
});

describe('any other call', () => {
  it.each(Object.values(EndReason))('is never missed (%i)', (reason) => {
    expect(isMissed(ended('outgoing', reason))).toBe(false);
    expect(isMissed(ended('incoming', reason, 1))).toBe(false);
  });

  it.each([
    ['cancelled', EndReason.CANCEL],
    ['declined', EndReason.REMOTE_REJECT],
    ['busy', EndReason.REMOTE_BUSY_LINE],
    ['unanswered', EndReason.REMOTE_NO_RESPONSE],
    ['failed', EndReason.NETWORK_ERROR],
  ])('that went out for nothing was %s', (outcome, reason) => {
    expect(outcomeOf(ended('outgoing', reason))).toBe(outcome);
  });

  it('that was connected says only who began it', () => {
    expect(outcomeOf(ended('incoming', EndReason.HANGUP, 1))).toBe('answered');
    expect(outcomeOf(ended('outgoing', EndReason.REMOTE_NETWORK_ERROR, 1))).toBe('called');
  });
});

describe('the person of a record', () => {
  const record = {
    kind: 'private',
    direction: 'incoming',
    targetId: 'anna',
    invitedBy: 'anna',
  } as const;

  it('is the other one, and of a call of a group whoever asked this user in', () => {
    expect(personIn(record)).toBe('anna');
    const group = { ...record, kind: 'group', targetId: 'team' } as const;
    expect(personIn({ ...group, invitedBy: 'chen' })).toBe('chen');
    expect(personIn({ ...record, kind: 'group', direction: 'outgoing', targetId: 'team' })).toBe(
      'team',
    );
  });
});

describe('what a row says of a group call', () => {
  const group = { kind: 'group' } as const;

  it.each([
    ['declined', EndReason.REMOTE_REJECT],
    ['busy', EndReason.REMOTE_BUSY_LINE],
    ['unanswered', EndReason.REMOTE_NO_RESPONSE],
  ])('is not that the other one was %s, where several were asked', (outcome, reason) => {
    const record = ended('outgoing', reason);
    expect(saidOf({ ...record, ...group })).toBe('nobody');
    expect(saidOf({ ...record, kind: 'private' })).toBe(outcome);
  });

  it('is that this user was in it, who may have come uninvited', () => {
    expect(saidOf({ ...ended('incoming', EndReason.HANGUP, 1), ...group })).toBe('joined');
    expect(saidOf({ ...ended('outgoing', EndReason.HANGUP, 1), ...group })).toBe('called');
  });

  it('is that it did not ring, where the user did not want to be disturbed', () => {
    const missed = { ...ended('incoming', EndReason.REMOTE_CANCEL), silenced: true } as const;
    expect(saidOf({ ...missed, ...group })).toBe('silenced');
    expect(saidOf({ ...missed, kind: 'private' })).toBe('silenced');
    const taken = { ...ended('incoming', EndReason.HANGUP, 1), silenced: true } as const;
    expect(saidOf({ ...taken, kind: 'private' })).toBe('answered');
  });

  it('is that it was missed or declined here, as of any other call', () => {
    const said = [EndReason.REMOTE_CANCEL, EndReason.REJECT].map((reason) =>
      saidOf({ ...ended('incoming', reason), ...group }),
    );
    expect(said).toEqual(['missed', 'declined']);
  });
});
