import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { CallProblem } from '#common/problems';
import type { UserProfile } from '#protocol/messages';
import { limits } from '#protocol/limits';
import { type Result, err, ok } from '#protocol/result';
import { useCalls } from '../../../../renderer/home/stores/calls';
import { useChoice } from '../../../../renderer/home/stores/choice';
import { usePeopleSelection } from '../../../../renderer/home/stores/people-selection';
import { onHomePage } from './support/home-page';

const list: readonly UserProfile[] = Array.from({ length: 12 }, (_, at) => ({
  ...{ userId: `u${String(at)}`, name: `User ${String(at)}` },
}));
const at = (index: number): UserProfile => list[index] ?? { userId: '', name: '' };

/** What main was asked to place, and what it says to that. */
let placed: unknown[];
let answer: () => Promise<Result<null, CallProblem>>;
let rename: (person: UserProfile) => void;
let selection: ReturnType<typeof usePeopleSelection>;
let calls: ReturnType<typeof useCalls>;
let choice: ReturnType<typeof useChoice>;

beforeEach(() => {
  placed = [];
  answer = () => Promise.resolve(ok(null));
  const place = (request: unknown): Promise<Result<null, CallProblem>> => {
    placed.push(request);
    return answer();
  };
  onHomePage(
    {
      placeCall: place,
      placeGroupCall: place,
      onProfileChanged: (listener) => {
        rename = listener;
        return () => undefined;
      },
    },
    () => {
      calls = useCalls();
      choice = useChoice();
      selection = usePeopleSelection();
    },
  );
  selection.start();
});

describe('people ticked for one call', () => {
  it('come and go one by one, and stay in the order of the ticks', () => {
    for (const index of [2, 0, 5, 0]) selection.toggle(at(index));
    expect([selection.isOn, selection.chosenIds]).toEqual([true, ['u2', 'u5']]);
  });

  it('are a range where one tick is added up to another one, in both directions', () => {
    selection.toggle(at(3));
    selection.addUpTo(at(5), list);
    selection.addUpTo(at(2), list);
    expect(selection.chosenIds).toEqual(['u3', 'u4', 'u5', 'u2']);
  });

  it('begin with whoever was on the screen', () => {
    selection.begin([at(4)]);
    selection.addUpTo(at(6), list);
    expect(selection.chosenIds).toEqual(['u4', 'u5', 'u6']);
  });

  it('are called together, without a group, and are no selection any more then', async () => {
    selection.toggle(at(1));
    selection.toggle(at(2));
    await selection.call(2);
    expect(placed).toEqual([{ userIds: ['u1', 'u2'], mediaType: 2 }]);
    expect([selection.isOn, selection.chosenIds]).toEqual([false, []]);
  });

  it('are an ordinary call where there is just one', async () => {
    selection.toggle(at(1));
    await selection.call(1);
    expect(placed).toEqual([{ targetId: 'u1', mediaType: 1 }]);
  });

  it('stay when the call did not start, to be tried again', async () => {
    answer = () => Promise.resolve(err('in-call-elsewhere'));
    for (const index of [1, 2]) selection.toggle(at(index));
    await selection.call(1);
    expect([calls.problem, selection.chosenIds]).toEqual(['in-call-elsewhere', ['u1', 'u2']]);
    answer = () => Promise.resolve(ok(null));
    await selection.call(calls.asked, true);
    expect(placed.at(-1)).toEqual({ userIds: ['u1', 'u2'], mediaType: 1, switchHere: true });
  });

  it('stay while the first of two calls is under way', async () => {
    let begin: () => void = () => undefined;
    answer = () => new Promise((resolve) => (begin = () => resolve(err('offline'))));
    for (const index of [1, 2]) selection.toggle(at(index));
    const first = selection.call(1);
    await selection.call(1);
    expect([placed.length, selection.isOn]).toEqual([1, true]);
    begin();
    await first;
    expect(calls.problem).toBe('offline');
  });

  it('are not called where they are nobody, or more than a call takes', async () => {
    await selection.call(1);
    selection.toggle(at(0));
    selection.addUpTo(at(limits.participants - 2), list);
    expect([selection.isTooMany, selection.canCall]).toEqual([false, true]);
    selection.toggle(at(10));
    expect([selection.isTooMany, selection.canCall]).toEqual([true, false]);
    await selection.call(1);
    expect(placed).toEqual([]);
  });

  it('have the names of today', () => {
    selection.toggle(at(1));
    rename({ userId: 'u1', name: 'Another name' });
    rename({ userId: 'u2', name: 'Nobody here' });
    expect(selection.chosen).toEqual([{ userId: 'u1', name: 'Another name' }]);
  });

  it('give way to a group, and not to the person whom the last tick shows', async () => {
    choice.chooseGroup('design');
    await nextTick();
    selection.toggle(at(1));
    choice.choosePerson(at(1));
    await nextTick();
    expect(selection.isOn).toBe(true);
    choice.chooseGroup('design');
    await nextTick();
    expect(selection.isOn).toBe(false);
  });
});
