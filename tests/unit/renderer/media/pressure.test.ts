import { describe, expect, it } from 'vitest';
import {
  type LinkReading,
  type Pressure,
  newPressure,
  pressLink,
  pressProcessor,
  roomOf,
} from '#renderer/media/pressure';

const good: LinkReading = {
  availableBitrate: 1_500_000,
  lateMs: 20,
  lostShare: 0,
  isCameraSent: true,
  isProcessorShort: false,
  ownLevel: 0,
};
const atFloor = { ...good, lateMs: null, availableBitrate: 84_400 };
const congested = { ...good, lateMs: 330, lostShare: 0.05 };

/** A link that is read once a second. */
class Watched {
  #pressure: Pressure = newPressure(0);
  #now = 0;
  read(reading: Partial<LinkReading>, times = 1): this {
    for (let left = times; left > 0; left -= 1) {
      this.#now += 1_000;
      this.#pressure = pressLink(this.#pressure, { ...good, ...reading }, this.#now);
    }
    return this;
  }
  get room(): string {
    return roomOf(this.#pressure);
  }
  /** Seconds of good readings until more is tried. */
  untilTry(): number {
    const { room } = this;
    let seconds = 0;
    while (this.room === room && seconds < 1_000) {
      this.read(good);
      seconds += 1;
    }
    return seconds;
  }
}

describe('the pressure on a link', () => {
  it('is none while all is well', () => {
    expect(new Watched().read(good, 100).room).toBe('free');
  });

  it('is seen at the floor of the estimate', () => {
    expect(new Watched().read(atFloor).room).toBe('narrow');
  });

  it('is not seen there while what arrives is punctual: loss brings an estimate down as well', () => {
    expect(new Watched().read({ ...atFloor, lateMs: 20 }, 10).room).toBe('free');
  });

  it('is seen where some is lost and the rest comes late, and leaves only the voice if that stays', () => {
    expect(new Watched().read(congested).room).toBe('narrow');
    // What is read right after a step tells of the time before it.
    expect(new Watched().read(congested, 2).room).toBe('narrow');
    expect(new Watched().read(congested, 3).room).toBe('voice');
    expect(new Watched().read(congested, 100).room).toBe('voice');
  });

  it('leaves only the voice at once where much is lost', () => {
    expect(new Watched().read({ ...congested, lostShare: 0.3 }).room).toBe('voice');
    expect(new Watched().read({ ...atFloor, lostShare: 0.3 }).room).toBe('voice');
  });

  it('is seen where nothing is lost, but all is half a second late, twice on end: a page may be busy', () => {
    expect(new Watched().read({ lateMs: 600 }).room).toBe('free');
    expect(new Watched().read({ lateMs: 600 }, 2).room).toBe('narrow');
  });

  it('is still there where the narrow line lost the word of the delay as well', () => {
    const lost = { ...good, lateMs: null, lostShare: 0.05 };
    expect(new Watched().read(atFloor).read(good).read(lost, 2).room).toBe('voice');
    expect(new Watched().read(lost, 10).room).toBe('free');
  });

  it('goes although one word of the delay in ten is missing on a line that merely loses', () => {
    const lossy = { ...good, lostShare: 0.2 };
    const watched = new Watched().read(congested, 3);
    for (let round = 0; round < 3; round += 1) {
      watched.read(lossy, 9).read({ ...lossy, lateMs: null });
    }
    expect(watched.room).toBe('free');
  });

  it('is not seen in a low estimate once little is sent: an estimate knows no more than was sent', () => {
    expect(new Watched().read(atFloor, 5).room).toBe('narrow');
  });

  it('is not seen in a low estimate of a voice alone', () => {
    expect(new Watched().read({ ...atFloor, isCameraSent: false }, 10).room).toBe('free');
  });

  it.each([
    ['loss alone', { lostShare: 0.3 }],
    ['a little delay alone', { lateMs: 400 }],
    ['nothing known', { availableBitrate: null, lateMs: null, lostShare: null }],
  ])('is not seen in %s', (_what, reading) => {
    expect(new Watched().read(reading, 10).room).toBe('free');
  });

  it('tries more after ten good seconds, one step at a time', () => {
    const watched = new Watched().read(congested, 4);
    expect(watched.untilTry()).toBe(10);
    expect(watched.room).toBe('narrow');
    expect(watched.untilTry()).toBe(10);
    expect(watched.room).toBe('free');
  });

  it('waits twice as long after each try that failed, up to two minutes', () => {
    const watched = new Watched().read(atFloor);
    const waits = [1, 2, 3, 4, 5, 6].map(() => {
      const wait = watched.untilTry();
      watched.read(atFloor);
      return wait;
    });
    expect(waits).toEqual([10, 20, 40, 80, 120, 120]);
  });

  it('forgets failed tries once one went well', () => {
    const watched = new Watched().read(atFloor);
    watched.untilTry();
    watched.read(atFloor).untilTry();
    watched.read(good, 60).read(atFloor);
    expect(watched.untilTry()).toBe(10);
  });
});

describe('the strain on the processor', () => {
  const strained = (shorts: readonly boolean[]): number =>
    shorts.reduce(
      (pressure, isShort, at) => pressProcessor(pressure, isShort, (at + 1) * 1_000),
      newPressure(0),
    ).level;
  const times = (count: number, isShort: boolean): boolean[] =>
    Array.from({ length: count }, () => isShort);

  it('grows by a step with every three short readings on end, up to the last step', () => {
    expect(strained(times(2, true))).toBe(0);
    expect(strained(times(3, true))).toBe(1);
    expect(strained(times(6, true))).toBe(2);
    expect(strained(times(100, true))).toBe(4);
  });

  it('goes by a step after twenty good seconds', () => {
    expect(strained([...times(3, true), ...times(19, false)])).toBe(1);
    expect(strained([...times(3, true), ...times(20, false)])).toBe(0);
  });
});
