import { beforeEach, describe, expect, it } from 'vitest';
import type { LinkBudget } from '#renderer/media/budget';
import { CallWatch, type LinkGauge, type WatchedLink } from '#renderer/media/call-watch';
import type { LinkReading } from '#renderer/media/pressure';
import { FakeClock } from './support/fake-clock';

const good: LinkReading = {
  availableBitrate: 1_500_000,
  lateMs: 20,
  lostShare: 0,
  isCameraSent: true,
  isProcessorShort: false,
  ownLevel: 0,
};

const atFloor: LinkReading = { ...good, lateMs: null, availableBitrate: 84_400 };

/** The own voice is the same on every link. */
let ownVoice = 0;

class FakeLink implements WatchedLink, LinkGauge {
  level = 0;
  set own(level: number) {
    ownVoice = level;
  }
  now: LinkReading = good;
  shownHeight: number | null = null;
  readings = 0;
  budget: LinkBudget | null = null;
  /** Set: the browser is slow to answer. */
  gate: Promise<void> | undefined;
  readonly gauge = this;
  heardLevel = (): number => this.level;
  ownAsked = 0;
  ownLevel = (): Promise<number> => {
    this.ownAsked += 1;
    return Promise.resolve(ownVoice);
  };
  async reading(): Promise<LinkReading> {
    this.readings += 1;
    await this.gate;
    return { ...this.now, ownLevel: ownVoice };
  }
  setBudget = (budget: LinkBudget): void => void (this.budget = budget);
  get height(): number | null {
    return this.budget?.camera.height ?? null;
  }
}

let clock: FakeClock;
let links: Map<string, FakeLink>;
let watch: CallWatch;
let told: string[][];
let isMuted: boolean;
let isGroup: boolean;

beforeEach(() => {
  clock = new FakeClock();
  ownVoice = 0;
  links = new Map();
  told = [];
  isMuted = false;
  isGroup = false;
  watch = new CallWatch(
    clock,
    () => (links.size > 0 ? { ownLegId: 'me', isGroup, isMuted, links } : null),
    (legIds) => told.push([...legIds]),
  );
});

function callWith(...names: string[]): FakeLink[] {
  for (const name of names) links.set(name, links.get(name) ?? new FakeLink());
  for (const name of [...links.keys()]) if (!names.includes(name)) links.delete(name);
  watch.update();
  return [...links.values()];
}

