/** A link's statistics in the few figures that decide (pressure.ts, loss.ts). Anything may be missing, and nothing throws. */
import type { LineReport } from './line-report';
import type { LinkReading } from './pressure';

type Fields = Readonly<Record<string, unknown>>;

/** `line`: what the other end says of it. */
export function readingOf(stats: readonly Fields[], line: LineReport): LinkReading {
  const pictures = stats.filter((stat) => stat['type'] === 'outbound-rtp' && isOf(stat, 'video'));
  return {
    ...line,
    availableBitrate: numberOf(pairInUse(stats)?.['availableOutgoingBitrate']),
    isCameraSent: pictures.some((stat) => (numberOf(stat['framesPerSecond']) ?? 0) > 0),
    isProcessorShort: pictures.some((stat) => stat['qualityLimitationReason'] === 'cpu'),
    ownLevel: ownLevelOf(stats),
  };
}

/** Of the voice that arrives, since the connection began. */
export interface VoicePackets {
  readonly received: number;
  readonly lost: number;
}

export const noPackets: VoicePackets = { received: 0, lost: 0 };

/** null: the browser does not say. */
export function voicePacketsOf(
  stats: readonly Fields[],
  trackId: string | undefined,
): VoicePackets | null {
  const voice = stats.find(
    (stat) => stat['type'] === 'inbound-rtp' && stat['trackIdentifier'] === trackId,
  );
  const received = numberOf(voice?.['packetsReceived']);
  return received === null ? null : { received, lost: numberOf(voice?.['packetsLost']) ?? 0 };
}

/** Of fewer packets one that got lost says nothing; a second of a voice has fifty, or seventeen. */
const fewestPackets = 10;

/**
 * Of what was sent between two readings, 0 to 1. A packet that came late after all was none that got lost; and a single
 * one, which gets lost anywhere now and then, would be much of seventeen.
 */
export function lostShareOf(before: VoicePackets, after: VoicePackets): number | null {
  const lost = Math.max(0, after.lost - before.lost);
  const sent = lost + after.received - before.received;
  if (sent < fewestPackets) return null;
  return lost < 2 ? 0 : Math.min(1, lost / sent);
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
