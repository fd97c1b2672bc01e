import { describe, expect, it } from 'vitest';
import { systemClock } from '#main/clock';
import { EchoContact, type EchoPort } from '#main/embedded/echo';
import { KeptLog } from '../silent-log';

const place = { url: 'ws://127.0.0.1:7000', token: 't1' };

function bench() {
  const done: string[] = [];
  let crash: () => void = () => undefined;
  const window: EchoPort = {
    open: ({ token, language }, onCrashed) => {
      done.push(`open ${token} ${language}`);
      crash = onCrashed;
    },
    handleReady: () => done.push('ready'),
    close: () => done.push('close'),
  };
  const log = new KeptLog();
  const echo = new EchoContact({ window, clock: systemClock, log, language: () => 'en' });
  return { echo, done, log, crash: () => crash() };
}

describe('the contact Echo', () => {
  it('is there while this desktop is signed in to the server inside the app', () => {
    const { echo, done } = bench();
    echo.update(null);
    echo.update(place);
    echo.update({ ...place });
    echo.update(null);
    expect(done).toEqual(['open t1 en', 'close']);
  });

  it('moves with a server that was started anew', () => {
    const { echo, done } = bench();
    echo.update(place);
    echo.update({ ...place, token: 't2' });
    expect(done).toEqual(['open t1 en', 'open t2 en']);
  });

  it('comes back when its window dies, but not for ever', () => {
    const { echo, done, log, crash } = bench();
    echo.update(place);
    for (let times = 0; times < 5; times += 1) crash();
    expect(done).toHaveLength(4);
    expect(log.lines.join()).toContain('too often');
  });

  it('does not come back after a sign-out', () => {
    const { echo, done, crash } = bench();
    echo.update(place);
    echo.update(null);
    crash();
    expect(done).toEqual(['open t1 en', 'close']);
  });
});
