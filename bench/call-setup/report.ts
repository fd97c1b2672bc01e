/** The result as a table for people and as a dated file for later comparison. */
import { loadAverage, machine } from '../lib/machine';
import { saveResult } from '../lib/result-file';
import { median } from '../lib/statistics';
import { medianOf, stages, sumOf, type Sample, type StageName } from './stages';

export interface Result {
  readonly product: readonly Sample[];
  readonly bare: readonly Sample[];
}

/** The sum of the product's set-up may be this many times that of the bare program. */
const aim = 1.2;

const number = (ms: number): string => ms.toFixed(0).padStart(6);
const row = (words: string, cells: readonly string[]): string =>
  `  ${words.padEnd(30)}${cells.join('')}`;
const sums = (samples: readonly Sample[]): number => median(samples.map(sumOf));

export function ratioOf({ product, bare }: Result): number {
  return sums(product) / sums(bare);
}

export function table(result: Result): string {
  const stageRow = (words: string, name: StageName): string => {
    const [product, bare] = [medianOf(result.product, name), medianOf(result.bare, name)];
    return row(words, [number(product), number(bare), (product / bare).toFixed(2).padStart(8)]);
  };
  const half = (wanted: 'dial' | 'accept'): string[] =>
    stages.filter((stage) => stage.half === wanted).map(({ words, name }) => stageRow(words, name));
  const [product, bare, ratio] = [sums(result.product), sums(result.bare), ratioOf(result)];
  return [
    `Call set-up: medians of ${result.product.length} calls each, in turns, ms after the click`,
    row('', ['  Peal', '  bare', '   ratio']),
    'Click on "Video call"',
    ...half('dial'),
    'Click on "Accept"',
    ...half('accept'),
    row('Sum of both', [number(product), number(bare), ratio.toFixed(2).padStart(8)]),
    `Aim, at most ${aim} times the bare program: ${ratio <= aim ? 'met' : 'NOT met'}`,
  ].join('\n');
}

export function save(result: Result, electron: string): string {
  const summary = (samples: readonly Sample[]): object => ({
    sum: Math.round(sums(samples)),
    medians: Object.fromEntries(
      stages.map(({ name }) => [name, Math.round(medianOf(samples, name))]),
    ),
    samples: samples.map((sample) =>
      Object.fromEntries(Object.entries(sample).map(([name, ms]) => [name, Math.round(ms)])),
    ),
  });
  return saveResult('call-setup', {
    measured: 'call set-up, ms after the click; sum = painted + frame',
    machine: machine(
      'virtual, software rendering; generated camera (640x480, 15 a second) and microphone',
    ),
    versions: { electron, node: process.versions.node },
    loadAverageAtEnd: loadAverage(),
    ratioOfSums: Number(ratioOf(result).toFixed(3)),
    aim,
    product: summary(result.product),
    bare: summary(result.bare),
  });
}
