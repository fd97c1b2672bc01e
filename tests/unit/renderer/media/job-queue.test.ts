import { describe, expect, it } from 'vitest';
import { JobQueue } from '#renderer/media/job-queue';

/** A job that runs until it is told to end. */
function gate(): { job: () => Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { job: () => ended, open: () => open() };
}

/** Lets every promise that can go on go on. */
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe('JobQueue', () => {
  it('runs one job after the other, in order', async () => {
    const did: string[] = [];
    const queue = new JobQueue(() => undefined);
    const first = gate();
    queue.add(async () => {
      did.push('first begins');
      await first.job();
      did.push('first ends');
    });
    queue.add(() => Promise.resolve(void did.push('second')));
    await settle();
    expect(did).toEqual(['first begins']);
    first.open();
    await settle();
    expect(did).toEqual(['first begins', 'first ends', 'second']);
  });

  it('goes on after a job that failed, and tells of it', async () => {
    const bugs: unknown[] = [];
    const did: string[] = [];
    const queue = new JobQueue((error) => bugs.push(error));
    queue.add(() => Promise.reject(new Error('bug')));
    queue.add(() => Promise.resolve(void did.push('second')));
    await settle();
    expect(bugs).toEqual([new Error('bug')]);
    expect(did).toEqual(['second']);
  });

  it('begins again after it ran empty', async () => {
    const did: string[] = [];
    const queue = new JobQueue(() => undefined);
    queue.add(() => Promise.resolve());
    await settle();
    queue.add(() => Promise.resolve(void did.push('later')));
    await settle();
    expect(did).toEqual(['later']);
  });

  it('begins nothing that waited when it is cleared', async () => {
    const did: string[] = [];
    const queue = new JobQueue(() => undefined);
    const first = gate();
    queue.add(first.job);
    queue.add(() => Promise.resolve(void did.push('second')));
    await settle();
    queue.clear();
    first.open();
    await settle();
    expect(did).toEqual([]);
  });

  it('says when it is full', () => {
    const queue = new JobQueue(() => undefined);
    for (let count = 0; !queue.isFull; count += 1) {
      expect(count).toBeLessThan(1_000);
      queue.add(() => Promise.resolve());
    }
  });
});
