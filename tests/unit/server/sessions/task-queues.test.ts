import { describe, expect, it } from 'vitest';
import { TaskQueues } from '#server/sessions/task-queues';

describe('the queues of work', () => {
  it('do one thing after the other under one key, and others meanwhile', async () => {
    const queues = new TaskQueues();
    const done: string[] = [];
    let finish: () => void = () => undefined;
    const first = queues.run('bao', async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      done.push('first');
    });
    const second = queues.run('bao', () => Promise.resolve(done.push('second')));
    await queues.run('anna', () => Promise.resolve(done.push('other')));
    expect(done).toEqual(['other']);
    finish();
    await Promise.all([first, second]);
    expect(done).toEqual(['other', 'first', 'second']);
  });

  it('go on after work that failed, and tell only its owner', async () => {
    const queues = new TaskQueues();
    const failing = queues.run('bao', () => Promise.reject(new Error('on purpose')));
    const next = queues.run('bao', () => Promise.resolve('fine'));
    await expect(failing).rejects.toThrow('on purpose');
    expect(await next).toBe('fine');
    expect(await queues.run('bao', () => Promise.resolve('again'))).toBe('again');
  });
});
