import { describe, expect, it } from 'vitest';
import type { LogFields } from '#server/log';
import { Refusals } from '#server/sessions/refusals';

describe('the counts of what was refused', () => {
  const told: [string, LogFields | undefined][] = [];
  const log = (level: string, message: string, fields?: LogFields): void =>
    void told.push([`${level} ${message}`, fields]);

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
      ['warn refused', { 'message.bad': 1, 'signal.not-joined': 2 }],
      ['warn refused', { 'message.bad': 1 }],
    ]);
  });
  it.each([
    ['signal.away', 'warn'],
    ['message.flood', 'warn'],
    ['sign-in.bad-credentials', 'warn'],
    ['request.bad-message', 'warn'],
    ['request.call-exists', 'info'],
    ['request.rate-limited', 'info'],
    ['command.repeated', 'info'],
  ] as const)('are a warning only where no client in order gets to: %s is %s', (kind, level) => {
    told.length = 0;
    const refusals = new Refusals(log);
    refusals.count('request.call-ended');
    refusals.count(kind);
    refusals.report();
    expect(told.map(([line]) => line)).toEqual([`${level} refused`]);
  });
});
