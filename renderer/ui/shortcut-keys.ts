/**
 * Keys that stand in the settings as Electron writes them ("CommandOrControl+Shift+A"): which ones somebody presses, and
 * how people and screen readers call them. Pure.
 */
export type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'
>;

/** Keys that write nothing and lead nowhere, so that they may stand alone. */
const lonely = /^(F([1-9]|1\d|2[0-4])|Media\w+)$/;

const named: Readonly<Record<string, string>> = {
  ...{ ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right', ' ': 'Space' },
  ...{ Home: 'Home', End: 'End', PageUp: 'PageUp', PageDown: 'PageDown', Insert: 'Insert' },
  ...{ MediaPlayPause: 'MediaPlayPause', MediaStop: 'MediaStop', Pause: 'Pause' },
};

/** Null for what cannot answer a call: a letter alone, or a key that this computer has only by half. */
export function keysOf(event: PressedKey, isMac = false): string | null {
  const key = keyOf(event);
  if (key === null) return null;
  const held = heldWith(event, isMac);
  if (held.length === 0 && !lonely.test(key)) return null;
  return [...held, ...(event.shiftKey ? ['Shift'] : []), key].join('+');
}

/** What is held down and writes nothing with a letter. Shift alone does. */
function heldWith({ ctrlKey, metaKey, altKey }: PressedKey, isMac: boolean): readonly string[] {
  const held = [
    { name: 'CommandOrControl', isHeld: isMac ? metaKey : ctrlKey },
    { name: isMac ? 'Control' : 'Super', isHeld: isMac ? ctrlKey : metaKey },
    { name: 'Alt', isHeld: altKey },
  ];
  return held.filter(({ isHeld }) => isHeld).map(({ name }) => name);
}

/** By its place on the keyboard where the layout has other letters than Latin ones. */
function keyOf({ key, code }: PressedKey): string | null {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  if (place) return place[1] ?? place[2] ?? null;
  return lonely.test(key) ? key : (named[key] ?? null);
}

/** Which answer these keys are; null for none, and for what is held down. */
export function answerOf(
  event: PressedKey & Pick<KeyboardEvent, 'repeat' | 'isComposing'>,
  keys: { readonly accept: string | null; readonly decline: string | null },
  isMac = false,
): 'accept' | 'decline' | null {
  if (event.repeat || event.isComposing) return null;
  const pressed = keysOf(event, isMac);
  if (pressed === null) return null;
  if (pressed === keys.accept) return 'accept';
  return pressed === keys.decline ? 'decline' : null;
}

/** As they stand on the keys: "Ctrl+Shift+A". */
export function shownKeys(keys: string, isMac = false): string {
  return keys
    .replace('CommandOrControl', isMac ? 'Cmd' : 'Ctrl')
    .replace('Control', 'Ctrl')
    .replace(/^Media/, '');
}

/** As `aria-keyshortcuts` wants them. */
export function spokenShortcut(keys: string, isMac = false): string {
  return keys.replace('CommandOrControl', isMac ? 'Meta' : 'Control').replace('Super', 'Meta');
}

export const isMacPage = (): boolean => /mac/i.test(navigator.platform);
