import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '#protocol/result';
import { systemClock } from '#main/clock';
import { Attention, type QuietPort } from '#main/desktop/attention';
import { PresenceReport } from '#main/session/presence-report';
import { FakePower } from '../../../support/fake-power';
import { FakeSignaling } from '../calls/fakes';
import { KeptLog } from '../silent-log';

const beatMs = 5_000;

class Quiet implements QuietPort {
  isQuiet = false;
  tell: () => void = () => undefined;
  onChanged = (listener: () => void): (() => void) => {
    this.tell = listener;
    return () => void (this.tell = () => undefined);
  };
}

class Bench {
  readonly power = new FakePower();
  readonly quiet = new Quiet();
  readonly signaling = new FakeSignaling();
  readonly log = new KeptLog();
  minutes: number | null = 10;
  inCall = false;
  readonly report = new PresenceReport({
    signaling: this.signaling,
    attention: new Attention({
      ...{ power: this.power, quiet: this.quiet, awayAfterMinutes: () => this.minutes },
    }),
    isInCall: () => this.inCall,
    ...{ clock: systemClock, log: this.log },
  });

  get told(): unknown[] {
    return this.signaling.all('presence.report').map(({ body }) => body);
  }

  async answer(outcome: Parameters<ReturnType<FakeSignaling['last']>['answer']>[0]): Promise<void> {
    this.signaling.last('presence.report').answer(outcome);
    await vi.advanceTimersByTimeAsync(0);
  }

  idleFor(minutes: number): void {
    this.power.idleSeconds = minutes * 60;
    vi.advanceTimersByTime(beatMs);
  }
}

const away = { isAway: true, isQuiet: false };
const here = { isAway: false, isQuiet: false };

let bench: Bench;
beforeEach(() => {
  vi.useFakeTimers();
  bench = new Bench();
});
afterEach(() => {
  bench.report.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('what a computer tells of its person', () => {
  it('is nothing while somebody is there: the server takes that for granted', () => {
    bench.report.handleWelcome();
    bench.idleFor(9.9);
    expect(bench.told).toEqual([]);
  });

  it('is that nobody touches it, and at once that somebody is back, each once', async () => {
    bench.report.handleWelcome();
    bench.idleFor(10);
    expect(bench.told).toEqual([away]);
    await bench.answer(ok({}));
    bench.idleFor(11);
    expect(bench.told).toEqual([away]);
    bench.idleFor(0);
    expect(bench.told).toEqual([away, here]);
  });

  it('is that its screen was locked, without waiting for the next look', async () => {
    bench.report.handleWelcome();
    bench.power.isLocked = true;
    bench.power.emit('lock-screen');
    expect(bench.told).toEqual([away]);
    await bench.answer(ok({}));
    bench.power.isLocked = false;
    bench.power.emit('unlock-screen');
    expect(bench.told).toEqual([away, here]);
  });

  it('is never "away" during a call on it, nor where the person wants none of it', async () => {
    bench.inCall = true;
    bench.report.handleWelcome();
    bench.idleFor(60);
    expect(bench.told).toEqual([]);
    bench.inCall = false;
    bench.idleFor(60);
    expect(bench.told).toEqual([away]);
    await bench.answer(ok({}));
    bench.minutes = null;
    bench.idleFor(60);
    expect(bench.told).toEqual([away, here]);
  });

  it('is what its system says of "do not disturb"', () => {
    bench.report.handleWelcome();
    bench.quiet.isQuiet = true;
    bench.quiet.tell();
    expect(bench.told).toEqual([{ isAway: false, isQuiet: true }]);
  });

  it('is told anew after each sign-in', async () => {
    bench.power.idleSeconds = 3600;
    bench.report.handleWelcome();
    await bench.answer(ok({}));
    bench.report.handleWelcome();
    expect(bench.told).toEqual([away, away]);
  });

  it('is said with the sign-in already, and after it only what has changed meanwhile', () => {
    bench.power.idleSeconds = 3600;
    expect(bench.report.atSignIn()).toEqual(away);
    bench.report.handleWelcome();
    expect(bench.told).toEqual([]);
    bench.idleFor(0);
    expect(bench.told).toEqual([here]);
  });

  it('is told after a sign-in that could not find it out', () => {
    bench.power.idleSeconds = 3600;
    bench.report.atSignIn();
    bench.power.getSystemIdleState = () => {
      throw new Error('no display');
    };
    expect(() => bench.report.atSignIn()).toThrow('no display');
    Reflect.deleteProperty(bench.power, 'getSystemIdleState');
    bench.report.handleWelcome();
    expect(bench.told).toEqual([away]);
  });

  it('is told again when the server did not take it, and once it can be reached', async () => {
    bench.report.handleWelcome();
    bench.idleFor(10);
    await bench.answer(err('offline'));
    bench.signaling.online = false;
    bench.idleFor(11);
    expect(bench.told).toHaveLength(1);
    bench.signaling.online = true;
    bench.idleFor(12);
    expect(bench.told).toEqual([away, away]);
  });

  it('is told again when a sign-in came between a report and its answer', async () => {
    bench.report.handleWelcome();
    bench.idleFor(10);
    bench.report.handleWelcome();
    bench.power.idleSeconds = 0;
    await bench.answer(ok({}));
    vi.advanceTimersByTime(beatMs);
    expect(bench.told).toEqual([away, here]);
  });

  it('goes on after a system that could not be asked', () => {
    bench.report.handleWelcome();
    bench.power.getSystemIdleState = () => {
      throw new Error('no display');
    };
    vi.advanceTimersByTime(beatMs);
    Reflect.deleteProperty(bench.power, 'getSystemIdleState');
    bench.idleFor(10);
    expect(bench.told).toEqual([away]);
    expect(bench.log.lines).toHaveLength(1);
  });

  it('is nothing after its end', () => {
    bench.report.handleWelcome();
    bench.report.stop();
    bench.power.isLocked = true;
    bench.power.emit('lock-screen');
    bench.quiet.tell();
    bench.report.handleWelcome();
    expect(bench.told).toEqual([]);
  });
});
