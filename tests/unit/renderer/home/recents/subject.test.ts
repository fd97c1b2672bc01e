import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../../../renderer/home/recents/subject';

const bao = { userId: 'bao', name: 'Bao Chen' };
const design = { groupId: 'design', name: 'Design', memberIds: ['anna', 'bao'] };
const directory = {
  groups: [design],
  find: (userId: string) => (userId === 'bao' ? bao : null),
};
const record = (over: object) => ({
  ...{ kind: 'group' as const, direction: 'outgoing' as const },
  ...{ targetId: 'design', callerId: 'anna' },
  ...over,
});

describe('what a row of the history is about', () => {
  it('is the other person of a call between two, by id until the name is here', () => {
    const own = record({ kind: 'private', targetId: 'bao' });
    expect(subjectOf(own, directory)).toEqual({ kind: 'person', person: bao });
    const unknown = record({ kind: 'private', targetId: 'chen' });
    expect(subjectOf(unknown, directory)).toMatchObject({ person: { name: 'chen' } });
  });

  it('is the group of a call in one, whoever called', () => {
    const group = { kind: 'group', group: design };
    expect(subjectOf(record({}), directory)).toEqual(group);
    expect(subjectOf(record({ direction: 'incoming', callerId: 'bao' }), directory)).toEqual(group);
  });

  it('is one of several without a group: whoever called, or was called first', () => {
    const several = { kind: 'several', person: bao };
    expect(subjectOf(record({ targetId: 'bao' }), directory)).toEqual(several);
    const incoming = { direction: 'incoming', targetId: 'bao', callerId: 'bao' };
    expect(subjectOf(record(incoming), directory)).toEqual(several);
  });

  it('never takes the id of a former group for a person', () => {
    expect(subjectOf(record({ targetId: 'cooks' }), directory)).toEqual({ kind: 'unknown' });
    const incoming = { direction: 'incoming', targetId: 'cooks', callerId: 'bao' };
    expect(subjectOf(record(incoming), directory)).toEqual({ kind: 'several', person: bao });
  });
});
