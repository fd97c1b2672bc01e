import { describe, expect, it } from 'vitest';
import type { CallLink, SessionView } from '#common/ipc';
import type { HomeApi } from '#common/window-api';
import { err, ok } from '#protocol/result';
import { useCallLink } from '../../../../renderer/home/stores/call-link';
import { usePlace } from '../../../../renderer/home/stores/place';
import { useSession } from '../../../../renderer/home/stores/session';
import { onHomePage } from './support/home-page';

const anna = { userId: 'anna', name: 'Anna Li' };
const bao = { userId: 'bao', name: 'Bao Chen' };
const toBao: CallLink = { wanted: 'bao', userId: 'bao', mediaType: 2 };
const online: SessionView = { state: 'online', server: 'here', self: anna, isEmbedded: false };

/** Home of Anna with the links that main keeps, and what it asked of main. */
async function home({ view = online, findPeople }: Partial<Bench> = {}) {
  const waiting: CallLink[] = [];
  const placed: unknown[] = [];
  let tell = (): void => undefined;
  let show: (view: SessionView) => void = () => undefined;
  const api: Partial<HomeApi> = {
    getSession: () => Promise.resolve(view),
    onSessionChanged: (listener) => {
      show = listener;
      return () => undefined;
    },
    onProfileChanged: () => () => undefined,
    onCallLinkOpened: (listener) => {
      tell = () => listener(null);
      return () => undefined;
    },
    takeCallLink: () => Promise.resolve(waiting.splice(0).at(-1) ?? null),
    findPeople:
      findPeople ?? (({ userIds }) => Promise.resolve(ok(userIds.includes('bao') ? [bao] : []))),
    watchPresence: () => Promise.resolve(ok([])),
    placeCall: (what) => {
      placed.push(what);
      return Promise.resolve(ok(null));
    },
  };
  const stores = onHomePage(api, () => ({
    session: useSession(),
    question: useCallLink(),
    place: usePlace(),
  }));
  await stores.session.start();
  stores.question.start();
  const open = (link: CallLink): void => {
    waiting.push(link);
    tell();
  };
  return { ...stores, placed, waiting, open, show: (next: SessionView) => show(next) };
}

interface Bench {
  readonly view: SessionView;
  readonly findPeople: HomeApi['findPeople'];
}

describe('the question that a link asks', () => {
  it('shows the person and calls nobody before the answer', async () => {
    const { question, open, placed } = await home();
    open(toBao);
    await expect.poll(() => question.meant).toBe('found');
    expect([question.isOpen, question.person, placed]).toEqual([true, bao, []]);
    await question.call(1);
    expect(placed).toEqual([{ targetId: 'bao', mediaType: 1 }]);
    expect(question.isOpen).toBe(false);
  });

  it('stays the first one while others come, and is asked once', async () => {
    const { question, open, waiting } = await home();
    open(toBao);
    await expect.poll(() => question.meant).toBe('found');
    for (const wanted of ['eve', 'mallory', 'trudy']) {
      open({ wanted, userId: wanted, mediaType: 1 });
    }
    await expect.poll(() => waiting).toEqual([]);
    expect(question.person).toEqual(bao);
    question.close();
    expect([question.isOpen, question.person]).toEqual([false, null]);
  });

  it('waits until somebody is signed in and the server answers', async () => {
    const { question, open, show, waiting } = await home({
      view: { state: 'signed-out', server: 'here' },
    });
    open(toBao);
    await Promise.resolve();
    expect([question.isOpen, waiting.length]).toEqual([false, 1]);
    show(online);
    await expect.poll(() => question.isOpen && question.meant).toBe('found');
  });

  it('goes away with the user to whom it was asked', async () => {
    const { question, open, show } = await home();
    open(toBao);
    await expect.poll(() => question.meant).toBe('found');
    show({ state: 'signed-out', server: 'here' });
    show(online);
    await expect.poll(() => question.isOpen).toBe(false);
  });

  it.each([
    ['somebody unknown', { wanted: 'eve', userId: 'eve', mediaType: 1 }, 'nobody'],
    ['a number that is no id', { wanted: '+4930', userId: null, mediaType: 1 }, 'nobody'],
    ['oneself', { wanted: 'anna', userId: 'anna', mediaType: 1 }, 'self'],
  ] as const)('says so of %s, and cannot call', async (_who, link, meant) => {
    const { question, open, placed } = await home();
    open(link);
    await expect.poll(() => question.meant).toBe(meant);
    await question.call(1);
    expect([question.person, placed]).toEqual([null, []]);
  });

  it('says when the server cannot be asked', async () => {
    const { question, open } = await home({ findPeople: () => Promise.resolve(err('offline')) });
    open(toBao);
    await expect.poll(() => question.meant).toBe('offline');
  });

  it('says of a phone number that the settings leave it to others, and leads there', async () => {
    const looked: unknown[] = [];
    const { question, place, open, placed } = await home({
      findPeople: (whom) => {
        looked.push(whom);
        return Promise.resolve(ok([bao]));
      },
    });
    open({ wanted: 'bao', userId: 'bao', mediaType: 1, switchedOff: true });
    await expect.poll(() => question.isOpen && question.meant).toBe('switchedOff');
    await question.call(1);
    expect([question.person, looked, placed]).toEqual([null, [], []]);
    question.openSettings();
    expect([question.isOpen, place.isInSettings, place.section]).toEqual([false, true, 'computer']);
  });

  it('leads to the search, with what was wanted in it', async () => {
    const { question, place, open } = await home();
    place.showSettings();
    open({ wanted: '+4930', userId: null, mediaType: 1 });
    await expect.poll(() => question.meant).toBe('nobody');
    question.search();
    expect([question.isOpen, place.isInSettings, place.side, place.lookedFor]).toEqual([
      ...[false, false, 'people'],
      '+4930',
    ]);
  });
});
