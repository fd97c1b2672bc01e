import { expect, it } from 'vitest';
import { consoleLine } from '#main/windows/page-console';

it('reads warnings and errors in the form of one object', () => {
  expect(consoleLine([{ level: 'warning', message: 'late' }])).toEqual({
    level: 'warn',
    text: 'late',
  });
  expect(consoleLine([{ level: 'error', message: 'broken' }])).toMatchObject({ level: 'error' });
});

it('reads warnings and errors in the form of event, level, message', () => {
  expect(consoleLine([{}, 2, 'late', 1, 'app://peal/a.js'])).toEqual({
    level: 'warn',
    text: 'late',
  });
  expect(consoleLine([{}, 3, 'broken', 1, ''])).toEqual({ level: 'error', text: 'broken' });
});

it('leaves out what is no warning, and what it cannot read', () => {
  expect(consoleLine([{ level: 'info', message: 'hello' }])).toBeNull();
  expect(consoleLine([{}, 1, 'hello', 1, ''])).toBeNull();
  expect(consoleLine([])).toBeNull();
});

it('keeps a message to one line of 300 characters', () => {
  const line = consoleLine([{ level: 'error', message: `first\n${'x'.repeat(1_000)}` }]);
  expect(line?.text).toHaveLength(300);
  expect(line?.text).not.toContain('\n');
});
