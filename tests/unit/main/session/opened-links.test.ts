import { describe, expect, it } from 'vitest';
import { OpenedLinks } from '#main/session/opened-links';
import { KeptLog } from '../silent-log';

const link = 'peal:join?server=wss%3A%2F%2Fa.example&code=secret-code';

function bench() {
  const log = new KeptLog();
  let told = 0;
  const links = new OpenedLinks(log, () => (told += 1));
  return { log, links, told: () => told };
}

describe('a link that the system opens', () => {
  it('is kept until home takes it, once', () => {
    const { links, told } = bench();
    links.note(['/opt/peal', '--flag', link]);
    expect(told()).toBe(1);
    expect(links.take()).toBe(link);
    expect(links.take()).toBeNull();
  });

  it('gives way to a newer one', () => {
    const { links } = bench();
    links.note([link]);
    links.note([`${link}-2`]);
    expect(links.take()).toBe(`${link}-2`);
  });

  it('is dropped when it is no invitation, and is not repeated in the log', () => {
    const { links, log, told } = bench();
    links.note(['peal:join?code=secret-code']);
    links.note(['peal:evil secret-code']);
    expect(told()).toBe(0);
    expect(links.take()).toBeNull();
    expect(log.lines).toHaveLength(2);
    expect(log.lines.join()).not.toContain('secret-code');
  });

  it('does not show in the log when it is good, either', () => {
    const { links, log } = bench();
    links.note([link]);
    expect(log.lines.join()).not.toContain('secret-code');
  });

  it('is not looked for in arguments that are none', () => {
    const { links, log, told } = bench();
    links.note(['/opt/peal', '--user-data-dir=/tmp/x', '.']);
    expect([told(), links.take(), log.lines]).toEqual([0, null, []]);
  });
});
