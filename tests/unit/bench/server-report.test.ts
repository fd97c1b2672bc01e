import { describe, expect, it } from 'vitest';
import { type Sample, type Samples, table, verdicts } from '../../../bench/server/report';

const sample = (cpu: number, kilobytes: number): Sample => {
  const relay = { perSecond: 1_000_000 / cpu, cpuMsPerThousand: cpu, foreign: 0 };
  return {
    calls: { perSecond: 100, cpuPerThousand: 5 },
    relay: { few: relay, many: relay },
    memory: {
      startBytes: 50 * 2 ** 20,
      bytesPerConnection: { 1000: kilobytes * 1024, 5000: kilobytes * 1024 },
    },
  };
};
const turn = (peal: Sample, peer = sample(20, 10)): Samples => ({
  ...{ peal, bare: sample(10, 8), peer },
});
const met = (turns: readonly Samples[], key: string): boolean | null | undefined =>
  verdicts(turns).find(({ figure }) => figure.key === key)?.met;

describe('the report of the server bench', () => {
  it('takes what is aimed at as a bound for the median of the turns', () => {
    const turns = [turn(sample(11.9, 9.9)), turn(sample(11, 9)), turn(sample(40, 40))];
    expect(met(turns, 'cpuMany')).toBe(true);
    expect(met(turns, 'memory5000')).toBe(true);
    expect(met([turn(sample(12.1, 10.1))], 'cpuMany')).toBe(false);
    expect(met([turn(sample(12.1, 10.1))], 'memory5000')).toBe(false);
  });

  it('wants less processor time than PeerServer, however near the bare relay is', () => {
    expect(met([turn(sample(11, 9), sample(10.9, 10))], 'cpuFew')).toBe(false);
  });

  it('says nothing of figures at which nothing is aimed', () => {
    expect(met([turn(sample(99, 99))], 'callCpu')).toBeNull();
  });

  it('shows every figure of all three, and whether it was reached', () => {
    const text = table([turn(sample(12.5, 9))]);
    expect(text).toMatch(/CPU µs a signal, 800 in flight\s+12\.5\s+10\.0\s+20\.0\s+1\.25\s+0\.6\d/);
    expect(text).toContain('≤ 1.2 NOT met');
    expect(text).toContain('≤ 1.25 met');
  });
});
