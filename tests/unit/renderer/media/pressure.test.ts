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
  roundTripMs: 20,
  lostShare: 0,
  isCameraSent: true,
  isProcessorShort: false,
};
const atFloor = { ...good, availableBitrate: 84_400 };
const congested = { ...good, roundTripMs: 460, lostShare: 0.05 };

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

  it('is not seen in a single bad reading', () => {
    expect(new Watched().read(atFloor).read(good).read(atFloor).room).toBe('free');
  });

  it('is seen in two readings at the floor of the estimate', () => {
    expect(new Watched().read(atFloor, 2).room).toBe('narrow');
  });

  it('is seen in a slow round trip with loss, and leaves only the voice if that stays', () => {
    expect(new Watched().read(congested, 2).room).toBe('narrow');
    expect(new Watched().read(congested, 4).room).toBe('voice');
    expect(new Watched().read(congested, 100).room).toBe('voice');
  });

  it('is not seen in a low estimate once little is sent: an estimate knows no more than was sent', () => {
    expect(new Watched().read(atFloor, 5).room).toBe('narrow');
  });

  it('is not seen in a low estimate of a voice alone', () => {
    expect(new Watched().read({ ...atFloor, isCameraSent: false }, 10).room).toBe('free');
  });

  it.each([
    ['loss alone', { lostShare: 0.3 }],
    ['distance alone', { roundTripMs: 600 }],
    ['nothing known', { availableBitrate: null, roundTripMs: null, lostShare: null }],
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
    const watched = new Watched().read(atFloor, 2);
    const waits = [1, 2, 3, 4, 5, 6].map(() => {
      const wait = watched.untilTry();
      watched.read(atFloor, 2);
      return wait;
    });
    expect(waits).toEqual([10, 20, 40, 80, 120, 120]);
  });

  it('forgets failed tries once one went well', () => {
    const watched = new Watched().read(atFloor, 2);
    watched.untilTry();
    watched.read(atFloor, 2).untilTry();
    watched.read(good, 60).read(atFloor, 2);
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
