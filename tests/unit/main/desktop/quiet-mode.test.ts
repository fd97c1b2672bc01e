import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#main/clock';
import { QuietMode } from '#main/desktop/quiet-mode';
import { type QuietSource, type QuietSystem, quietSources } from '#main/desktop/quiet-sources';
import type { BusWatchEvents } from '#main/desktop/watch-bus';

/** What each system answers to the questions of Peal, by a part of the question. */
function systemThatSays(
  answers: Readonly<Record<string, string>>,
  desktop = '',
): QuietSystem & { asked: string[] } {
  const asked: string[] = [];
  const answer = (question: string): Promise<string | null> => {
    asked.push(question);
    const key = Object.keys(answers).find((part) => question.includes(part));
    return Promise.resolve(key === undefined ? null : (answers[key] ?? null));
  };
  return {
    platform: 'linux',
    desktop,
    askBus: ({ destination, args = [] }) => answer(`${destination} ${args.join(' ')}`),
    askProgram: (program, args) => answer(`${program} ${args.join(' ')}`),
    asked,
  };
}

const variant = (isTrue: boolean): string =>
  `method return time=1.2 sender=:1.5 -> destination=:1.6 serial=4 reply_serial=2\n   variant       boolean ${isTrue}\n`;

const says = async (system: QuietSystem): Promise<(boolean | null)[]> =>
  Promise.all(quietSources(system).map(({ ask }) => ask()));

describe('what the system says of "do not disturb"', () => {
  it.each([true, false])('is read from KDE (%s)', async (isQuiet) => {
    expect(await says(systemThatSays({ Inhibited: variant(isQuiet) }, 'KDE'))).toEqual([
      isQuiet,
      null,
    ]);
  });

  it.each([true, false])('is read from dunst (%s)', async (isQuiet) => {
    expect(await says(systemThatSays({ paused: variant(isQuiet) }))).toEqual([null, isQuiet]);
  });

  it('is read from the banners of GNOME, which are shown or not', async () => {
    const quiet = systemThatSays({ 'show-banners': 'false\n' }, 'ubuntu:GNOME');
    expect(await says(quiet)).toEqual([null, null, true]);
    const loud = systemThatSays({ 'show-banners': 'true\n' }, 'ubuntu:GNOME');
    expect(await says(loud)).toEqual([null, null, false]);
  });

  it('is read from the notifications of Xfce', async () => {
    const system = systemThatSays({ 'xfce4-notifyd -p /do-not-disturb': 'true\n' }, 'XFCE');
    expect(await says(system)).toEqual([null, null, true]);
  });

  it('is not asked of a desktop that does not run', async () => {
    const system = systemThatSays({});
    await says(system);
    expect(system.asked.filter((question) => /gsettings|xfconf/.test(question))).toEqual([]);
  });

  it('is unknown where an answer has another form, and on other systems', async () => {
    expect(await says(systemThatSays({ Inhibited: 'variant string "true"' }))).toEqual([
      null,
      null,
    ]);
    expect(quietSources({ ...systemThatSays({}), platform: 'win32' })).toEqual([]);
    expect(quietSources({ ...systemThatSays({}), platform: 'darwin' })).toEqual([]);
  });
});

describe('the quiet of this computer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const source = (ask: () => Promise<boolean | null>, changes: string): QuietSource => ({
    ...{ ask, changes },
  });

  function bench(first: boolean | null) {
    const state = { says: first, follows: true, asked: 0 };
    const watches: { rules: readonly string[]; events: BusWatchEvents; isOver: boolean }[] = [];
    const quiet = new QuietMode({
      sources: [
        source(() => {
          state.asked += 1;
          return Promise.resolve(state.says);
        }, 'one'),
        source(() => Promise.resolve(null), 'two'),
      ],
      watchBus: (rules, events) => {
        const watch = { rules, events, isOver: false };
        watches.push(watch);
        return () => (watch.isOver = true);
      },
      follows: () => state.follows,
      clock: systemClock,
    });
    const changes: boolean[] = [];
    quiet.onChanged((isQuiet) => changes.push(isQuiet));
    quiet.start();
    const signal = async (): Promise<void> => {
      watches.at(-1)?.events.onSignal();
      await vi.advanceTimersByTimeAsync(0);
    };
    return { state, quiet, changes, watches, signal };
  }

  it('is known from the start, and told when a signal comes and the answers differ', async () => {
    const { state, quiet, changes, watches, signal } = bench(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(quiet.isQuiet).toBe(true);
    await signal();
    state.says = false;
    await signal();
    state.says = true;
    await signal();
    expect(changes).toEqual([true, false, true]);
    expect(watches.map(({ rules }) => rules)).toEqual([
      [expect.stringContaining('NameOwnerChanged'), 'one', 'two'],
    ]);
  });

  it('is none as long as nobody answers', async () => {
    const { state, quiet, signal } = bench(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(quiet.isQuiet).toBe(false);
    state.says = true;
    await signal();
    expect(quiet.isQuiet).toBe(true);
    state.says = null;
    await signal();
    expect(quiet.isQuiet).toBe(false);
  });

  it('asks once more, not ten times, when ten signals come during a question', async () => {
    const { state, signal } = bench(false);
    await vi.advanceTimersByTimeAsync(0);
    await Promise.all(Array.from({ length: 10 }, () => signal()));
    expect(state.asked).toBe(1 + 2);
  });

  it('is looked at every 30 seconds and after sleep, for those who send no signal', async () => {
    const { state, quiet, changes } = bench(false);
    await vi.advanceTimersByTimeAsync(0);
    state.says = true;
    await vi.advanceTimersByTimeAsync(30_000);
    state.says = null;
    quiet.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(changes).toEqual([true, false]);
  });

  it('is watched again within 30 seconds when the watch is lost', async () => {
    const { watches, changes, state, signal } = bench(false);
    watches[0]?.events.onLost();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(watches).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(watches).toHaveLength(2);
    state.says = true;
    await signal();
    expect(changes).toEqual([true]);
  });

  it('is neither watched nor looked at after the end', async () => {
    const { quiet, watches, state } = bench(false);
    await vi.advanceTimersByTimeAsync(0);
    quiet.stop();
    quiet.look();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([watches.map(({ isOver }) => isOver), state.asked]).toEqual([[true], 1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is none while the person does not want Peal to follow the system', async () => {
    const { state, quiet, changes } = bench(true);
    await vi.advanceTimersByTimeAsync(0);
    state.follows = false;
    quiet.refresh();
    expect(quiet.isQuiet).toBe(false);
    expect(changes).toEqual([true, false]);
  });
});
