import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Voices,
  hearLevels,
  noVoices,
  speakerTiming,
  speakingLegs,
} from '#renderer/media/speakers';

const { readEveryMs } = speakerTiming;

/** Reads these levels of one person, one after the other, and tells after each whether that person speaks. */
function speaksAfterEach(levels: readonly number[]): boolean[] {
  let voices: Voices = noVoices;
  return levels.map((level, at) => {
    voices = hearLevels(voices, new Map([['bao', level]]), at * readEveryMs);
    return speakingLegs(voices).length > 0;
  });
}

const readings = (count: number, level: number): number[] =>
  Array.from({ length: count }, () => level);

describe('who speaks', () => {
  it('is nobody in a quiet room', () => {
    expect(speaksAfterEach(readings(50, 0.01))).not.toContain(true);
  });

  it('is not who made a single loud noise', () => {
    expect(speaksAfterEach([0, 0.9, 0, 0, 0.9, 0])).not.toContain(true);
  });

  it('is who is loud for longer than that', () => {
    expect(speaksAfterEach(readings(3, 0.1))).toEqual([false, true, true]);
  });

  it('is nobody who is merely louder than the room', () => {
    expect(speaksAfterEach(readings(50, 0.02))).not.toContain(true);
  });

  it('remains who pauses for a breath', () => {
    expect(speaksAfterEach([0.1, 0.1, ...readings(5, 0), 0.1]).slice(1)).not.toContain(false);
  });

  it('remains who drops the voice at the end of a sentence', () => {
    expect(speaksAfterEach([0.1, 0.1, ...readings(50, 0.015)]).slice(1)).not.toContain(false);
  });

  it('is no longer who has been quiet for more than a second', () => {
    expect(speaksAfterEach([0.1, 0.1, ...readings(6, 0)])).toEqual([
      false,
      true,
      ...Array.from({ length: 5 }, () => true),
      false,
    ]);
  });

  it('is no longer who has left', () => {
    const loud = new Map([
      ['bao', 0.1],
      ['chen', 0.1],
    ]);
    const both = hearLevels(hearLevels(noVoices, loud, 0), loud, 400);
    expect(speakingLegs(both)).toEqual(['bao', 'chen']);
    expect(speakingLegs(hearLevels(both, new Map([['chen', 0.1]]), 600))).toEqual(['chen']);
  });

  it('never changes more often than once in the time of a pause, whatever the levels', () => {
    const level = fc.constantFrom(0, 0.01, 0.015, 0.02, 0.03, 0.5);
    fc.assert(
      fc.property(fc.array(level, { maxLength: 60 }), (levels) => {
        const spoke = speaksAfterEach(levels);
        const begins = spoke.flatMap((is, at) => (is && spoke[at - 1] !== true ? [at] : []));
        begins.forEach((at, which) => {
          const next = begins[which + 1] ?? Infinity;
          expect((next - at) * readEveryMs).toBeGreaterThanOrEqual(speakerTiming.stopMs);
        });
      }),
    );
  });
});
