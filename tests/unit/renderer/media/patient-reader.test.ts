import { beforeEach, describe, expect, it } from 'vitest';
import { PatientReader, readingLimitMs } from '#renderer/media/patient-reader';
import { FakeClock, settle } from './support/fake-clock';

let clock: FakeClock;
let reader: PatientReader;

beforeEach(() => {
  clock = new FakeClock();
  reader = new PatientReader(clock);
});

/** Answers when told to, and counts how often it was asked. */
class Slow {
  asked = 0;
  answer: (value: string) => void = () => undefined;
  readonly ask = (): Promise<string> => {
    this.asked += 1;
    return new Promise((resolve) => (this.answer = resolve));
  };
}

const ask = (source: Slow): Promise<string | null> => reader.ask(source, (one) => one.ask());

describe('a reading of a connection', () => {
  it('is the answer when it comes in time, and leaves no timer', async () => {
    const source = new Slow();
    const reading = ask(source);
    source.answer('loud');
    expect(await reading).toBe('loud');
    await settle();
    expect(clock.pending).toBe(0);
  });

  it('is none after its limit', async () => {
    const reading = ask(new Slow());
    await clock.pass(readingLimitMs);
    expect(await reading).toBeNull();
  });

  it('is not asked for again while the last answer is owed, and is once it came', async () => {
    const source = new Slow();
    const first = ask(source);
    await clock.pass(readingLimitMs);
    await first;
    expect(await ask(source)).toBeNull();
    expect(source.asked).toBe(1);
    source.answer('late');
    await settle();
    const next = ask(source);
    source.answer('again');
    expect(await next).toBe('again');
  });

  it('of one connection does not wait for another', async () => {
    const [silent, prompt] = [new Slow(), new Slow()];
    void ask(silent);
    const reading = ask(prompt);
    prompt.answer('loud');
    expect(await reading).toBe('loud');
  });

  it('is none at once when nobody wants it any more', async () => {
    const reading = ask(new Slow());
    reader.stop();
    expect(await reading).toBeNull();
    await settle();
    expect(clock.pending).toBe(0);
  });

  it('may fail as the question does', async () => {
    const reading = reader.ask({}, () => Promise.reject(new Error('no')));
    await expect(reading).rejects.toThrow('no');
    await settle();
    expect(clock.pending).toBe(0);
  });
});
