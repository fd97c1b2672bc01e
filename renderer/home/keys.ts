/** What a key means in home's list of people. Pure: the page decides what to do with it. */
export type ListKey =
  /** Move the choice by so many people. */
  | { readonly do: 'move'; readonly steps: number }
  /** Call the chosen one. */
  | { readonly do: 'call' }
  /** Empty the search. */
  | { readonly do: 'clear' };

type Key = Pick<KeyboardEvent, 'key' | 'isComposing' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>;

const pageOfRows = 8;

export function listKey(event: Key): ListKey | null {
  // While an input method composes, Enter and the arrows belong to it.
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case 'ArrowDown':
      return { do: 'move', steps: 1 };
    case 'ArrowUp':
      return { do: 'move', steps: -1 };
    case 'PageDown':
      return { do: 'move', steps: pageOfRows };
    case 'PageUp':
      return { do: 'move', steps: -pageOfRows };
    case 'Enter':
      // A key held down for too long must not place a second call.
      return event.repeat ? null : { do: 'call' };
    case 'Escape':
      return { do: 'clear' };
    default:
      return null;
  }
}

/** Which row a step from the current one leads to; from nowhere to `first`, whatever the step. */
export function rowAfter<T>(
  rows: readonly T[],
  steps: number,
  { current, first }: { readonly current: T | undefined; readonly first: T | undefined },
): T | undefined {
  const at = current === undefined ? -1 : rows.indexOf(current);
  return at < 0 ? first : rows[Math.min(Math.max(at + steps, 0), rows.length - 1)];
}

/** A key that writes something, pressed where nothing takes text: the start of a search. */
export function startsSearch(event: Key): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  // A space presses the focused button.
  return event.key !== ' ' && /^.$/u.test(event.key);
}

/** Ctrl+comma, as in other programs. */
export function opensSettings(event: Key): boolean {
  return event.key === ',' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.repeat;
}

/** Ctrl+D, as for a bookmark. */
export function togglesFavourite(event: Key & Pick<KeyboardEvent, 'shiftKey'>): boolean {
  const isPlain = !event.altKey && !event.shiftKey && !event.repeat && !event.isComposing;
  return isPlain && event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey);
}
