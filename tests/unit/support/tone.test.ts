import { describe, expect, it } from 'vitest';
import { dominantTone, longestGapMs, silentDb, toneLevelDb, tonesIn } from '../../support/tone';

const rate = 48_000;

function sine(hz: number, amplitude = 0.5, seconds = 1): Float32Array {
  return Float32Array.from(
    { length: rate * seconds },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rate),
  );
}

function mix(...tones: Float32Array[]): Float32Array {
  return (tones[0] ?? new Float32Array()).map((_, i) =>
    tones.reduce((sum, tone) => sum + (tone[i] ?? 0), 0),
  );
}

describe('dominantTone', () => {
  it.each([440, 700, 1000, 1337, 2500])('recognises %i Hz within 2 Hz', (hz) => {
    expect(dominantTone(sine(hz), rate)?.hz).toSatisfy(
      (heard: number) => Math.abs(heard - hz) <= 2,
    );
  });

  it('measures half of full scale as -6 dB', () => {
    expect(dominantTone(sine(1000, 0.5), rate)?.levelDb).toBeCloseTo(-6.02, 1);
  });

  it('hears nothing in silence', () => {
    expect(dominantTone(new Float32Array(rate), rate)).toBeNull();
  });

  it('hears nothing in no samples at all', () => {
    expect(dominantTone(new Float32Array(), rate)).toBeNull();
  });

  it('hears nothing in a floor of quiet noise', () => {
    let seed = 7;
    const noise = Float32Array.from({ length: rate }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return (seed / 2_147_483_647 - 0.5) * 0.001;
    });
    expect(dominantTone(noise, rate)).toBeNull();
  });

  it('names the louder of two tones', () => {
    expect(dominantTone(mix(sine(440, 0.1), sine(1000, 0.4)), rate)?.hz).toBe(1000);
  });

  it('finds a tone that is only there for a part of the time', () => {
    const late = new Float32Array(2 * rate);
    late.set(sine(700, 0.5, 0.5), rate);
    expect(dominantTone(late, rate)?.hz).toBe(700);
  });
});

describe('toneLevelDb', () => {
  it('measures one tone beside a louder one', () => {
    expect(toneLevelDb(mix(sine(440, 0.05), sine(1000, 0.5)), rate, 440)).toBeCloseTo(-26, 0);
  });

  it('does not take a wrong tone for the right one', () => {
    expect(toneLevelDb(sine(1000, 0.5), rate, 440)).toBeLessThan(-70);
  });

  it('gives the bottom of the scale for silence', () => {
    expect(toneLevelDb(new Float32Array(rate), rate, 440)).toBe(silentDb);
  });
});

describe('tonesIn', () => {
  const floorDb = -40;

  it('finds every tone that is heard at once, the loudest first', () => {
    const heard = tonesIn(mix(sine(440, 0.05), sine(1000, 0.5), sine(1350, 0.1)), rate, floorDb);
    expect(heard.map(({ hz }) => Math.round(hz / 5) * 5)).toEqual([1000, 1350, 440]);
    // A tone between two lines of the spectrum is a little quieter in both.
    expect(heard[0]?.levelDb).toSatisfy((db: number) => Math.abs(db + 6) < 1.5);
  });

  it('hears neither silence nor what is below the floor', () => {
    expect(tonesIn(new Float32Array(rate), rate, floorDb)).toEqual([]);
    expect(tonesIn(sine(440, 0.005), rate, floorDb)).toEqual([]);
    expect(tonesIn(new Float32Array(), rate, floorDb)).toEqual([]);
  });

  it('takes the swelling of a tone for no tones of their own', () => {
    const swelling = sine(780).map(
      (sample, i) => sample * (0.65 + 0.35 * Math.sin((2 * Math.PI * 3 * i) / rate)),
    );
    expect(tonesIn(swelling, rate, floorDb)).toHaveLength(1);
  });
});

describe('longestGapMs', () => {
  const limits = { hz: 1000, belowDb: -45 };

  it('is 0 for a tone that is always there, however it swells', () => {
    const swelling = sine(1000, 0.5, 2).map(
      (sample, i) => sample * (0.65 + 0.35 * Math.sin((2 * Math.PI * 3 * i) / rate)),
    );
    expect(longestGapMs(swelling, rate, limits)).toBe(0);
  });

  it('measures the longest of several gaps', () => {
    const broken = sine(1000, 0.5, 3);
    broken.fill(0, 0.5 * rate, 0.7 * rate);
    broken.fill(0, rate, 1.5 * rate);
    expect(longestGapMs(broken, rate, limits)).toBeGreaterThan(400);
    expect(longestGapMs(broken, rate, limits)).toBeLessThanOrEqual(500);
  });

  it('does not take another tone for the one that stopped', () => {
    expect(longestGapMs(sine(440, 0.5, 1), rate, limits)).toBeGreaterThan(900);
  });
});
