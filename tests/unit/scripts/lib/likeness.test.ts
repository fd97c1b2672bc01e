import { describe, expect, it } from 'vitest';
import { framesOf, isRecognised, likeness } from '../../../../scripts/lib/likeness';

const sampleRate = 16_000;

/** Eight "vowels" a second: two tones each, drawn by a small generator, so that two seeds say different things. */
function sentence(seed: number, seconds = 3): Float32Array {
  const samples = new Float32Array(seconds * sampleRate);
  let state = seed;
  const draw = (from: number, to: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return from + (state / 2_147_483_648) * (to - from);
  };
  const syllable = sampleRate / 8;
  for (let start = 0; start < samples.length; start += syllable) {
    const [low, high, loudness] = [draw(180, 900), draw(900, 4_500), draw(0.05, 0.4)];
    for (let at = start; at < start + syllable; at += 1) {
      const phase = (2 * Math.PI * at) / sampleRate;
      samples[at] = loudness * (Math.sin(phase * low) + 0.5 * Math.sin(phase * high));
    }
  }
  return samples;
}

function changed(samples: Float32Array, change: (sample: number, at: number) => number) {
  return samples.map(change);
}

const said = framesOf(sentence(1), sampleRate);
const other = framesOf(sentence(2), sampleRate);

describe('likeness', () => {
  it('is one for the very same sound', () => {
    expect(likeness(said, said)).toBeCloseTo(1);
  });

  it('knows a sentence that is heard from its middle on', () => {
    const rotated = [...said.slice(70), ...said.slice(0, 70)];
    expect(likeness(rotated, said)).toBeCloseTo(1);
  });

  it('knows a sentence that is quieter', () => {
    const quiet = changed(sentence(1), (sample) => sample / 4);
    expect(likeness(framesOf(quiet, sampleRate), said)).toBeGreaterThan(0.8);
  });

  it('knows a sentence with gaps', () => {
    const holed = changed(sentence(1), (sample, at) => (at % 8_000 < 2_400 ? 0 : sample));
    expect(likeness(framesOf(holed, sampleRate), said)).toBeGreaterThan(0.7);
  });

  it('knows a sentence that waited in the middle of words, and went on where it was', () => {
    const waits = [0.7, 1.3, 2.2].map((seconds) => seconds * sampleRate);
    const [first, second, third] = waits;
    const whole = sentence(1);
    const pause = new Float32Array(0.14 * sampleRate);
    const parts = [
      ...[whole.subarray(0, first), pause, whole.subarray(first, second), pause],
      ...[whole.subarray(second, third), pause, whole.subarray(third)],
    ];
    const waited = Float32Array.from(parts.flatMap((part) => [...part]));
    expect(likeness(framesOf(waited, sampleRate), said)).toBeGreaterThan(0.8);
    expect(likeness(framesOf(waited, sampleRate), other)).toBeLessThan(0.4);
  });

  it('does not take another sentence for it', () => {
    expect(likeness(other, said)).toBeLessThan(0.4);
  });

  it('hears nothing in silence', () => {
    expect(likeness(framesOf(new Float32Array(48_000), sampleRate), said)).toBe(0);
  });
});

describe('a sentence is recognised', () => {
  it('where it is like what was heard, and the other is not', () => {
    expect(isRecognised(0.5, 0.2)).toBe(true);
    expect(isRecognised(likeness(said, said), likeness(said, other))).toBe(true);
  });

  it.each([
    ['what was heard is too little like it', 0.44, 0.1],
    ['the other is nearly as like what was heard', 0.9, 0.8],
    ['the other is what was heard', 0.5, 0.9],
  ])('but not where %s', (_why, like, unlike) => {
    expect(isRecognised(like, unlike)).toBe(false);
  });
});
