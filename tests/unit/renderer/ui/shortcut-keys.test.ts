import { describe, expect, it } from 'vitest';
import {
  type PressedKey,
  answerOf,
  keysOf,
  shownKeys,
  spokenShortcut,
} from '#renderer/ui/shortcut-keys';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, held: Partial<PressedKey> = {}, code = ''): PressedKey => ({
  ...none,
  key,
  code,
  ...held,
});
const ctrlShift = { ctrlKey: true, shiftKey: true };

describe('keys that answer a call', () => {
  it.each([
    ['CommandOrControl+Shift+A', press('A', ctrlShift, 'KeyA')],
    ['CommandOrControl+Shift+A', press('Ф', ctrlShift, 'KeyA')],
    ['CommandOrControl+Shift+Q', press('q', ctrlShift, 'KeyA')],
    ['Super+Alt+5', press('5', { metaKey: true, altKey: true }, 'Digit5')],
    ['CommandOrControl+5', press('(', { ctrlKey: true }, 'Digit5')],
    ['F9', press('F9')],
    ['Shift+F24', press('F24', { shiftKey: true })],
    ['MediaPlayPause', press('MediaPlayPause')],
    ['Alt+Up', press('ArrowUp', { altKey: true })],
  ])('are %s as the settings keep them', (keys, pressed) => {
    expect(keysOf(pressed)).toBe(keys);
  });

  it.each([
    ['a letter alone', press('a', {}, 'KeyA')],
    ['a large letter', press('A', { shiftKey: true }, 'KeyA')],
    ['what holds others', press('Control', { ctrlKey: true }, 'ControlLeft')],
    ['what leads on', press('Tab', { ctrlKey: true }, 'Tab')],
    ['what confirms', press('Enter', { ctrlKey: true }, 'Enter')],
  ])('are not %s', (_what, pressed) => {
    expect(keysOf(pressed)).toBeNull();
  });

  it('are held with Command on a Mac', () => {
    expect(keysOf(press('a', { metaKey: true }, 'KeyA'), true)).toBe('CommandOrControl+A');
    expect(keysOf(press('a', { ctrlKey: true }, 'KeyA'), true)).toBe('Control+A');
  });

  it('are called as they stand on the keyboard, and as screen readers know them', () => {
    const keys = 'CommandOrControl+Shift+A';
    expect([shownKeys(keys), shownKeys(keys, true)]).toEqual(['Ctrl+Shift+A', 'Cmd+Shift+A']);
    expect([spokenShortcut(keys), spokenShortcut(keys, true)]).toEqual([
      'Control+Shift+A',
      'Meta+Shift+A',
    ]);
    expect([shownKeys('MediaPlayPause'), spokenShortcut('Super+F2')]).toEqual([
      'PlayPause',
      'Meta+F2',
    ]);
  });

  it('answer as the settings say, once', () => {
    const keys = { accept: 'F9', decline: 'CommandOrControl+Shift+D' };
    const answer = (event: PressedKey, repeat = false): unknown =>
      answerOf({ ...event, repeat, isComposing: false }, keys);
    expect(answer(press('F9'))).toBe('accept');
    expect(answer(press('F9'), true)).toBeNull();
    expect(answer(press('d', ctrlShift, 'KeyD'))).toBe('decline');
    expect(answer(press('a', ctrlShift, 'KeyA'))).toBeNull();
    expect(
      answerOf(
        { ...press('a', {}, 'KeyA'), repeat: false, isComposing: false },
        {
          accept: null,
          decline: null,
        },
      ),
    ).toBeNull();
  });
});
