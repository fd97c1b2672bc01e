import { describe, expect, it } from 'vitest';
import { OpenedLinks } from '#main/session/opened-links';
import { KeptLog } from '../silent-log';

const link = 'peal:join?server=wss%3A%2F%2Fa.example&code=secret-code';

function bench({ takesPhoneLinks = false } = {}) {
  const log = new KeptLog();
  const told = { invitations: 0, calls: 0 };
  let now = 1_000;
  const links = new OpenedLinks({
    log,
    clock: { nowMs: () => now, after: () => () => undefined },
    takesPhoneLinks: () => takesPhoneLinks,
    onInvitation: () => (told.invitations += 1),
    onCallLink: () => (told.calls += 1),
  });
  const wait = (ms: number): void => void (now += ms);
  return { log, links, told, wait };
}

describe('an invitation that the system opens', () => {
  it('is kept until home takes it, once', () => {
    const { links, told } = bench();
    links.note(['/opt/peal', '--flag', link]);
    expect(told).toEqual({ invitations: 1, calls: 0 });
    expect(links.takeInvitation()).toBe(link);
    expect(links.takeInvitation()).toBeNull();
  });

  it('gives way to a newer one', () => {
    const { links } = bench();
    links.note([link]);
    links.note([`${link}-2`]);
    expect(links.takeInvitation()).toBe(`${link}-2`);
  });

  it('is dropped when it is none, and is not repeated in the log', () => {
    const { links, log, told } = bench();
    links.note(['peal:join?code=secret-code']);
    links.note(['peal:evil secret-code']);
    expect(told).toEqual({ invitations: 0, calls: 0 });
    expect(links.takeInvitation()).toBeNull();
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
    expect([told, links.takeInvitation(), log.lines]).toEqual([
      { invitations: 0, calls: 0 },
      null,
      [],
    ]);
  });
});

describe('a link that asks for a call', () => {
  it('is kept until home takes it, once, and only the newest one', () => {
    const { links, told } = bench();
    links.note(['/opt/peal', 'peal:call/anna']);
    links.note(['/opt/peal', 'peal:call/bao?video']);
    expect(told.calls).toBe(2);
    expect(links.takeCall()).toEqual({ wanted: 'bao', userId: 'bao', mediaType: 2 });
    expect([links.takeCall(), links.takeInvitation()]).toEqual([null, null]);
  });

  it('waits for the sign-in five minutes and no longer', () => {
    const { links, wait } = bench();
    links.note(['peal:call/anna']);
    wait(299_999);
    links.note(['/opt/peal']);
    expect(links.takeCall()?.wanted).toBe('anna');
    links.note(['peal:call/anna']);
    wait(300_000);
    expect(links.takeCall()).toBeNull();
  });

  it('names nobody in the log, good or bad', () => {
    const { links, log } = bench();
    links.note(['peal:call/anna']);
    links.note(['peal:call/anna?loud']);
    expect(log.lines).toHaveLength(2);
    expect(log.lines.join()).not.toContain('anna');
  });

  it.each([
    ['tel:2101', '2101'],
    ['callto:anna', 'anna'],
  ])('may be %s only where the person wants so, and home is told where not', (link, wanted) => {
    const refusing = bench();
    refusing.links.note([link]);
    expect(refusing.told.calls).toBe(1);
    expect(refusing.links.takeCall()).toMatchObject({ wanted, switchedOff: true });
    const taking = bench({ takesPhoneLinks: true });
    taking.links.note([link]);
    expect(taking.links.takeCall()).toEqual({ wanted, userId: wanted, mediaType: 1 });
  });

  it('needs no switch where it is a link of Peal', () => {
    const { links } = bench();
    links.note(['peal:call/anna']);
    expect(links.takeCall()).toEqual({ wanted: 'anna', userId: 'anna', mediaType: 1 });
  });
});
