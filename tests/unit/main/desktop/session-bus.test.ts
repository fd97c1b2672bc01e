import { expect, it } from 'vitest';
import { createAskBus } from '#main/desktop/session-bus';
import { KeptLog } from '../silent-log';

it('a desktop without the program that asks the bus shows nothing, and the log says once why', async () => {
  const log = new KeptLog();
  const ask = createAskBus(log, 'peal-has-no-such-program');
  const question = { destination: 'a.b', path: '/a', member: 'a.b.c' };
  expect(await ask(question)).toBeNull();
  expect(await ask(question)).toBeNull();
  expect(log.lines).toEqual([
    'warn desktop: no program peal-has-no-such-program, so no notifications and no tray icon',
  ]);
});

it('a program that gets no answer is no missing program', async () => {
  const log = new KeptLog();
  const ask = createAskBus(log, 'false');
  expect(await ask({ destination: 'a.b', path: '/a', member: 'a.b.c' })).toBeNull();
  expect(log.lines).toEqual([]);
});
