/** The result as a table for people and as a dated file for later comparison. */
import { loadAverage, machine } from '../lib/machine';
import { saveResult } from '../lib/result-file';
import { rounded } from '../lib/statistics';
import type { Condition } from './conditions';
import type { Contender } from './page/party-api';

/** One stretch of one call, over all the links that its condition hits. */
export interface Stretch {
  /** Of what was played, what had to be made up for lost sound: of all links together, and of the worst. */
  readonly concealedPercent: number;
  readonly worstPercent: number;
  /** Payload, sent to each of the two others. */
  readonly voiceKilobits: number;
  /** Seen of each other person, each second. */
  readonly pictures: number;
}

export interface Run {
  readonly condition: Condition;
  readonly contender: Contender;
  /** While the browsers and the product find out, and after that. */
  readonly first: Stretch;
  readonly later: Stretch;
}

export const stretchSeconds = { first: 6, later: 12 } as const;

const names: Record<Contender, string> = {
  bare: 'browser defaults',
  redundant: 'voice sent twice',
  peal: 'Peal',
};

const cell = (value: number, digits = 1): string => value.toFixed(digits).padStart(9);

export function table(runs: readonly Run[]): string {
  const { first, later } = stretchSeconds;
  const rows = runs.flatMap((run) => {
    const { concealedPercent, worstPercent, voiceKilobits, pictures } = run.later;
    const cells = [run.first.concealedPercent, concealedPercent, worstPercent, voiceKilobits];
    return [
      run.condition.name.padEnd(20),
      names[run.contender].padEnd(18),
      ...cells.map((value) => cell(value)),
      cell(pictures),
      '\n',
    ].join('');
  });
  return [
    `Three in a call with pictures; concealed sound in percent, ${first} s and then ${later} s`,
    `${''.padEnd(38)}    first    later    worst   kbit/s picture/s`,
    rows.join('').trimEnd(),
  ].join('\n');
}

export function save(runs: readonly Run[], electron: string): string {
  const figures = (stretch: Stretch): object =>
    Object.fromEntries(
      Object.entries<number>({ ...stretch }).map(([name, value]) => [name, rounded(value, 2)]),
    );
  return saveResult('loss', {
    measured:
      'three people with speech and a 320x240 picture at 15 a second, in network namespaces; concealedSamples of ' +
      'totalSamplesReceived over the links that are hit, after the condition began; voice in kbit/s of payload to each other',
    stretchSeconds,
    machine: machine('virtual, software rendering; three browsers on one machine'),
    versions: { electron, node: process.versions.node },
    loadAverageAtEnd: loadAverage(),
    runs: runs.map(({ condition, contender, first, later }) => ({
      condition: condition.name,
      contender,
      first: figures(first),
      later: figures(later),
    })),
  });
}
