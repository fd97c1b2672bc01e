/** Start and memory as a table for people and as a dated file for later comparison. */
import { loadAverage, machine } from '../lib/machine';
import { saveResult } from '../lib/result-file';
import { type Comparison, compare, median, rounded } from '../lib/statistics';

/** What all contenders showed in one turn: milliseconds and bytes. */
export interface Turn {
  readonly startMs: Readonly<Record<'bare' | 'question' | 'people', number>>;
  readonly bytes: Readonly<Record<'bare' | 'people', number>>;
  readonly processes: Readonly<Record<'bare' | 'people', number>>;
  /** Other copies of Electron that ran beside: above 0 the memory of this turn reads too low. */
  readonly strangers: Readonly<Record<'bare' | 'people', number>>;
}

/** Lines of their own: nothing is aimed at. In bytes. */
export interface Extra {
  readonly hidden: readonly number[];
  readonly embedded: readonly number[];
}

export const aim = 1.3;
const megabyte = 2 ** 20;

interface Row {
  readonly key: string;
  readonly words: string;
  readonly unit: 'ms' | 'MB';
  readonly result: Comparison;
}

export function rowsOf(turns: readonly Turn[]): Row[] {
  const time = (name: 'question' | 'people'): Comparison =>
    compare(
      turns.map(({ startMs }) => startMs[name]),
      turns.map(({ startMs }) => startMs.bare),
    );
  const memory = compare(
    turns.map(({ bytes }) => bytes.people / megabyte),
    turns.map(({ bytes }) => bytes.bare / megabyte),
  );
  return [
    { key: 'question', words: 'start → the question', unit: 'ms', result: time('question') },
    { key: 'people', words: 'start → the people', unit: 'ms', result: time('people') },
    { key: 'memory', words: 'idle, signed in, popup warm', unit: 'MB', result: memory },
  ];
}

export function table(turns: readonly Turn[], extra: Extra): string {
  const cell = (text: string): string => text.padStart(9);
  const line = ({ words, unit, result }: Row): string => {
    const { product, anchor, ratio } = result;
    const verdict = ratio <= aim ? 'met' : 'NOT met';
    const cells = [product.toFixed(0), anchor.toFixed(0), ratio.toFixed(2)].map(cell);
    return [`${words}, ${unit}`.padEnd(36), ...cells, `  ≤ ${aim} ${verdict}`].join('');
  };
  const alone = (words: string, bytes: readonly number[]): string =>
    `${words}, MB`.padEnd(36) + cell((median(bytes) / megabyte).toFixed(0));
  return [
    `Start and memory: medians of ${turns.length} turns; memory is the proportional set size of all processes`,
    [''.padEnd(36), ...['Peal', 'bare', 'ratio'].map(cell)].join(''),
    ...rowsOf(turns).map(line),
    alone('hidden in the tray', extra.hidden),
    alone('with the server inside the app', extra.embedded),
  ].join('\n');
}

export function save(turns: readonly Turn[], extra: Extra, electron: string): string {
  const summary = rowsOf(turns).map(({ key, words, unit, result }) => ({
    ...{ figure: key, words, unit },
    ...{ peal: rounded(result.product, 1), bare: rounded(result.anchor, 1) },
    ...{ ratio: rounded(result.ratio, 3), ratioOfMinima: rounded(result.ratioOfMinima, 3) },
    ...{ aim, met: result.ratio <= aim },
  }));
  const inMegabytes = (bytes: readonly number[]): number[] =>
    bytes.map((one) => rounded(one / megabyte, 1));
  return saveResult('start', {
    measured:
      'start of the process → home can be used, ms; memory at rest: proportional set size of all processes, MB',
    machine: machine('virtual, software rendering'),
    versions: { electron, node: process.versions.node },
    loadAverageAtEnd: loadAverage(),
    summary,
    hiddenInTray: inMegabytes(extra.hidden),
    withEmbeddedServer: inMegabytes(extra.embedded),
    turns,
  });
}
