import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Clock } from '#main/clock';
import { type EndableChild, endChild } from '#main/embedded/end-child';

class FakeChild extends EventEmitter implements EndableChild {
  readonly heard: string[] = [];

  postMessage({ type }: { readonly type: string }): void {
    this.heard.push(type);
  }

  kill(): boolean {
    this.heard.push('kill');
    return true;
  }
}

/** Its limits pass when the test says so. */
class HeldClock implements Clock {
  readonly #waiting = new Set<() => void>();

  nowMs(): number {
    return 0;
  }

  after(_delayMs: number, run: () => void): () => void {
    this.#waiting.add(run);
    return () => this.#waiting.delete(run);
  }

  async pass(): Promise<void> {
    for (const run of this.#waiting) run();
    this.#waiting.clear();
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function begin(): {
  readonly child: FakeChild;
  readonly clock: HeldClock;
  readonly outcome: () => string;
} {
  const child = new FakeChild();
  const clock = new HeldClock();
  let outcome = 'waiting';
  void endChild(child, clock).then((ended) => (outcome = ended ? 'ended' : 'still there'));
  return { child, clock, outcome: () => outcome };
}

describe('ending the server inside the app', () => {
  it('is done when it obeys, without a kill', async () => {
    const { child, outcome } = begin();
    child.emit('exit');
    await settled();
    expect(outcome()).toBe('ended');
    expect(child.heard).toEqual(['stop']);
  });

  it('is not done by the kill, but when it has gone', async () => {
    const { child, clock, outcome } = begin();
    await clock.pass();
    expect(child.heard).toEqual(['stop', 'kill']);
    expect(outcome()).toBe('waiting');
    child.emit('exit');
    await settled();
    expect(outcome()).toBe('ended');
  });

  it('waits for a killed one for a while only', async () => {
    const { clock, outcome } = begin();
    await clock.pass();
    await clock.pass();
    expect(outcome()).toBe('still there');
  });
});
