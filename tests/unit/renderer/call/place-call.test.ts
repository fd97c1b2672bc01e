import { expect, it } from 'vitest';
import { ok } from '#protocol/result';
import { placeCall } from '../../../../renderer/call/place-call';
import type { ISessionListener, RCCallClient } from '../../../../renderer/caller';

const anna = { userId: 'anna', name: 'Anna' };
const people = { self: anna, deviceId: 'anna-1', peer: anna };

it('a window places its call to one person, to members of a group or to people without one', () => {
  const asked: unknown[] = [];
  const note = (request: unknown) => {
    asked.push(request);
    return Promise.resolve({ code: 10000 });
  };
  const caller = { call: note, callInGroup: note } as unknown as RCCallClient;
  const listener = {} as ISessionListener;
  const may = ok(null);
  const several = { ...people, purpose: 'place-group', userIds: ['bao', 'chen'], may } as const;
  void placeCall(
    caller,
    { ...people, purpose: 'place', targetId: 'bao', mediaType: 1, may },
    listener,
  );
  void placeCall(caller, { ...several, groupId: 'design', mediaType: 2 }, listener);
  void placeCall(caller, { ...several, mediaType: 1 }, listener);
  expect(asked).toEqual([
    { targetId: 'bao', mediaType: 1, listener },
    { targetId: 'design', userIds: ['bao', 'chen'], mediaType: 2, listener },
    { userIds: ['bao', 'chen'], mediaType: 1, listener },
  ]);
});
