import { describe, expect, it } from 'vitest';
import type { LogFields } from '#server/log';
import { Refusals } from '#server/sessions/refusals';

describe('the counts of what was refused', () => {
  const told: [string, LogFields | undefined][] = [];
  const log = (_level: string, message: string, fields?: LogFields): void =>
    void told.push([message, fields]);

  it('are told in one line, and begin anew with the next', () => {
    const refusals = new Refusals(log);
    refusals.report();
    expect(told).toEqual([]);
    refusals.count('signal.not-joined');
    refusals.count('message.bad');
    refusals.count('signal.not-joined');
    refusals.report();
    refusals.report();
    refusals.count('message.bad');
    refusals.report();
    expect(told).toEqual([
      ['refused', { 'message.bad': 1, 'signal.not-joined': 2 }],
      ['refused', { 'message.bad': 1 }],
    ]);
  });
});
