import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { keepRunning } from '#main/last-resort';
import { KeptLog } from './silent-log';

it('logs what nobody caught in one bounded line and throws nothing on', () => {
  const process = new EventEmitter();
  const log = new KeptLog();
  keepRunning(process, log);
  process.emit('uncaughtException', new Error('first\nsecond'));
  process.emit('unhandledRejection', 'x'.repeat(5_000));
  expect(log.lines).toHaveLength(2);
  expect(log.lines[0]).toMatch(/^error uncaught: Error: first second at /);
  expect(log.lines[1]).toHaveLength('error unhandled: '.length + 200);
});
