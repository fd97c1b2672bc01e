import { expect, it } from 'vitest';
import type { UpdateNews, UpdateState, UpdateStep } from '#common/ipc';
import { useUpdate } from '../../../../renderer/home/stores/update';
import { onHomePage } from './support/home-page';

const news = (step: UpdateStep): UpdateNews => ({
  ...{ version: '1.2.0', notes: { en: [], 'zh-CN': [] }, hasPage: true, step },
});

/** Main, whose look at the feed ends when the test says so. */
async function updates() {
  let push: (state: UpdateState) => void = () => undefined;
  let endLook: (isRead: boolean) => void = () => undefined;
  const store = onHomePage(
    {
      getUpdate: () => Promise.resolve({ isOn: true, news: null }),
      checkForUpdate: () => new Promise<boolean>((resolve) => (endLook = resolve)),
      installUpdate: () => Promise.resolve({ ok: false as const, error: 'in-call' as const }),
      dismissUpdate: () => Promise.resolve(null),
      onUpdateChanged: (listener) => {
        push = listener;
        return () => undefined;
      },
    },
    () => useUpdate(),
  );
  await store.start();
  const tell = (step: UpdateStep | null): void => push({ isOn: true, news: step && news(step) });
  return { store, tell, endLook: (isRead: boolean) => endLook(isRead) };
}

it('looks only as long as the feed is read, however long the download goes on', async () => {
  const { store, tell, endLook } = await updates();
  const looked = store.check();
  expect(store.look).toBe('looking');
  tell('fetching');
  endLook(true);
  await looked;
  expect([store.look, store.news?.step]).toEqual(['idle', 'fetching']);
  tell('ready');
  expect([store.look, store.news?.step]).toEqual(['idle', 'ready']);
});

it.each([
  [true, 'newest'],
  [false, 'failed'],
])('after a look that ended with %s and found nothing says %s', async (isRead, look) => {
  const { store, endLook } = await updates();
  const looked = store.check();
  endLook(isRead);
  await looked;
  expect(store.look).toBe(look);
});

it('says why a version was not installed, until the person puts it aside', async () => {
  const { store, tell } = await updates();
  tell('ready');
  await store.install();
  expect(store.problem).toBe('in-call');
  await store.dismiss();
  expect(store.problem).toBeNull();
});
