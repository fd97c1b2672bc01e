import { describe, expect, it } from 'vitest';
import { useOpenedLink } from '../../../../renderer/home/stores/opened-link';
import { invitedTo } from '../../../../renderer/home/welcome/invited-to';
import { onHomePage } from './support/home-page';

const link = 'peal:join?server=wss%3A%2F%2F192.168.1.7%3A8443&code=abc&key=def';

/** Main with the links that the system opened, in order, and a way to say that there is one more. */
async function openedLinks(...waiting: (string | null)[]) {
  let push = (): void => undefined;
  const store = onHomePage(
    {
      takeLink: () => Promise.resolve(waiting.shift() ?? null),
      onLinkOpened: (listener) => {
        push = () => listener(null);
        return () => undefined;
      },
    },
    () => useOpenedLink(),
  );
  await store.start();
  return { store, waiting, push: () => push() };
}

describe('an invitation that the system opened', () => {
  it('waits until it is taken, and is taken once', async () => {
    const { store } = await openedLinks(link);
    expect(store.link).toBe(link);
    expect(store.take()).toBe(link);
    expect([store.link, store.take()]).toEqual([null, '']);
  });

  it('may come later, when somebody is signed in already', async () => {
    const { store, waiting, push } = await openedLinks(null);
    expect(store.link).toBe(null);
    waiting.push(link);
    push();
    await expect.poll(() => store.link).toBe(link);
  });

  it('stays when main has nothing newer', async () => {
    const { store, push } = await openedLinks(link);
    push();
    await Promise.resolve();
    expect(store.link).toBe(link);
  });
});

describe('the server an invitation leads to', () => {
  it.each([
    [link, '192.168.1.7:8443'],
    ['peal:join?server=wss%3A%2F%2Fphone.example.com&code=abc', 'phone.example.com'],
    ['peal:join?code=abc', ''],
    ['peal:join?server=nonsense', ''],
    ['hello', ''],
    ['', ''],
  ])('of %j reads %j', (text, host) => {
    expect(invitedTo(text)).toBe(host);
  });
});
