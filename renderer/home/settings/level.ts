/** How loud a microphone is, as an ear would say it. Pure. */

/** Quieter than this is silence to a meter: a quiet room. */
const silenceDb = -60;

/** 0 for silence to 1 for as loud as it can be, in even steps of loudness. */
export function levelOf(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  // A full sine has half the power of a full square.
  const db = 10 * Math.log10(2 * power);
  return Math.min(1, Math.max(0, 1 - db / silenceDb));
}

/** Up at once, down slowly: a word stays long enough to be seen. */
export function meterAfter(shown: number, level: number): number {
  return Math.max(level, shown - 0.08);
}
