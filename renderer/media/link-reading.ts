/** A link's statistics in the few figures that decide (pressure.ts). Anything may be missing, and nothing throws. */
import type { LinkReading } from './pressure';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Loss and round trip are the voice's: that is what must arrive, and a camera that was taken away leaves its last
 * figures standing.
 */
export function readingOf(report: Iterable<Fields>): LinkReading {
  const stats = [...report];
  const voice = stats.find((stat) => stat['type'] === 'remote-inbound-rtp' && isOf(stat, 'audio'));
  const pictures = stats.filter((stat) => stat['type'] === 'outbound-rtp' && isOf(stat, 'video'));
  const roundTrip = numberOf(voice?.['roundTripTime']);
  return {
    availableBitrate: numberOf(pairInUse(stats)?.['availableOutgoingBitrate']),
    roundTripMs: roundTrip === null ? null : roundTrip * 1_000,
    lostShare: numberOf(voice?.['fractionLost']),
    isCameraSent: pictures.some((stat) => (numberOf(stat['framesPerSecond']) ?? 0) > 0),
    isProcessorShort: pictures.some((stat) => stat['qualityLimitationReason'] === 'cpu'),
  };
}

/** How loud the voice is that a sender is given; 0 where it says nothing. */
export function ownLevelOf(report: Iterable<Fields>): number {
  const source = [...report].find((stat) => stat['type'] === 'media-source' && isOf(stat, 'audio'));
  return numberOf(source?.['audioLevel']) ?? 0;
}

function pairInUse(stats: readonly Fields[]): Fields | undefined {
  const id = stats.find((stat) => stat['type'] === 'transport')?.['selectedCandidatePairId'];
  return stats.find((stat) => stat['type'] === 'candidate-pair' && stat['id'] === id);
}

const isOf = (stat: Fields, kind: 'audio' | 'video'): boolean => stat['kind'] === kind;

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
