import { describe, expect, it } from 'vitest';
import {
  type NotificationServer,
  notificationServerOnBus,
} from '#main/desktop/notification-server';
import { type Note, Notifications } from '#main/desktop/notifications';

interface OnScreen {
  readonly note: Note;
  readonly gone: () => void;
}

/** A screen whose notification server answers when the test says so. */
function bench(server: NotificationServer = 'plain') {
  const screen: OnScreen[] = [];
  const answers: (() => void)[] = [];
  const findServer = (): Promise<NotificationServer> =>
    new Promise((resolve) => answers.push(() => resolve(server)));
  const notifications = new Notifications(findServer, (note, gone) => {
    const entry = { note, gone };
    screen.push(entry);
    return { close: () => void screen.splice(screen.indexOf(entry), 1) };
  });
  const show = (id: string, title = 'Anna Li is calling', body = ''): Promise<boolean> => {
    const shown = notifications.show(id, { title, body, urgent: true, onClick: () => undefined });
    return shown;
  };
  const answer = (): void => answers.splice(0).forEach((each) => each());
  const titles = (): string[] => screen.map(({ note }) => note.title);
  return { notifications, screen, show, answer, titles };
}

describe('notifications', () => {
  it('are shown once the server has answered, and not without one', async () => {
    const there = bench();
    const shown = there.show('call-1');
    expect(there.titles()).toEqual([]);
    there.answer();
    expect(await shown).toBe(true);
    expect(there.titles()).toEqual(['Anna Li is calling']);
    const away = bench('none');
    const refused = away.show('call-1');
    away.answer();
    expect(await refused).toBe(false);
    expect(away.titles()).toEqual([]);
  });

  it('take the place of what was shown under the same id', async () => {
    const { show, answer, titles } = bench();
    const first = show('call-1', 'Anna Li is calling');
    answer();
    await first;
    const second = show('call-1', 'Missed call from Anna Li');
    expect(titles()).toEqual([]);
    answer();
    await second;
    expect(titles()).toEqual(['Missed call from Anna Li']);
  });

  it('that were taken back before the server answered never come', async () => {
    const { notifications, show, answer, titles } = bench();
    const removed = show('call-1');
    notifications.remove('call-1');
    const replaced = show('call-2', 'first');
    const kept = show('call-2', 'second');
    answer();
    expect(await Promise.all([removed, replaced, kept])).toEqual([false, false, true]);
    expect(titles()).toEqual(['second']);
  });

  it.each([
    ['markup', '&lt;b&gt;x&lt;/b&gt; &amp; &lt;img src=y&gt;'],
    ['unsure', '‹b›x‹/b› & ‹img src=y›'],
    ['plain', '<b>x</b> & <img src=y>'],
  ] as const)(
    'have no markup in their body, and the title as it is: for a server that is %s',
    async (server, body) => {
      const words = '<b>x</b> & <img src=y>';
      const { show, answer, screen } = bench(server);
      const shown = show('call-1', words, words);
      answer();
      await shown;
      expect(screen[0]?.note).toMatchObject({ title: words, body });
    },
  );

  it('are not many: the oldest go', async () => {
    const { show, answer, titles } = bench();
    const all = Array.from({ length: 25 }, (_, index) => show(`call-${index}`, `${index}`));
    answer();
    await Promise.all(all);
    expect(titles()).toHaveLength(20);
    expect(titles()[0]).toBe('5');
  });

  it('all go at once, and one that the person took away is not taken away again', async () => {
    const { notifications, show, answer, screen, titles } = bench();
    const all = [show('call-1', 'one'), show('call-2', 'two')];
    answer();
    await Promise.all(all);
    screen[0]?.gone();
    notifications.clear();
    expect(titles()).toEqual(['one']);
  });
});

describe('the notification server', () => {
  const says = (reply: string | null) => notificationServerOnBus(() => Promise.resolve(reply))();

  it('is known by its capabilities', async () => {
    expect(await says(null)).toBe('none');
    expect(await says('   array [\n      string "body"\n      string "body-markup"\n   ]')).toBe(
      'markup',
    );
    expect(await says('   array [\n      string "body"\n   ]')).toBe('plain');
  });

  it('is trusted with no markup where it is dunst, which may draw what it does not announce', async () => {
    const dunst = (capabilities: string) =>
      notificationServerOnBus(({ member }) =>
        Promise.resolve(member.endsWith('GetCapabilities') ? capabilities : 'string "dunst"'),
      )();
    expect(await dunst('string "body"')).toBe('unsure');
    expect(await dunst('string "body-markup"')).toBe('markup');
  });
});
