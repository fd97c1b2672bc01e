import { expect, it } from 'vitest';
import { describeError, jsonLog } from '#server/log';

it('writes one line of JSON for each event at or above the level', () => {
  const lines: string[] = [];
  const log = jsonLog((line) => lines.push(line), 'warn');
  log('info', 'quiet');
  log('warn', 'two\nlines', { callId: 'c1' });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'warn',
    message: 'two\nlines',
    callId: 'c1',
  });
});

it('describes whatever was thrown', () => {
  expect(describeError(new TypeError('no'))).toMatchObject({ error: 'TypeError', reason: 'no' });
  expect(describeError('text')).toEqual({ error: 'not an Error' });
});
