import { describe, expect, it } from 'vitest';
import { Ear } from '#renderer/echo/ear';

const sampleRate = 48_000;
const pieceMs = 20;

/** A piece of noise of this loudness, in dB below the loudest possible. */
function piece(db: number): Float32Array {
  const amplitude = 10 ** (db / 20) * Math.SQRT2;
  const length = (sampleRate * pieceMs) / 1_000;
  return Float32Array.from({ length }, (_, at) => amplitude * Math.sin(at * 0.7));
}

/** How long it lasted and how loud it is. */
type Heard = readonly [ms: number, db: number];

/** What the ear makes of a course of things heard: when it had enough, and how long that was. */
function listen(ear: Ear, ...heard: readonly Heard[]): { atMs: number; saidMs: number } | null {
  let atMs = 0;
  for (const [ms, db] of heard) {
    for (let passed = 0; passed < ms; passed += pieceMs) {
      atMs += pieceMs;
      const said = ear.hear(piece(db));
      if (said) return { atMs, saidMs: (said.length / sampleRate) * 1_000 };
    }
  }
  return null;
}

const quiet = -70;
const speech = -25;

describe('the ear of Echo', () => {
  it('hears nothing in a quiet room', () => {
    expect(listen(new Ear(sampleRate), [20_000, quiet])).toBeNull();
  });

  it('gives a sentence back once a pause has shown that it is over', () => {
    const said = listen(new Ear(sampleRate), [2_000, quiet], [3_000, speech], [2_000, quiet]);
    expect(said?.atMs).toBeGreaterThan(5_800);
    expect(said?.atMs).toBeLessThan(6_000);
  });

  it('keeps the beginning, and little of what was before it', () => {
    const said = listen(new Ear(sampleRate), [5_000, quiet], [2_000, speech], [2_000, quiet]);
    expect(said?.saidMs).toBeGreaterThan(2_000 + 900 + 200);
    expect(said?.saidMs).toBeLessThan(2_000 + 900 + 500);
  });

  it('takes the pauses between words for part of the sentence', () => {
    const said = listen(
      new Ear(sampleRate),
      [1_000, speech],
      [600, quiet],
      [1_000, speech],
      [2_000, quiet],
    );
    expect(said?.saidMs).toBeGreaterThan(2_600);
  });

  it('does not take a click for speech', () => {
    expect(
      listen(
        new Ear(sampleRate),
        [1_000, quiet],
        [60, -10],
        [3_000, quiet],
        [60, -10],
        [3_000, quiet],
      ),
    ).toBeNull();
  });

  it('has enough of somebody who does not stop', () => {
    const said = listen(new Ear(sampleRate), [60_000, speech]);
    expect(said?.saidMs).toBeGreaterThan(9_900);
    expect(said?.saidMs).toBeLessThan(10_100);
  });

  it('tells speech from the noise of a loud room', () => {
    const noise = -40;
    const ear = new Ear(sampleRate);
    for (let ms = 0; ms < 4_000; ms += pieceMs) ear.overhear(piece(noise));
    expect(listen(ear, [30_000, noise])).toBeNull();
    const said = listen(ear, [2_000, speech], [3_000, noise]);
    expect(said?.saidMs).toBeGreaterThan(2_900);
    expect(said?.saidMs).toBeLessThan(3_500);
  });

  it('begins anew after each sentence', () => {
    const ear = new Ear(sampleRate);
    expect(listen(ear, [2_000, speech], [2_000, quiet])).not.toBeNull();
    expect(listen(ear, [1_000, quiet], [1_000, speech], [2_000, quiet])?.saidMs).toBeLessThan(
      2_400,
    );
  });

  it('hears a low voice in a quiet room', () => {
    expect(
      listen(new Ear(sampleRate), [1_000, quiet], [2_000, -48], [2_000, quiet])?.saidMs,
    ).toBeGreaterThan(2_000);
  });
});
