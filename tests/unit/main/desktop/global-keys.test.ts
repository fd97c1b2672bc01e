import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerKeys } from '#common/ipc';
import { systemClock } from '#main/clock';
import { GlobalKeys, type ShortcutPort } from '#main/desktop/global-keys';

/** The keys of one computer, some of which another program holds. */
class FakeShortcuts implements ShortcutPort {
  readonly held = new Map<string, () => void>();
  taken: readonly string[] = [];

  register(keys: string, run: () => void): boolean {
    if (keys === 'Nonsense+') throw new TypeError('conversion failure');
    if (this.taken.includes(keys) || this.held.has(keys)) return false;
    this.held.set(keys, run);
    return true;
  }

  unregister(keys: string): void {
    this.held.delete(keys);
  }

  get names(): string[] {
    return [...this.held.keys()];
  }
}

const [accept, decline] = ['CommandOrControl+Shift+A', 'CommandOrControl+Shift+D'];

function bench(chosen: AnswerKeys = { accept, decline }, isSure = true) {
  const shortcuts = new FakeShortcuts();
  const pressed: string[] = [];
  const state = { chosen };
  const keys = new GlobalKeys({
    shortcuts,
    chosen: () => state.chosen,
    onPressed: (verb) => pressed.push(verb),
    isSure,
    clock: systemClock,
  });
  return { shortcuts, pressed, keys, state };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the keys that answer from anywhere', () => {
  it('are held while it rings and given back at once', () => {
    const { keys, shortcuts } = bench();
    expect(shortcuts.names).toEqual([]);
    keys.set(true);
    keys.set(true);
    expect(shortcuts.names).toEqual([accept, decline]);
    expect(keys.held).toEqual({ accept, decline });
    keys.set(false);
    expect(shortcuts.names).toEqual([]);
    expect(keys.held).toEqual({ accept: null, decline: null });
  });

  it('say which of the two was pressed', () => {
    const { keys, shortcuts, pressed } = bench();
    keys.set(true);
    vi.advanceTimersByTime(1_000);
    shortcuts.held.get(decline)?.();
    shortcuts.held.get(accept)?.();
    expect(pressed).toEqual(['decline', 'accept']);
  });

  it('do without one that another program holds, and take it once it is free', () => {
    const { keys, shortcuts } = bench();
    shortcuts.taken = [accept];
    keys.set(true);
    expect(keys.held).toEqual({ accept: null, decline });
    shortcuts.taken = [];
    keys.set(true);
    expect(keys.held).toEqual({ accept, decline });
  });

  it('do without one that was cleared, or that no keyboard has', () => {
    const { keys, shortcuts } = bench({ accept: null, decline: 'Nonsense+' });
    keys.set(true);
    expect(shortcuts.names).toEqual([]);
  });

  it('follow the settings while it rings, also when the two change places', () => {
    const { keys, state, shortcuts, pressed } = bench();
    keys.set(true);
    state.chosen = { accept: decline, decline: accept };
    keys.set(true);
    expect(keys.held).toEqual(state.chosen);
    vi.advanceTimersByTime(1_000);
    shortcuts.held.get(decline)?.();
    expect(pressed).toEqual(['accept']);
  });

  it('are tried without being kept', () => {
    const { keys, shortcuts } = bench();
    shortcuts.taken = ['F9'];
    const states = ['F9', 'F10', 'Nonsense+'].map((name) => keys.stateOf(name));
    expect(states).toEqual(['taken', 'free', 'taken']);
    expect(shortcuts.names).toEqual([]);
    keys.set(true);
    expect(keys.stateOf(accept)).toBe('free');
    expect(shortcuts.names).toEqual([accept, decline]);
  });

  it('are no promise where the desktop may keep them to the program in front', () => {
    expect(bench(undefined, false).keys.stateOf('F9')).toBe('unsure');
  });
});

describe('a key that answers', () => {
  function ringing() {
    const { keys, shortcuts, pressed } = bench();
    keys.set(true);
    const comes = (times: number, everyMs: number): void => {
      for (let n = 0; n < times; n += 1) {
        shortcuts.held.get(decline)?.();
        vi.advanceTimersByTime(everyMs);
      }
    };
    return { keys, pressed, comes };
  }

  it('does nothing while it is held down since before the ring', () => {
    const { pressed, comes } = ringing();
    // Just begun to be held: its first repeat is late.
    vi.advanceTimersByTime(600);
    comes(100, 40);
    expect(pressed).toEqual([]);
    vi.advanceTimersByTime(1_000);
    comes(1, 0);
    expect(pressed).toEqual(['decline']);
  });

  it('is believed a moment later when it is pressed as soon as it rings', () => {
    const { pressed, comes } = ringing();
    comes(1, 249);
    expect(pressed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(pressed).toEqual(['decline']);
  });

  it('does nothing any more when the ring is over meanwhile', () => {
    const { keys, pressed, comes } = ringing();
    comes(1, 0);
    keys.set(false);
    vi.advanceTimersByTime(1_000);
    expect([pressed, vi.getTimerCount()]).toEqual([[], 0]);
  });
});
