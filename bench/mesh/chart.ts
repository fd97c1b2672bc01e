/** The measured rows as a picture: a panel to each kind of call and figure, a pair of bars to each number of people. */
import type { Result, Row, Side, Spread } from './report';

interface Panel {
  readonly title: string;
  readonly kind: Row['kind'];
  readonly figure: 'costMs' | 'arrivedMs';
}

const panels: readonly Panel[] = [
  { title: 'Video: CPU ms per delivered second', kind: 'video', figure: 'costMs' },
  { title: 'Voice: CPU ms per delivered second', kind: 'voice', figure: 'costMs' },
  { title: 'Video: ms until the last joiner has all', kind: 'video', figure: 'arrivedMs' },
  { title: 'Voice: ms until the last joiner has all', kind: 'voice', figure: 'arrivedMs' },
];

const sides = ['peal', 'bare'] as const;
const names = { peal: 'Peal', bare: 'bare connections' } as const;

/** As wide as a page shows it, so that no text becomes smaller than it is here. */
const size = { width: 800, height: 600 };
const margin = 24;
const plot = { width: 320, height: 176, left: 64, top: 96, acrossBy: 392, downBy: 264 };
const barWidth = 26;
/** Half the width of a line's ends. */
const cap = 4;
const ticks = 4;

/** The picture carries its own ground, so that it can be read on a page of either colour. */
const style = `
  .ground { fill: #ffffff }
  .text { fill: #16181d; font: 14px system-ui, sans-serif }
  .title { font-weight: 600 }
  .small { font-size: 12px }
  .muted { fill: #565d6b }
  .line { stroke: #d9dce3 }
  .whisker { stroke: #16181d; stroke-width: 1.5; fill: none }
  .halo { stroke: #ffffff; stroke-width: 4.5; fill: none }
  .peal { fill: #2456c9 }
  .bare { fill: #9aa1ae }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #1c1f25 }
    .text { fill: #f1f3f6 }
    .muted { fill: #a9b1bf }
    .line { stroke: #353a45 }
    .whisker { stroke: #f1f3f6 }
    .halo { stroke: #1c1f25 }
    .peal { fill: #9dbcff }
    .bare { fill: #6d7585 }
  }
`;

export function chartOf({ rows, machine, at }: Result): string {
  const about = `All people on one machine of ${machine.cores} cores; medians, the lines reach from least to most; ${at.slice(0, 10)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="title">`,
    `<title id="title">What a call of several costs in Peal, beside bare connections with the same tracks</title>`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${size.width}" height="${size.height}" rx="8"/>`,
    ...legend(),
    ...panels.flatMap((panel, place) => panelOf(panel, rows, place)),
    text(margin, size.height - 16, about, { classes: 'small muted' }),
    '</svg>',
    '',
  ].join('\n');
}

function legend(): string[] {
  return sides.flatMap((side, at) => {
    const x = margin + at * 80;
    return [
      `<rect class="${side}" x="${x}" y="24" width="16" height="16" rx="2"/>`,
      text(x + 24, 37, names[side]),
    ];
  });
}

function panelOf({ title, kind, figure }: Panel, all: readonly Row[], at: number): string[] {
  const rows = all.filter((row) => row.kind === kind);
  const left = plot.left + (at % 2) * plot.acrossBy;
  const top = plot.top + Math.floor(at / 2) * plot.downBy;
  const most = roundUp(
    Math.max(...rows.flatMap((row) => sides.map((side) => row[side][figure].most))),
  );
  const y = (value: number): number => top + plot.height * (1 - value / most);
  const group = plot.width / rows.length;
  return [
    text(margin + left - plot.left, top - 20, title, { classes: 'title' }),
    ...gridOf(left, most, y),
    ...rows.flatMap((row, place) => {
      const middle = left + group * (place + 0.5);
      return [
        ...sides.flatMap((side, turn) =>
          barOf(row[side], { side, figure, y, x: middle + (turn - 1) * (barWidth + 2) + 1 }),
        ),
        text(middle, top + plot.height + 20, `${row.people} people`, small),
      ];
    }),
  ];
}

function gridOf(left: number, most: number, y: (value: number) => number): string[] {
  return Array.from({ length: ticks + 1 }, (_, step) => (most / ticks) * step).flatMap((value) => [
    `<line class="line" x1="${left}" x2="${left + plot.width}" y1="${round(y(value))}" y2="${round(y(value))}"/>`,
    text(left - 8, y(value) + 4, String(round(value)), { classes: 'small muted', anchor: 'end' }),
  ]);
}

interface Bar {
  readonly side: (typeof sides)[number];
  readonly figure: Panel['figure'];
  readonly x: number;
  readonly y: (value: number) => number;
}

function barOf(measured: Side, { side, figure, x, y }: Bar): string[] {
  const { median, least, most }: Spread = measured[figure];
  const middle = x + barWidth / 2;
  const height = y(0) - y(median);
  const spread = `M${around(middle, y(most))}M${round(middle)} ${round(y(most))}V${round(y(least))}M${around(middle, y(least))}`;
  return [
    `<rect class="${side}" x="${round(x)}" y="${round(y(median))}" width="${barWidth}" height="${round(height)}"/>`,
    // On a bar of its own colour a line could not be seen.
    `<path class="halo" d="${spread}"/>`,
    `<path class="whisker" d="${spread}"/>`,
    text(middle, y(most) - 6, median.toFixed(0), small),
  ];
}

/** One end of a line. */
const around = (middle: number, y: number): string =>
  `${round(middle - cap)} ${round(y)}h${2 * cap}`;

const small: Look = { classes: 'small', anchor: 'middle' };

interface Look {
  readonly classes?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

function text(x: number, y: number, words: string, look: Look = {}): string {
  const { classes = '', anchor = 'start' } = look;
  const place = `x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"`;
  return `<text class="text ${classes}" ${place}>${words}</text>`;
}

/** To a figure that divides well, with some room above the highest line for its label. */
function roundUp(value: number): number {
  const wanted = value * 1.1;
  const unit = 10 ** Math.floor(Math.log10(wanted));
  const step =
    [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((factor) => factor * unit >= wanted) ?? 10;
  return step * unit;
}

const round = (value: number): number => Number(value.toFixed(1));
