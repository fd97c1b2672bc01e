import { describe, expect, it } from 'vitest';
import { sizeWords, spentIn } from '../../../bench/mesh/budget-part';
import { areAlike, figuresOf, ratesOf } from '../../../bench/mesh/figures';
import type { Received, Totals } from '../../../bench/mesh/page/stage-api';
import type { Turn } from '../../../bench/mesh/stage';

const stream = (from: number, seconds: number, more: Partial<Received> = {}): Received => ({
  ...{ from, width: 320, height: 180 },
  pictures: 15 * seconds,
  pictureBytes: 18_000 * seconds,
  samples: 48_000 * seconds,
  concealedSamples: 0,
  voiceBytes: 4_000 * seconds,
  ...more,
});

const totals = (at: number, received: readonly Received[], sentBytes: number): Totals => ({
  ...{ at, received, sentBytes, problems: [] },
});

/** Two people, two seconds, half a core. */
const turn = (more: Partial<Received> = {}): Turn => ({
  arrival: { seenMs: 300, heardMs: 400 },
  wholeMs: null,
  ...{ cpuMs: 1_000, elapsedMs: 2_000 },
  before: [totals(5_000, [stream(1, 3)], 70_000), totals(9_000, [stream(0, 4)], 70_000)],
  after: [totals(7_000, [stream(1, 5, more)], 120_000), totals(11_000, [stream(0, 6)], 120_000)],
});

const video = { kind: 'video', people: 2 } as const;

describe('the figures of a turn', () => {
  it('count what came between the two readings, by the receiver’s own clock', () => {
    expect(ratesOf(turn())[0]).toMatchObject({ from: 1, to: 0, pictures: 15, pictureKbits: 144 });
    expect(figuresOf(video, turn())).toMatchObject({ delivered: 1, sentKbits: 200 });
  });

  it('share the processor time among the seconds of stream that arrived', () => {
    expect(figuresOf(video, turn()).costMs).toBe(250);
  });

  it('make a second dearer when pictures did not arrive', () => {
    const lossy = figuresOf(video, turn({ pictures: 15 * 4 }));
    expect(lossy).toMatchObject({ delivered: 0.75, fewestPictures: 7.5 });
    expect(lossy.costMs).toBeCloseTo(500 / 1.5);
  });

  it('count a voice by what was not made up', () => {
    const concealing = turn({ samples: 48_000 * 4, concealedSamples: 48_000 });
    const figures = figuresOf({ kind: 'voice', people: 2 }, concealing);
    expect(figures).toMatchObject({ delivered: 0.75, concealed: 0.25 });
  });
});

describe('two contenders', () => {
  const one = figuresOf(video, turn());

  it('are alike when sizes, pictures and bits agree', () => {
    expect(areAlike([one], [{ ...one, pictureKbits: one.pictureKbits * 1.1 }])).toBe(true);
  });

  it('are not when one got smaller pictures, fewer of them, or other bits', () => {
    expect(areAlike([one], [{ ...one, sizes: ['160×90'] }])).toBe(false);
    expect(areAlike([one], [{ ...one, delivered: 0.9 }])).toBe(false);
    expect(areAlike([one], [{ ...one, pictureKbits: one.pictureKbits * 1.5 }])).toBe(false);
  });
});

describe('what the budget does', () => {
  const camera = { width: 640, height: 480 };

  it('is told of who speaks and who listens apart', () => {
    const spent = spentIn([turn(), turn({ ...camera, pictures: 15 * 7 })]);
    expect(spent.ofSpeaker).toMatchObject({
      ...{ sizes: [{ size: '320×180', streams: 2 }], pictures: 15, sentKbits: 200 },
    });
    expect(spent.ofListeners).toMatchObject({
      sizes: [
        { size: '320×180', streams: 1 },
        { size: '640×480', streams: 1 },
      ],
      ...{ pictures: 22.5, fewest: 15 },
    });
    expect(spent.ofSpeaker.pixels).toBeCloseTo((320 * 180 * 15) / (640 * 480 * 30));
  });

  it('takes the slowest turn for how long the pictures grew, and no number where one did not', () => {
    const grew = (wholeMs: number | null): Turn => ({ ...turn(), wholeMs });
    expect(spentIn([grew(3_000), grew(9_000)]).wholeMs).toBe(9_000);
    expect(spentIn([grew(3_000), grew(null)]).wholeMs).toBeNull();
  });

  it('names one size alone, and of several how many streams had which', () => {
    expect(sizeWords([{ size: '480×360', streams: 6 }])).toBe('480×360');
    const two = [
      { size: '480×360', streams: 5 },
      { size: '240×180', streams: 1 },
    ];
    expect(sizeWords(two)).toBe('480×360 (5 of 6), 240×180 (1 of 6)');
  });
});
