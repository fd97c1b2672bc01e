import { expect, it } from 'vitest';
import { EarlyServers } from '../../../../renderer/media/early-servers';

function counted(): { readonly servers: EarlyServers; readonly asked: () => number } {
  let asked = 0;
  const servers = new EarlyServers(() => {
    asked += 1;
    return Promise.resolve([{ urls: [`turn:${asked}`] }]);
  });
  return { servers, asked: () => asked };
}

it('asks once when a leg is about to join, and gives that answer to the first link', async () => {
  const { servers, asked } = counted();
  servers.prepare('leg-b');
  servers.prepare('leg-b');
  expect(asked()).toBe(1);
  expect(await servers.take()).toEqual([{ urls: ['turn:1'] }]);
  expect(asked()).toBe(1);
});

it('asks anew for every later question', async () => {
  const { servers } = counted();
  servers.prepare('leg-b');
  await servers.take();
  expect(await servers.take()).toEqual([{ urls: ['turn:2'] }]);
});

it('asks anew for the next leg, whose predecessor never joined', async () => {
  const { servers } = counted();
  servers.prepare('leg-b');
  servers.prepare('leg-c');
  expect(await servers.take()).toEqual([{ urls: ['turn:2'] }]);
});
