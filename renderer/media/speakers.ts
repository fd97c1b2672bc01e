/**
 * Who speaks now, from how loud everybody is. Two thresholds and two delays keep a mark from flickering: a cough is too
 * short to begin with, and the pauses of a sentence are too short to end it.
 */

/** As the browser gives it: linear, 1 is full scale. */
export type Levels = ReadonlyMap<string, number>;

interface Voice {
  readonly loudSince: number | null;
  readonly lastLoudAt: number;
  readonly isSpeaking: boolean;
}

/** By leg. */
export type Voices = ReadonlyMap<string, Voice>;

export const noVoices: Voices = new Map();

export const speakerTiming = {
  /** Speech at an ordinary distance is above the first (-30 dB) most of the time, a quiet room below the second. */
  startLevel: 0.03,
  stayLevel: 0.012,
  /** Longer than a click or a key. */
  startMs: 200,
  /** Longer than a breath. */
  stopMs: 1_200,
  /** How often the levels are worth reading. */
  readEveryMs: 200,
} as const;

/** `levels` names everybody in the call; who is missing has gone and is forgotten. */
export function hearLevels(voices: Voices, levels: Levels, now: number): Voices {
  return new Map(
    [...levels].map(([legId, level]) => [legId, hear(voices.get(legId), level, now)] as const),
  );
}

/** In no order that means anything, but always in the same one. */
export function speakingLegs(voices: Voices): readonly string[] {
  return [...voices].flatMap(([legId, { isSpeaking }]) => (isSpeaking ? [legId] : [])).sort();
}

function hear(voice: Voice | undefined, level: number, now: number): Voice {
  const before = voice ?? { loudSince: null, lastLoudAt: -Infinity, isSpeaking: false };
  const { startLevel, stayLevel, startMs, stopMs } = speakerTiming;
  if (before.isSpeaking) {
    const lastLoudAt = level >= stayLevel ? now : before.lastLoudAt;
    const isSpeaking = now - lastLoudAt < stopMs;
    return { loudSince: isSpeaking ? before.loudSince : null, lastLoudAt, isSpeaking };
  }
  // Between the thresholds nothing begins, but what has begun goes on.
  const isLoud = level >= (before.loudSince === null ? startLevel : stayLevel);
  if (!isLoud) return { ...before, loudSince: null };
  const loudSince = before.loudSince ?? now;
  const isSpeaking = now - loudSince >= startMs;
  return { loudSince, lastLoudAt: isSpeaking ? now : before.lastLoudAt, isSpeaking };
}
