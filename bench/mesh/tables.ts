/** The tables of docs/mesh.md, by the names of their places there. Pure. */
import { type LinkBudget, budgetOf } from '#renderer/media/budget';
import {
  budgetPeople,
  budgetTiming,
  camera,
  type Shown,
  sizeWords,
  type Spent,
} from './budget-part';
import { mostPeople, type Calculated } from './calculation';
import { type Result, type Row, type Spread, verdict } from './report';

const chart =
  '![CPU time for each delivered second of stream, and the time until the last joiner sees and hears everybody: Peal beside bare connections](pictures/mesh.svg)';

/** Without a result, every place for one says so. */
export function blocksOf(result: Result | null): Record<string, string> {
  const measured = (show: (from: Result) => string): string =>
    result ? show(result) : '_Not measured yet._';
  return {
    'where it was measured': measured((from) => `${chart}\n\n${about(from)}`),
    'the same streams': measured(({ rows }) => equalTable(rows)),
    'the rows': measured(({ rows }) => fairness(rows)),
    'more people': measured(({ calculated }) => calculatedTable(calculated)),
    'the budget': budgetTable(),
    'what the budget does': measured(spentTable),
  };
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function about({ at, machine, versions, rounds, measureMs }: Result): string {
  const day = at.slice(0, 10);
  return [
    `Measured on ${day} on one machine with ${machine.cores} cores (${machine.processor}, ${machine.system},`,
    `no graphics card), Electron ${versions.electron}, ${rounds} turns of ${measureMs / 1_000} s for each contender.`,
    `Every single turn is in [the result file](measured/${day}-mesh.json).`,
  ].join('\n');
}

const callOf = ({ kind, people }: Pick<Row, 'kind' | 'people'>): string =>
  `${kind}, ${people} people`;
const spread = ({ median, least, most }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;

function equalTable(rows: readonly Row[]): string {
  const head = [
    'call',
    'Peal, CPU ms',
    'bare, CPU ms',
    'ratio',
    'aim',
    'Peal, last joiner ms',
    'bare, last joiner ms',
  ];
  return tableOf(
    head,
    rows.map((row) => [
      callOf(row),
      ...[row.peal, row.bare].map(({ costMs }) => spread(costMs, 1)),
      row.ratio.toFixed(2),
      verdict(row),
      ...[row.peal, row.bare].map(({ arrivedMs }) => spread(arrivedMs, 0)),
    ]),
  );
}

function fairness(rows: readonly Row[]): string {
  const both = (row: Row, show: (side: Row['peal']) => string): string =>
    `${show(row.peal)} / ${show(row.bare)}`;
  const head = [
    'call',
    'delivered',
    'fewest pictures a second',
    'picture kbit/s',
    'voice kbit/s',
    'ratio above rest',
  ];
  return tableOf(
    head,
    rows.map((row) => [
      callOf(row),
      both(row, ({ delivered }) => `${(delivered * 100).toFixed(1)} %`),
      row.kind === 'video' ? both(row, ({ fewestPictures }) => fewestPictures.toFixed(1)) : '–',
      row.kind === 'video' ? both(row, ({ pictureKbits }) => pictureKbits.toFixed(0)) : '–',
      both(row, ({ voiceKbits }) => voiceKbits.toFixed(0)),
      row.ratioAboveRest.toFixed(2),
    ]),
  );
}

function calculatedTable(calculated: readonly Calculated[]): string {
  return tableOf(
    ['call', 'cores of one person', 'kbit/s sent by one person', 'calculated from'],
    calculated.map((row) => [
      callOf(row),
      row.coresEach.toFixed(2),
      String(row.sentKbitsEach),
      `${row.measuredAt} people`,
    ]),
  );
}

/** Straight from the code that spends it. */
function budgetTable(): string {
  const of = (participants: number, isSpeaking: boolean): string =>
    cameraWords(
      budgetOf(
        { participants, isSpeaking, strain: 0 },
        { room: 'free', isLossy: false, shownHeight: null },
      ),
    );
  return tableOf(
    ['people', 'who speaks sends', 'who listens sends'],
    Array.from({ length: mostPeople - 1 }, (_, at) => at + 2).map((people) => [
      String(people),
      of(people, true),
      of(people, false),
    ]),
  );
}

function cameraWords({ camera: { height, frameRate, bitrate } }: LinkBudget): string {
  if (height === null || frameRate === null || bitrate === null) return 'what the camera gives';
  return `${height} lines, ${frameRate} a second, ${bitrate / 1_000} kbit/s`;
}

function spentTable({ budget }: Result): string {
  const row = (words: string, show: (spent: Spent) => string): string[] => [
    words,
    show(budget.budget),
    show(budget.none),
  ];
  const shown = (whose: string, of: (spent: Spent) => Shown): string[][] => [
    row(`${whose}: size`, (spent) => sizeWords(of(spent).sizes)),
    row(`${whose}: pictures a second`, (spent) => {
      const { pictures, fewest } = of(spent);
      return `${pictures.toFixed(1)} (fewest ${fewest.toFixed(1)})`;
    }),
    row(`${whose}: of the camera’s pixels`, (spent) => `${(of(spent).pixels * 100).toFixed(0)} %`),
    row(`${whose}: sent to all, kbit/s`, (spent) => of(spent).sentKbits.toFixed(0)),
  ];
  return tableOf(
    [
      `${budgetPeople} people, cameras of ${camera.width}×${camera.height} at ${camera.frameRate}`,
      'with the budget',
      'without',
    ],
    [
      row('CPU of all together, ms a second', ({ cpuMs }) => cpuMs.toFixed(0)),
      ...shown('who speaks', ({ ofSpeaker }) => ofSpeaker),
      ...shown('who listens', ({ ofListeners }) => ofListeners),
      row('concealed of the voice', ({ concealed }) => `${(concealed * 100).toFixed(1)} %`),
      row('no picture held back for bits any more, after the last arrival', wholeWords),
    ],
  );
}

const wholeWords = ({ wholeMs }: Spent): string =>
  wholeMs === null
    ? `not within ${budgetTiming.wholeWithinMs / 1_000} s`
    : `${(wholeMs / 1_000).toFixed(0)} s`;
