/** What happens at the door: upgrades that are refused, and what /healthz says. */
import { type Socket, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#server/store/store';
import { WireServer } from '../../support/wire-server';

describe('a refused upgrade', () => {
  let server: WireServer;
  let sockets: Socket[] = [];

  beforeEach(async () => {
    server = await WireServer.start();
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets = [];
    await server.stop();
  });

  /** A client that keeps its own half open, whatever it is told. */
  const knock = async (): Promise<{ socket: Socket; answer: string }> => {
    const { port } = server.running;
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    sockets.push(socket);
    socket.on('error', () => undefined);
    const lines = ['GET /elsewhere HTTP/1.1', 'Host: x', 'Connection: Upgrade'];
    socket.write(`${[...lines, 'Upgrade: websocket'].join('\r\n')}\r\n\r\n`);
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (data: Buffer) => resolve(data.toString()));
    });
    return { socket, answer };
  };

  const health = async (): Promise<number> =>
    (await fetch(`${server.url.replace('ws://', 'http://')}/healthz`)).status;

  it('that is reset by its client leaves the server alive', async () => {
    const { socket, answer } = await knock();
    expect(answer).toContain('404');
    socket.resetAndDestroy();
    expect(await health()).toBe(200);
  });

  it('that its client holds does not keep the server from closing', async () => {
    const { socket } = await knock();
    const ended = new Promise<void>((resolve) => socket.once('end', resolve));
    await server.halt();
    await ended;
  });
});

describe('a server whose database is away', () => {
  it('says so over HTTP', async () => {
    const wrapStore = (store: Store): Store => ({
      ...store,
      ping: () => Promise.reject(new Error('away')),
    });
    const server = await WireServer.start({ wrapStore });
    try {
      const health = await fetch(`${server.url.replace('ws://', 'http://')}/healthz`);
      expect(health.status).toBe(503);
      expect(await health.json()).toEqual({ status: 'unavailable' });
    } finally {
      await server.stop();
    }
  });
});
