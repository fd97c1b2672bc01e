import { describe, expect, it } from 'vitest';
import { type Turn, rowsOf, table } from '../../../bench/start/report';

const megabyte = 2 ** 20;
const turn = (factor: number, slow = 1): Turn => ({
  startMs: { bare: 500 * slow, question: 550 * slow, people: 500 * slow * factor },
  bytes: { bare: 200 * megabyte, people: 200 * factor * megabyte },
  processes: { bare: 4, people: 5 },
  strangers: { bare: 0, people: 0 },
});

describe('the report of the start bench', () => {
  it('compares with the bare window of the same turn', () => {
    const ratios = rowsOf([turn(1.25), turn(1.25, 4), turn(1.25)]).map(({ key, result }) => [
      key,
      result.ratio,
    ]);
    expect(ratios).toEqual([
      ['question', 1.1],
      ['people', 1.25],
      ['memory', 1.25],
    ]);
  });

  it('says what was not reached, and shows what has no aim beside it', () => {
    const text = table([turn(1.4)], { hidden: [150 * megabyte], embedded: [310 * megabyte] });
    expect(text.match(/NOT met/g)).toHaveLength(2);
    expect(text).toMatch(/hidden in the tray, MB\s+150/);
    expect(text).toMatch(/with the server inside the app, MB\s+310/);
  });
});
