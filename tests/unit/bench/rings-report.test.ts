import { describe, expect, it } from 'vitest';
import { type Pair, rowsOf, table } from '../../../bench/rings/report';
import type { StateName } from '../../support/rings/states';

const pair = (state: StateName, paintedMs: number): Pair => ({
  peal: { state, paintedMs, goneMs: 40 },
  bare: { paintedMs: 60, goneMs: 20 },
});

describe('the report of rings', () => {
  const pairs = [pair('hidden', 100), pair('minimised', 200), pair('half dead', 3_100)];
  const stopped = [{ how: 'accept', goneMs: 90, quietMs: 510 } as const];

  it('counts apart what takes more time than the ring itself', () => {
    const rows = new Map(rowsOf({ pairs, stopped, seed: 1 }).map((row) => [row.key, row.values]));
    expect(rows.get('painted')).toEqual([100, 200]);
    expect(rows.get('half dead')).toEqual([3_100]);
    expect(rows.get('bare')).toEqual([60, 60, 60]);
  });

  it('says of each aim whether it is met', () => {
    const lines = table({ pairs, stopped, seed: 1 }).split('\n');
    const lineOf = (words: string): string => lines.find((line) => line.includes(words)) ?? '';
    expect(lineOf('dial → painted')).toMatch(/p95 < 300 met$/);
    expect(lineOf('accept → gone')).toMatch(/p95 < 500 met$/);
    expect(lineOf('accept → quiet')).toMatch(/p95 < 500 NOT met$/);
    expect(lineOf('hidden')).not.toMatch(/met/);
    expect(lineOf('starting')).toBe('');
  });
});
