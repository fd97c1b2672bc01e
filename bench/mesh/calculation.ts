/**
 * More people than were measured: a calculation and nothing else. It takes the cost of a stream at the largest number that
 * was measured and counts the streams; it knows nothing of what happens when a machine or a line is full.
 */
import { median, rounded } from '../lib/statistics';
import type { Measured } from './equal-part';

export interface Calculated {
  readonly kind: 'video' | 'voice';
  readonly people: number;
  /** Whose cost and rate were taken. */
  readonly measuredAt: number;
  /** One person's machine: as many streams go out as come in. */
  readonly coresEach: number;
  readonly sentKbitsEach: number;
}

export const mostPeople = 9;

export function calculate(measured: readonly Measured[]): Calculated[] {
  return (['video', 'voice'] as const).flatMap((kind) => {
    const [largest] = measured
      .filter(({ setup }) => setup.kind === kind)
      .sort((a, b) => b.setup.people - a.setup.people);
    return largest ? beyond(largest) : [];
  });
}

function beyond({ setup, peal }: Measured): Calculated[] {
  const { kind, people: measuredAt } = setup;
  const costMs = median(peal.map((turn) => turn.costMs));
  const kbits = median(peal.map((turn) => turn.sentKbits)) / (measuredAt - 1);
  return Array.from({ length: mostPeople - measuredAt }, (_, at) => {
    const people = measuredAt + 1 + at;
    return {
      ...{ kind, people, measuredAt },
      coresEach: rounded(((people - 1) * costMs) / 1_000, 2),
      sentKbitsEach: rounded((people - 1) * kbits),
    };
  });
}
