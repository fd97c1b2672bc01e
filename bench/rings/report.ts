/** The result as a table for people and as a dated file for later comparison. */
import type { Ring } from '../../tests/support/rings/run';
import { type StateName, stateNames, states } from '../../tests/support/rings/states';
import { type Ending, type Stopped, endings } from '../../tests/support/rings/two-desks';
import { loadAverage, machine } from '../lib/machine';
import { saveResult } from '../lib/result-file';
import { median, percentile, rounded } from '../lib/statistics';

export interface BareRing {
  readonly paintedMs: number;
  readonly goneMs: number;
}

/** What the two did right after one another. */
export interface Pair {
  readonly peal: Ring;
  readonly bare: BareRing;
}

export type StoppedRing = Stopped & { readonly how: Ending };

export interface Result {
  readonly pairs: readonly Pair[];
  readonly stopped: readonly StoppedRing[];
  readonly seed: number;
}

/** In milliseconds, of 95 in 100. */
export const aims = { painted: 300, stopped: 500 } as const;

interface Row {
  readonly key: string;
  readonly words: string;
  readonly values: readonly number[];
  readonly aim?: number;
}

/** Where nothing but the ring takes time; a start of the app and a line that is half dead have rows of their own. */
const isBare = ({ peal }: Pair): boolean => states[peal.state].bound === 'ring';

export function rowsOf({ pairs, stopped }: Result): Row[] {
  const ringing = pairs.filter(isBare).map(({ peal }) => peal);
  const inState = (state: StateName): Row => ({
    key: state,
    words: `  ${state}`,
    values: pairs.filter(({ peal }) => peal.state === state).map(({ peal }) => peal.paintedMs),
  });
  const stops = (what: 'goneMs' | 'quietMs', words: string): Row[] =>
    endings.map((how) => ({
      key: `${what} ${how}`,
      words: `${how} → ${words}`,
      values: stopped.filter((each) => each.how === how).map((each) => each[what]),
      aim: aims.stopped,
    }));
  return [
    {
      key: 'painted',
      words: 'dial → painted',
      values: ringing.map(({ paintedMs }) => paintedMs),
      aim: aims.painted,
    },
    ...stateNames.filter((state) => states[state].bound === 'ring').map(inState),
    { key: 'bare', words: 'the bare program', values: pairs.map(({ bare }) => bare.paintedMs) },
    ...stateNames.filter((state) => states[state].bound !== 'ring').map(inState),
    { key: 'gone', words: 'caller gives up → gone', values: pairs.map(({ peal }) => peal.goneMs) },
    { key: 'bare gone', words: 'the bare program', values: pairs.map(({ bare }) => bare.goneMs) },
    ...stops('goneMs', 'gone at the other desk'),
    ...stops('quietMs', 'quiet at the other desk'),
  ];
}

const figures = ({ values }: Row): { p50: number; p95: number; max: number; count: number } => ({
  p50: median(values),
  p95: percentile(values, 0.95),
  max: Math.max(...values),
  count: values.length,
});

const isMet = ({ values, aim }: Row): boolean =>
  aim === undefined || percentile(values, 0.95) < aim;

export function table(result: Result): string {
  const cell = (text: string | number): string =>
    (typeof text === 'number' ? text.toFixed(0) : text).padStart(8);
  const line = (row: Row): string => {
    const { p50, p95, max, count } = figures(row);
    const { aim } = row;
    const verdict = aim === undefined ? '' : `  p95 < ${aim} ${isMet(row) ? 'met' : 'NOT met'}`;
    return [row.words.padEnd(36), ...[p50, p95, max, count].map(cell), verdict].join('');
  };
  return [
    'Rings, ms, from the click on "Audio call" in the caller’s home to pixels on the other screen',
    [''.padEnd(36), ...['p50', 'p95', 'most', 'calls'].map(cell)].join(''),
    ...rowsOf(result)
      .filter(({ values }) => values.length > 0)
      .map(line),
  ].join('\n');
}

export function save(result: Result, electron: string): string {
  const summary = rowsOf(result)
    .filter(({ values }) => values.length > 0)
    .map((row) => {
      const { p50, p95, max, count } = figures(row);
      const { key, words, aim } = row;
      return {
        ...{ figure: key, words: words.trim() },
        ...{ p50: rounded(p50), p95: rounded(p95), max: rounded(max), count },
        ...(aim === undefined ? {} : { aim, met: isMet(row) }),
      };
    });
  return saveResult('rings', {
    measured:
      'ms; dial: the click on "Audio call" in the caller’s home; painted: the caller’s colour on the pixels of the ' +
      'screen; with another popup open from the end of that one; quiet: the last sound at the loudspeaker',
    machine: machine('virtual, software rendering; generated microphone'),
    versions: { electron, node: process.versions.node },
    loadAverageAtEnd: loadAverage(),
    seed: result.seed,
    summary,
    pairs: result.pairs.map(({ peal, bare }) => ({
      state: peal.state,
      peal: [rounded(peal.paintedMs), rounded(peal.goneMs)],
      bare: [rounded(bare.paintedMs), rounded(bare.goneMs)],
    })),
    stopped: result.stopped.map(({ how, goneMs, quietMs }) => [
      how,
      rounded(goneMs),
      rounded(quietMs),
    ]),
  });
}
