import { describe, expect, it, vi } from 'vitest';
import { createPlayer, type PlayerPorts, type SoundElement } from '#renderer/sounds/player';

const headset = 'headset';

type Watcher = (ids: readonly string[] | null) => void;

/** An audio element whose loudspeakers are named, and that notes what is done to it. */
class FakeElement implements SoundElement {
  loop = false;
  volume = 1;
  onended: SoundElement['onended'] = null;
  paused = true;
  sinkId = '';
  plays = 0;

  constructor(private readonly page: FakePage) {}

  play(): Promise<void> {
    this.plays += 1;
    if (this.page.refusesToPlayOn.includes(this.sinkId)) return Promise.reject(new Error('no'));
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  setSinkId(sinkId: string): Promise<void> {
    if (this.page.neverAnswers) return new Promise(() => undefined);
    const isThere = sinkId === '' || this.page.speakers.includes(sinkId);
    if (!isThere) return Promise.reject(new Error('NotFoundError'));
    this.sinkId = sinkId;
    return Promise.resolve();
  }

  end(): void {
    this.paused = true;
    this.onended?.call(globalThis as never, new Event('ended'));
  }
}

class FakePage implements PlayerPorts {
  speakers: readonly string[] = [headset];
  refusesToPlayOn: readonly string[] = [];
  neverAnswers = false;
  readonly elements: FakeElement[] = [];
  readonly warnings: string[] = [];
  readonly watchers = new Set<Watcher>();
  readonly timers = new Set<() => void>();

  createElement(): FakeElement {
    const element = new FakeElement(this);
    this.elements.push(element);
    return element;
  }

  watchSpeakers(listener: Watcher): () => void {
    this.watchers.add(listener);
    return () => this.watchers.delete(listener);
  }

  after(_ms: number, task: () => void): () => void {
    this.timers.add(task);
    return () => this.timers.delete(task);
  }

  passOnce(): void {
    const due = [...this.timers];
    this.timers.clear();
    for (const task of due) task();
  }

  pass(): void {
    while (this.timers.size > 0) this.passOnce();
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  tell(ids: readonly string[] | null): void {
    for (const watcher of this.watchers) watcher(ids);
  }

  get element(): FakeElement {
    return this.elements[0] ?? expect.fail('nothing was played');
  }
}

const playing = (page: FakePage) => vi.waitFor(() => expect(page.element.paused).toBe(false));

describe('the player of sounds', () => {
  it('repeats a ring on the chosen loudspeaker until it is stopped', async () => {
    const page = new FakePage();
    const stop = createPlayer(page)('ring', { loop: true, sinkId: headset, volume: 0.5 });
    await playing(page);
    expect(page.element).toMatchObject({ loop: true, volume: 0.5, sinkId: headset });
    stop();
    stop();
    page.pass();
    expect(page.element.paused).toBe(true);
    expect([page.watchers.size, page.timers.size]).toEqual([0, 0]);
  });

  it('fades a sound that is stopped, since a cut would click', async () => {
    const page = new FakePage();
    const stop = createPlayer(page)('ringback', { loop: true, volume: 0.5 });
    await playing(page);
    stop();
    const volumes: number[] = [];
    while (page.timers.size > 0) {
      volumes.push(page.element.volume);
      page.passOnce();
    }
    expect(volumes.map((volume) => volume.toFixed(1))).toEqual(['0.4', '0.3', '0.2', '0.1']);
    expect(page.element.paused).toBe(true);
  });

  it('plays on the system’s loudspeaker when the chosen one is not there', async () => {
    const page = new FakePage();
    page.speakers = [];
    createPlayer(page)('test', { sinkId: headset });
    await playing(page);
    expect(page.element.sinkId).toBe('');
    expect(page.warnings).toEqual([]);
  });

  it('does not wait for ever for a loudspeaker that does not answer', async () => {
    const page = new FakePage();
    page.neverAnswers = true;
    createPlayer(page)('ring', { sinkId: headset });
    expect(page.element.plays).toBe(0);
    for (const run of page.timers) run();
    await playing(page);
  });

  it('plays on the system’s loudspeaker when the chosen one refuses to play', async () => {
    const page = new FakePage();
    page.refusesToPlayOn = [headset];
    createPlayer(page)('ring', { sinkId: headset });
    await playing(page);
    expect(page.element.sinkId).toBe('');
  });

  it('moves a ring to the system’s loudspeaker when the chosen one is unplugged', async () => {
    const page = new FakePage();
    createPlayer(page)('ring', { loop: true, sinkId: headset });
    await playing(page);
    page.tell([headset, 'laptop']);
    page.tell(null);
    expect(page.element.sinkId).toBe(headset);
    page.tell(['laptop']);
    await vi.waitFor(() => expect(page.element.sinkId).toBe(''));
    expect(page.element.paused).toBe(false);
  });

  it('says once in the log that nothing can be played at all', async () => {
    const page = new FakePage();
    page.refusesToPlayOn = ['', headset];
    createPlayer(page)('busy', { sinkId: headset });
    await vi.waitFor(() => expect(page.warnings).toEqual(['sound busy: cannot be played']));
    expect(page.watchers.size).toBe(0);
  });

  it('stays silent when it is stopped before it could begin', async () => {
    const page = new FakePage();
    const stop = createPlayer(page)('ring', { sinkId: headset });
    stop();
    await new Promise((resolve) => setTimeout(resolve));
    expect(page.element.plays).toBe(0);
  });

  it('does not look at devices for a sound that plays wherever the system wants', async () => {
    const page = new FakePage();
    createPlayer(page)('ring', { loop: true });
    await playing(page);
    expect(page.watchers.size).toBe(0);
  });

  it('lets go of everything when a sound has come to its end', async () => {
    const page = new FakePage();
    createPlayer(page)('ended', { sinkId: headset });
    await playing(page);
    page.element.end();
    expect(page.watchers.size).toBe(0);
  });
});
