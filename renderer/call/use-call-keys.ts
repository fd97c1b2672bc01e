/** Single keys of the call window: without modifiers, once per press, and never while somebody types. */
import { onScopeDispose } from 'vue';
import type { Direction } from '#common/ipc';

export type KeyActions = Readonly<Record<string, () => void>>;

export function actionForKey(event: KeyboardEvent, actions: KeyActions): (() => void) | undefined {
  const { ctrlKey, altKey, metaKey, shiftKey, repeat, isComposing } = event;
  if (ctrlKey || altKey || metaKey || shiftKey || repeat || isComposing) return undefined;
  return actions[event.key.toLowerCase()];
}

const arrows = ['left', 'right', 'up', 'down'] as const;

/** The arrow keys, which move the mini window. */
export function cornerKeys(go: (towards: Direction) => void): KeyActions {
  return Object.fromEntries(arrows.map((towards) => [`arrow${towards}`, () => go(towards)]));
}

export function useCallKeys(actions: KeyActions): void {
  const handleKey = (event: KeyboardEvent): void => {
    actionForKey(event, actions)?.();
  };
  window.addEventListener('keydown', handleKey);
  onScopeDispose(() => window.removeEventListener('keydown', handleKey));
}