describe('the watch over a call', () => {
  it('gives every link its budget at once, and a new one as people come', () => {
    const [an] = callWith('an');
    expect(an?.height).toBeNull();
    callWith('an', 'bao', 'chen');
    expect([...links.values()].map(({ height }) => height)).toEqual([180, 180, 180]);
  });

  it('tells who speaks, oneself included, and when they stop', async () => {
    const [an, bao] = callWith('an', 'bao');
    Object.assign(an!, { own: 0.2 });
    bao!.level = 0.2;
    await clock.pass(1_000);
    Object.assign(an!, { own: 0 });
    await clock.pass(2_000);
    bao!.level = 0;
    await clock.pass(2_000);
    expect(told).toEqual([['bao', 'me'], ['bao'], []]);
  });

  it('sends more while oneself speaks', async () => {
    const [an] = callWith('an', 'bao', 'chen');
    an!.own = 0.2;
    await clock.pass(1_000);
    expect(an?.height).toBe(360);
  });

  it('names nobody in a call of two', async () => {
    const [an] = callWith('an');
    an!.level = 0.5;
    await clock.pass(5_000);
    expect(told).toEqual([]);
  });

  it('knows who speaks in a group call of two, although it names nobody', async () => {
    isGroup = true;
    const [an] = callWith('an');
    an!.own = 0.2;
    await clock.pass(1_000);
    expect([watch.isSpeaking('me'), watch.isSpeaking('an')]).toEqual([true, false]);
    expect(told).toEqual([]);
    an!.own = 0;
    await clock.pass(2_000);
    expect(watch.isSpeaking('me')).toBe(false);
  });

  it('names nobody any more once a group has become a call of two', async () => {
    const [, bao] = callWith('an', 'bao');
    bao!.level = 0.5;
    await clock.pass(1_000);
    callWith('bao');
    await clock.pass(1_000);
    expect(told).toEqual([['bao'], []]);
  });

  it('names nobody once all have gone, and lets its clock rest', async () => {
    const [an] = callWith('an', 'bao');
    an!.level = 0.5;
    await clock.pass(1_000);
    callWith();
    await clock.pass(1_000);
    expect(told).toEqual([['an'], []]);
    expect(clock.pending).toBe(0);
  });

  it('takes the picture from a link that is full, and from no other', async () => {
    const [an, bao] = callWith('an', 'bao');
    an!.now = atFloor;
    await clock.pass(2_100);
    expect([an, bao].map((link) => link?.height)).toEqual([120, 480]);
    expect([an, bao].map((link) => link?.budget?.voiceBitrate)).toEqual([16_000, null]);
  });

  it('makes every picture smaller when the processor is short', async () => {
    const [an, bao] = callWith('an', 'bao');
    an!.now = { ...good, isProcessorShort: true };
    await clock.pass(3_100);
    expect([an, bao].map((link) => link?.height)).toEqual([360, 360]);
  });

  it('sends no picture to who does not show it', () => {
    const [an] = callWith('an', 'bao');
    an!.shownHeight = 0;
    watch.update();
    expect(an?.budget?.camera.isOn).toBe(false);
  });

  it('reads statistics once a second, and never twice at a time', async () => {
    const [an] = callWith('an', 'bao');
    await clock.pass(3_100);
    expect(an?.readings).toBe(3);
    an!.gate = new Promise(() => undefined);
    await clock.pass(10_000);
    expect(an?.readings).toBe(4);
  });

  it('asks one connection at a time, and learns the own level from it', async () => {
    const crowd = callWith('an', 'bao', 'chen', 'dora', 'emil');
    await clock.pass(5_100);
    expect(crowd.map(({ readings }) => readings)).toEqual([5, 5, 5, 5, 5]);
    expect(crowd.map(({ ownAsked }) => ownAsked)).toEqual([0, 0, 0, 0, 0]);
  });

  it('does not take the estimate of a line that loses for a full one', async () => {
    const [an] = callWith('an', 'bao');
    an!.now = { ...good, lostShare: 0.3 };
    await clock.pass(1_100);
    an!.now = { ...good, lostShare: 0.3, lateMs: null, availableBitrate: 84_400 };
    await clock.pass(5_000);
    expect([an?.height, an?.budget?.voiceForm]).toEqual([480, 'twice']);
  });

  it('goes on with the others while one connection owes its answer', async () => {
    const [an, bao] = callWith('an', 'bao');
    an!.gate = new Promise(() => undefined);
    bao!.level = 0.2;
    bao!.now = atFloor;
    await clock.pass(5_000);
    expect(told.at(-1)).toEqual(['bao']);
    expect([an, bao].map((link) => link?.height)).toEqual([480, 120]);
  });

  it('keeps what it knew of a link that owes its answer', async () => {
    const [an] = callWith('an', 'bao');
    an!.now = atFloor;
    await clock.pass(2_100);
    an!.gate = new Promise(() => undefined);
    await clock.pass(5_000);
    expect(an?.height).toBe(120);
  });

  it('sends the voice twice to who loses some of it, and to no other', async () => {
    const [an, bao] = callWith('an', 'bao');
    an!.now = { ...good, lostShare: 0.2 };
    await clock.pass(1_100);
    expect([an, bao].map((link) => link?.budget?.voiceForm)).toEqual(['twice', 'plain']);
  });

  it('knows nothing of a connection that took the place of another', async () => {
    const [an] = callWith('an', 'bao');
    an!.now = atFloor;
    await clock.pass(2_100);
    expect(an?.height).toBe(120);
    links.set('an', new FakeLink());
    await clock.pass(400);
    expect(links.get('an')?.height).toBe(480);
  });

  it('does not listen to a muted microphone', async () => {
    isMuted = true;
    const [an] = callWith('an', 'bao');
    an!.own = 0.5;
    await clock.pass(2_000);
    expect(an?.ownAsked).toBe(0);
    expect(told).toEqual([]);
  });

  it('does not name who left while the levels were read', async () => {
    const [an, bao] = callWith('an', 'bao', 'chen');
    let answer = (_level: number): void => undefined;
    await clock.pass(590);
    bao!.level = 0.5;
    await clock.pass(200);
    an!.ownLevel = () => new Promise((resolve) => (answer = resolve));
    await clock.pass(20);
    callWith('an', 'chen');
    answer(0);
    await clock.pass(10);
    expect(told.flat()).not.toContain('bao');
  });

  it('is deaf once stopped', async () => {
    const [an] = callWith('an', 'bao');
    an!.level = 0.5;
    watch.stop();
    await clock.pass(2_000);
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
