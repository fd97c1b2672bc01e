/** The result as rows, as a table for people and as a dated file, from which chart and document are made. */
import { loadAverage, machine } from '../lib/machine';
import { saveResult } from '../lib/result-file';
import { compare, median, rounded } from '../lib/statistics';
import { type BudgetMeasured, type Spent, budgetPeople, camera, sizeWords } from './budget-part';
import { type Calculated, calculate } from './calculation';
import type { Measured } from './equal-part';
import { type Figures, areAlike, arrivedMs } from './figures';
import { type Setup, limitsAt, picture } from './setups';

/** A delivered second of stream may cost this many times what it costs the bare mesh. */
export const aim = 1.1;

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Side {
  readonly costMs: Spread;
  /** Until the last joiner sees and hears everybody. */
  readonly arrivedMs: Spread;
  readonly delivered: number;
  readonly fewestPictures: number;
  readonly pictureKbits: number;
  readonly voiceKbits: number;
  readonly concealed: number;
}

export interface Row extends Setup {
  readonly processes: number;
  readonly peal: Side;
  readonly bare: Side;
  /** The median of the ratios of turns. */
  readonly ratio: number;
  readonly ratioOfMinima: number;
  /** The same without what the windows take with open devices and no call. */
  readonly ratioAboveRest: number;
  /** Both delivered the same sizes and rates; otherwise the ratio says nothing. */
  readonly alike: boolean;
  /** What Peal's mesh survived in all turns together. */
  readonly problems: readonly string[];
  readonly met: boolean;
}

/** What the file holds, and all that chart and document know. */
export interface Result {
  readonly at: string;
  readonly machine: {
    readonly cores: number;
    readonly processor: string;
    readonly system: string;
  };
  readonly versions: { readonly electron: string; readonly node: string };
  readonly aim: number;
  readonly rounds: number;
  readonly measureMs: number;
  readonly rows: readonly Row[];
  readonly budget: BudgetMeasured;
  readonly calculated: readonly Calculated[];
}

export function rowsOf(measured: readonly Measured[]): Row[] {
  return measured.map((one) => {
    const { setup, processes, peal, bare } = one;
    const costs = (turns: readonly Figures[]): number[] => turns.map(({ costMs }) => costMs);
    const { ratio, ratioOfMinima } = compare(costs(peal), costs(bare));
    const alike = areAlike(peal, bare);
    return {
      ...{ ...setup, processes, alike, met: alike && ratio <= aim },
      ...{ peal: sideOf(peal), bare: sideOf(bare) },
      problems: peal.flatMap((turn) => turn.problems),
      ...{ ratio: rounded(ratio, 3), ratioOfMinima: rounded(ratioOfMinima, 3) },
      ratioAboveRest: rounded(compare(aboveRest(one, peal), aboveRest(one, bare)).ratio, 3),
    };
  });
}

function aboveRest({ restMs }: Measured, turns: readonly Figures[]): number[] {
  return turns.map(({ costMs, cpuMsPerSecond }) => costMs * (1 - restMs / cpuMsPerSecond));
}

function sideOf(turns: readonly Figures[]): Side {
  const middle = (key: 'delivered' | 'pictureKbits' | 'voiceKbits' | 'concealed'): number =>
    rounded(median(turns.map((turn) => turn[key])), 3);
  return {
    costMs: spreadOf(turns.map(({ costMs }) => costMs)),
    arrivedMs: spreadOf(turns.map(arrivedMs)),
    fewestPictures: rounded(Math.min(...turns.map((turn) => turn.fewestPictures)), 1),
    ...{ delivered: middle('delivered'), concealed: middle('concealed') },
    ...{ pictureKbits: middle('pictureKbits'), voiceKbits: middle('voiceKbits') },
  };
}

const spreadOf = (values: readonly number[]): Spread => ({
  median: rounded(median(values), 1),
  least: rounded(Math.min(...values), 1),
  most: rounded(Math.max(...values), 1),
});

export const verdict = ({ alike, met }: Row): string => {
  if (!alike) return 'not alike';
  return met ? 'met' : 'NOT met';
};

export function table(rows: readonly Row[]): string {
  const cells = (...values: readonly string[]): string =>
    values.map((value) => value.padStart(9)).join('');
  const line = (row: Row): string => {
    const { peal, bare, ratio } = row;
    const costs = cells(peal.costMs.median.toFixed(1), bare.costMs.median.toFixed(1));
    const times = cells(peal.arrivedMs.median.toFixed(0), bare.arrivedMs.median.toFixed(0));
    const words = `${row.kind}, ${row.people} people`.padEnd(18);
    return `${words}${costs}${cells(ratio.toFixed(2))}  ${verdict(row).padEnd(10)}${times}`;
  };
  return [
    'Mesh: CPU ms per delivered second of stream; ms until the last joiner sees and hears everybody',
    `${' '.repeat(18)}${cells('Peal', 'bare', 'ratio')}  ${`≤ ${aim}`.padEnd(10)}${cells('Peal', 'bare')}`,
    ...rows.map(line),
  ].join('\n');
}

export function budgetWords({ budget, none }: BudgetMeasured): string {
  return [
    `${budgetPeople} people with cameras of ${camera.width}×${camera.height} and ${camera.frameRate} a second, one speaks`,
    `  with the budget ${spentWords(budget)}`,
    `  without         ${spentWords(none)}`,
  ].join('\n');
}

function spentWords({ cpuMs, wholeMs, ofSpeaker, ofListeners }: Spent): string {
  const shown = (who: string, { sizes, pictures, sentKbits }: Spent['ofSpeaker']): string =>
    `${who} ${sizeWords(sizes)} at ${pictures.toFixed(0)} and ${sentKbits.toFixed(0)} kbit/s`;
  return [
    `${cpuMs.toFixed(0)} ms of CPU a second`,
    `pictures whole after ${wholeMs === null ? 'too long' : `${(wholeMs / 1_000).toFixed(0)} s`}`,
    shown('the speaker', ofSpeaker),
    shown('listeners', ofListeners),
  ].join(', ');
}

export function save(
  measured: readonly Measured[],
  budget: BudgetMeasured,
  run: Pick<Result, 'rounds' | 'measureMs'> & { readonly electron: string },
): string {
  const { electron, rounds, measureMs } = run;
  return saveResult('mesh', {
    measured:
      'a call of several by the mesh of the media room, beside bare connections with the same tracks',
    machine: machine('virtual, software rendering; generated camera and microphone'),
    versions: { electron, node: process.versions.node },
    loadAverageAtEnd: loadAverage(),
    ...{ aim, rounds, measureMs },
    equal: { picture, limits: limitsAt(2), shownHeight: picture.height },
    rows: rowsOf(measured),
    budget,
    calculated: calculate(measured),
    turns: measured,
  });
}
