import { describe, expect, it } from 'vitest';
import { listKey, rowAfter, startsSearch, togglesFavourite } from '../../../../renderer/home/keys';
import { rowsOnScreen } from '../../../../renderer/home/on-screen';

const press = (key: string, over: Partial<Parameters<typeof listKey>[0]> = {}) => ({
  ...{ key, isComposing: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false },
  ...over,
});

describe('a key in the list of people', () => {
  it.each([
    ['ArrowDown', { do: 'move', steps: 1 }],
    ['ArrowUp', { do: 'move', steps: -1 }],
    ['Enter', { do: 'call' }],
    ['Escape', { do: 'clear' }],
    ['x', null],
  ])('%s means %o', (key, meaning) => {
    expect(listKey(press(key))).toEqual(meaning);
  });

  it('that is held down places no second call', () => {
    expect(listKey(press('Enter', { repeat: true }))).toBeNull();
  });

  it('belongs to the input method while it composes', () => {
    expect(listKey(press('Enter', { isComposing: true }))).toBeNull();
    expect(startsSearch(press('x', { isComposing: true }))).toBe(false);
  });
});

describe('the key for a favourite', () => {
  const pressed = (over: object) =>
    togglesFavourite({ ...press('d', { ctrlKey: true }), shiftKey: false, ...over });

  it.each([{}, { key: 'D' }, { ctrlKey: false, metaKey: true }])('is Ctrl+D: %o', (over) => {
    expect(pressed(over)).toBe(true);
  });

  // Ctrl+Shift+D declines a call.
  it.each([
    ...[{ shiftKey: true }, { altKey: true }, { ctrlKey: false }, { key: 'e' }],
    ...[{ repeat: true }, { isComposing: true }],
  ])('is nothing else: %o', (over) => {
    expect(pressed(over)).toBe(false);
  });
});

describe('typing anywhere', () => {
  it.each(['x', '李', 'É', '7'])('starts a search with %s', (key) => {
    expect(startsSearch(press(key))).toBe(true);
  });

  it.each(['Enter', 'Tab', 'F5', ' '])('leaves %j alone', (key) => {
    expect(startsSearch(press(key))).toBe(false);
  });

  it('leaves shortcuts alone', () => {
    expect(startsSearch(press('c', { ctrlKey: true }))).toBe(false);
  });
});

describe('the rows on the screen', () => {
  it('are the visible ones and a few around them', () => {
    expect(rowsOnScreen(200, { scrollTop: 2000, height: 400, rowHeight: 40 })).toEqual([40, 70]);
  });

  it('stay within the list', () => {
    expect(rowsOnScreen(5, { scrollTop: 0, height: 400, rowHeight: 40 })).toEqual([0, 5]);
    expect(rowsOnScreen(200, { scrollTop: 0, height: 400, rowHeight: 0 })).toEqual([0, 20]);
  });
});

describe('a step through the rows', () => {
  const rows = ['sales', 'anna', 'bao'];
  it.each([
    [1, 'anna', 'bao'],
    [-1, 'anna', 'sales'],
    [8, 'sales', 'bao'],
    [-8, 'bao', 'sales'],
    [-1, 'gone', 'anna'],
  ])('of %i from %s leads to %s', (steps, current, to) => {
    const row = rowAfter(rows, steps, { current, first: 'anna' });
    expect(row).toBe(to);
  });

  it('leads nowhere where there are none', () => {
    const nowhere = { current: undefined, first: undefined };
    const row = rowAfter<string>([], 1, nowhere);
    expect(row).toBe(undefined);
    expect(rowAfter(rows, -1, { ...nowhere, first: 'anna' })).toBe('anna');
  });
});
