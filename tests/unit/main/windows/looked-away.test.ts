import { expect, it } from 'vitest';
import { createLookedAway } from '#main/windows/looked-away';

function bench() {
  const waiting = new Set<() => void>();
  const seen = { hasFocus: false, away: 0 };
  const blur = createLookedAway({
    clock: {
      after: (_ms, run) => {
        waiting.add(run);
        return () => waiting.delete(run);
      },
    },
    hasFocus: () => seen.hasFocus,
    onLookedAway: () => (seen.away += 1),
  });
  const settle = (): void => {
    for (const run of waiting) run();
    waiting.clear();
  };
  return { seen, blur, settle };
}

it('somebody has looked away once no window of ours has the focus', () => {
  const { seen, blur, settle } = bench();
  blur();
  expect(seen.away).toBe(0);
  settle();
  expect(seen.away).toBe(1);
});

it('the focus that goes on to another window of ours stays with Peal', () => {
  const { seen, blur, settle } = bench();
  blur();
  seen.hasFocus = true;
  settle();
  expect(seen.away).toBe(0);
});

it('two windows that lose it one after the other are one look away', () => {
  const { seen, blur, settle } = bench();
  blur();
  blur();
  settle();
  expect(seen.away).toBe(1);
});
