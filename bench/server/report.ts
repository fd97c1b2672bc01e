/** The figures of the server as a table for people and as a dated file for later comparison. */
import { loadAverage, machine } from '../lib/machine';
import { saveResult } from '../lib/result-file';
import { type Comparison, compare, median, rounded } from '../lib/statistics';
import type { CallsSample } from './calls-load';
import { isPinned } from './contender';
import { type MemorySample, connectionCounts } from './idle-memory';
import type { RelaySample } from './relay-load';

export const contenderNames = ['peal', 'bare', 'peer'] as const;
export type ContenderName = (typeof contenderNames)[number];

/** What one contender showed in one turn. */
export interface Sample {
  readonly calls: CallsSample;
  /** By signals in flight. */
  readonly relay: { readonly few: RelaySample; readonly many: RelaySample };
  readonly memory: MemorySample;
}

/** One turn of all of them. */
export type Samples = Readonly<Record<ContenderName, Sample>>;

interface Figure {
  readonly key: string;
  readonly words: string;
  readonly digits: number;
  readonly of: (sample: Sample) => number;
  /** At most so many times the bare relay. */
  readonly aim?: number;
  /** Has to be below PeerServer. */
  readonly belowPeer?: boolean;
}

const cpuAim = { aim: 1.2, belowPeer: true } as const;

const figures: readonly Figure[] = [
  {
    ...{ key: 'cpuFew', words: 'CPU µs a signal, 100 in flight', digits: 1, ...cpuAim },
    of: ({ relay }) => relay.few.cpuMsPerThousand,
  },
  {
    ...{ key: 'cpuMany', words: 'CPU µs a signal, 800 in flight', digits: 1, ...cpuAim },
    of: ({ relay }) => relay.many.cpuMsPerThousand,
  },
  {
    ...{ key: 'rateFew', words: 'signals a second, 100 in flight', digits: 0 },
    of: ({ relay }) => relay.few.perSecond,
  },
  {
    ...{ key: 'rateMany', words: 'signals a second, 800 in flight', digits: 0 },
    of: ({ relay }) => relay.many.perSecond,
  },
  {
    ...{ key: 'callCpu', words: 'CPU ms a call *', digits: 2 },
    of: ({ calls }) => calls.cpuPerThousand,
  },
  {
    ...{ key: 'callRate', words: 'calls a second *', digits: 0 },
    of: ({ calls }) => calls.perSecond,
  },
  ...connectionCounts.map((count) => ({
    ...{ key: `memory${count}`, words: `kB a connection, ${count} idle`, digits: 2, aim: 1.25 },
    of: ({ memory }: Sample) => (memory.bytesPerConnection[count] ?? NaN) / 1024,
  })),
  {
    ...{ key: 'start', words: 'MB at the start', digits: 1 },
    of: ({ memory }) => memory.startBytes / 2 ** 20,
  },
];

export interface Verdict {
  readonly figure: Figure;
  readonly bare: Comparison;
  readonly peer: Comparison;
  /** Null where nothing is aimed at. */
  readonly met: boolean | null;
}

export function verdicts(turns: readonly Samples[]): Verdict[] {
  return figures.map((figure) => {
    const of = (name: ContenderName): number[] => turns.map((turn) => figure.of(turn[name]));
    const [bare, peer] = [compare(of('peal'), of('bare')), compare(of('peal'), of('peer'))];
    const isBelowPeer = figure.belowPeer !== true || peer.ratio < 1;
    const met = figure.aim === undefined ? null : bare.ratio <= figure.aim && isBelowPeer;
    return { figure, bare, peer, met };
  });
}

export function table(turns: readonly Samples[]): string {
  const cell = (text: string): string => text.padStart(10);
  const head = ['Peal', 'bare ws', 'PeerServer', '/ bare', '/ Peer', 'aim'].map(cell).join(' ');
  const rows = verdicts(turns).map(({ figure, bare, peer, met }) => {
    const absolute = [bare.product, bare.anchor, peer.anchor].map((value) =>
      cell(value.toFixed(figure.digits)),
    );
    const ratios = [bare.ratio, peer.ratio].map((value) => cell(value.toFixed(2)));
    const aim = figure.aim === undefined ? '' : `≤ ${figure.aim} ${met ? 'met' : 'NOT met'}`;
    return [figure.words.padEnd(32), ...absolute, ...ratios, ` ${aim}`].join(' ');
  });
  return [
    `Server: medians of ${turns.length} turns, ratios are medians of the ratios of turns`,
    `${' '.repeat(33)}${head}`,
    ...rows,
    '* Peal decides and stores each step of a call; the two others pass on five messages.',
  ].join('\n');
}

export function save(turns: readonly Samples[]): string {
  const summary = verdicts(turns).map(({ figure, bare, peer, met }) => {
    const at = (value: number): number => rounded(value, Math.max(2, figure.digits));
    return {
      ...{ figure: figure.key, words: figure.words },
      ...{ peal: at(bare.product), bareWs: at(bare.anchor), peerServer: at(peer.anchor) },
      ...{ toBareWs: rounded(bare.ratio, 3), toBareWsByMinima: rounded(bare.ratioOfMinima, 3) },
      toPeerServer: rounded(peer.ratio, 3),
      ...(figure.aim !== undefined && { aim: figure.aim, met }),
    };
  });
  const foreign = (name: ContenderName): number =>
    rounded(
      median(turns.flatMap((turn) => Object.values(turn[name].relay).map((s) => s.foreign))),
      2,
    );
  return saveResult('server', {
    measured:
      'what the server costs; medians of turns, ratios are medians of the ratios of turns; a signal is one WebRTC candidate',
    machine: machine(),
    versions: { node: process.versions.node },
    pinned: isPinned ? 'server on core 0, load on core 1' : 'not pinned',
    loadAverageAtEnd: loadAverage(),
    foreignShareOfServerCore: Object.fromEntries(contenderNames.map((n) => [n, foreign(n)])),
    summary,
    turns,
  });
}
