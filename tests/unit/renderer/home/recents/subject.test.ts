import { describe, expect, it } from 'vitest';
import { redialOf, subjectOf } from '#renderer/home/recents/subject';

const names: Record<string, string> = { bao: 'Bao Chen', chen: 'Chen Wu' };
const person = (userId: string) => ({ userId, name: names[userId] ?? userId });
const design = { groupId: 'design', name: 'Design', memberIds: ['anna', 'bao', 'chen'] };
const directory = { groups: [design], find: person };
const record = (over: object) => ({
  ...{ kind: 'group' as const, direction: 'outgoing' as const },
  ...{ targetId: 'design', invitedBy: 'anna', memberIds: ['bao', 'chen'] },
  ...over,
});
const incoming = { direction: 'incoming', invitedBy: 'chen' } as const;

describe('what a row of the history is about', () => {
  it('is the other person of a call between two, by id until the name is here', () => {
    const own = record({ kind: 'private', targetId: 'bao', memberIds: ['bao'] });
    expect(subjectOf(own, directory)).toEqual({ kind: 'person', person: person('bao') });
    const unknown = record({ kind: 'private', targetId: 'dao', memberIds: ['dao'] });
    expect(subjectOf(unknown, directory)).toMatchObject({ person: { name: 'dao' } });
  });

  it('is the group of a call in one, whoever called', () => {
    const group = { kind: 'group', group: design };
    expect(subjectOf(record({}), directory)).toEqual(group);
    expect(subjectOf(record(incoming), directory)).toEqual(group);
  });

  it('is everybody of a call without a group, first who was called first, or asked this user in', () => {
    const several = { kind: 'several', people: [person('bao'), person('chen')] };
    expect(subjectOf(record({ targetId: 'bao' }), directory)).toEqual(several);
    const asked = { ...incoming, targetId: 'bao' };
    expect(subjectOf(record(asked), directory)).toEqual({
      ...{ kind: 'several', people: [person('chen'), person('bao')] },
    });
  });

  it('is the people of a group that the user has left: its id is no person', () => {
    const people = [person('bao'), person('chen')];
    const left = record({ targetId: 'cooks' });
    expect(subjectOf(left, directory)).toEqual({ kind: 'several', people });
    expect(subjectOf({ ...left, ...incoming }, directory)).toMatchObject({
      people: people.toReversed(),
    });
  });
});

describe('a call like one of the history', () => {
  const redial = (over: object) => {
    const own = record(over);
    return redialOf(own, subjectOf(own, directory));
  };

  it('goes to the same person', () => {
    expect(redial({ kind: 'private', targetId: 'bao', memberIds: ['bao'] })).toEqual({
      targetId: 'bao',
    });
  });

  it('goes to those of the group who were in it and are still members', () => {
    expect(redial({ memberIds: ['chen', 'dao'] })).toEqual({
      ...{ groupId: 'design', userIds: ['chen'] },
    });
    expect(redial({ memberIds: ['dao'] })).toBeNull();
  });

  it('goes to the same people without a group, nobody twice', () => {
    expect(redial({ ...incoming, targetId: 'bao', memberIds: ['bao', 'chen'] })).toEqual({
      userIds: ['chen', 'bao'],
    });
    expect(redial({ targetId: 'bao', memberIds: [] })).toBeNull();
  });
});
