import { expect, it } from 'vitest';
import { type CallView, emptyView } from '#renderer/call/call-view';
import { firstLookLater } from '#renderer/call/first-look';

const dialing: CallView = { ...emptyView, phase: 'dialing' };

function watched() {
  const [shown, tasks]: [CallView[], (() => void)[]] = [[], []];
  const after = (_ms: number, task: () => void): (() => void) => {
    tasks.push(task);
    return () => undefined;
  };
  return { shown, tasks, show: firstLookLater((view) => shown.push(view), after) };
}

it('shows a call after what was begun with it, and as it is by then', () => {
  const { shown, tasks, show } = watched();
  show(dialing);
  show({ ...dialing, isMuted: true });
  expect(shown).toEqual([]);
  for (const task of tasks) task();
  expect(shown).toEqual([{ ...dialing, isMuted: true }]);
});

it('shows everything else at once: what is chosen before a call, and what changes in it', () => {
  const { shown, tasks, show } = watched();
  show({ ...emptyView, isMuted: true });
  expect(shown).toHaveLength(1);
  show(dialing);
  for (const task of tasks.splice(0)) task();
  show({ ...dialing, phase: 'ringing' });
  expect(tasks).toEqual([]);
  expect(shown.map(({ phase }) => phase)).toEqual(['waiting', 'dialing', 'ringing']);
});
