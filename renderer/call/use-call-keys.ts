/** Single keys of the call window: without modifiers, once per press, and never while somebody types. */
import { onScopeDispose } from 'vue';

export type KeyActions = Readonly<Record<string, () => void>>;

export function actionForKey(event: KeyboardEvent, actions: KeyActions): (() => void) | undefined {
  const { ctrlKey, altKey, metaKey, shiftKey, repeat, isComposing } = event;
  if (ctrlKey || altKey || metaKey || shiftKey || repeat || isComposing) return undefined;
  return actions[event.key.toLowerCase()];
}

export function useCallKeys(actions: KeyActions): void {
  const handleKey = (event: KeyboardEvent): void => {
    actionForKey(event, actions)?.();
  };
  window.addEventListener('keydown', handleKey);
  onScopeDispose(() => window.removeEventListener('keydown', handleKey));
}
