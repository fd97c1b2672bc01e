/** The instruments themselves, before anything is believed that they say about the product. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { run, startChild } from '../support/child';
import { startDisplay, type Display, type Rgb } from '../support/display';
import { startFaultyProxy, type FaultyProxy } from '../support/faulty-proxy';
import { looksLike, pictureColors, pictureFile, toneFile } from '../support/media-files';
import { canMakeNetworks, startNetwork } from '../support/netns';
import { startSound, type Sound } from '../support/sound';
import { waitFor } from '../support/wait';

const isOrange = (pixel: Rgb): boolean => looksLike(pixel, pictureColors.orange);

describe('a display of one’s own', () => {
  let display: Display;
  beforeAll(async () => {
    display = await startDisplay();
  });
  afterAll(async () => {
    await display.close();
  });

  it('shows a window where it is and in the colour it has', async () => {
    const player = startChild(
      'ffplay',
      [
        '-loglevel',
        'error',
        '-loop',
        '0',
        '-window_title',
        'A moving picture',
        await pictureFile('orange'),
      ],
      { env: { ...display.env, SDL_AUDIODRIVER: 'dummy' } },
    );
    try {
      const window = await display.waitForWindow('A moving picture');
      // The player maps its window before it has drawn anything.
      await waitFor(async () => (await display.screenshot()).share(window, isOrange) > 0.8, {
        what: 'an orange window',
      });
      const shot = await display.screenshot();
      expect(shot.share(window, (pixel) => looksLike(pixel, pictureColors.blue))).toBe(0);
    } finally {
      await player.close();
    }
    expect(await display.windows()).toEqual([]);
  });
});

describe('a sound card of one’s own', () => {
  let sound: Sound;
  beforeAll(async () => {
    sound = await startSound();
  });
  afterAll(async () => {
    await sound.close();
  });

  it('hears nothing while nothing is played', async () => {
    expect(await sound.hear(500)).toBeNull();
  });

  it('tells a wrong tone from the right one at the speaker', async () => {
    const player = startChild('paplay', ['--device=speaker', await toneFile(700)], {
      env: sound.env,
    });
    try {
      await sound.waitForTone(700);
      expect((await sound.hear())?.hz).toBeCloseTo(700, -1);
      await expect(sound.waitForTone(440, { withinMs: 300 })).rejects.toThrow('440 Hz');
    } finally {
      await player.close();
    }
    await sound.waitForToneGone(700);
  });

  it('feeds the microphone without an end, and not the speaker', async () => {
    await sound.feedMicrophone(await toneFile(1000));
    expect(await sound.hear(500)).toBeNull();
  });
});

describe('a bad line', () => {
  let echo: WebSocketServer;
  let proxy: FaultyProxy;
  beforeAll(async () => {
    echo = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    echo.on('connection', (socket, request) => {
      socket.send(JSON.stringify({ type: 'path', path: request.url }));
      socket.on('message', (data) => socket.send(data, { binary: false }));
    });
    await once(echo, 'listening');
    proxy = await startFaultyProxy(`ws://127.0.0.1:${(echo.address() as AddressInfo).port}`);
  });
  afterAll(async () => {
    await proxy.close();
    echo.close();
  });

  it('passes on, loses exactly what was chosen, holds back, and can be cut', async () => {
    const client = new WebSocket(`${proxy.url}/ws`);
    const seen: unknown[] = [];
    client.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString())));
    await once(client, 'open');
    await waitFor(() => seen.length === 1, { what: 'the greeting' });
    expect(seen).toEqual([{ type: 'path', path: '/ws' }]);

    const loss = proxy.lose((message) => message.type === 'b');
    const held = proxy.hold(
      (message, direction) => message.type === 'c' && direction === 'to-client',
    );
    for (const type of ['a', 'b', 'b', 'c', 'd']) client.send(JSON.stringify({ type }));
    await waitFor(() => seen.length === 4, { what: 'three echoes' });
    expect(seen.slice(1)).toEqual([{ type: 'a' }, { type: 'b' }, { type: 'd' }]);
    expect(loss.lost()).toBe(1);
    held.release();
    await waitFor(() => seen.length === 5, { what: 'the held echo' });

    proxy.cut();
    await once(client, 'close');
    const refused = new WebSocket(`${proxy.url}/ws`);
    await once(refused, 'close');
    proxy.restore();
    const again = new WebSocket(`${proxy.url}/ws`);
    await once(again, 'open');
    again.terminate();
  });
});

describe.skipIf(!canMakeNetworks)('a network of one’s own', () => {
  it('leads to the test’s loopback, loses what it is told to lose, and mends', async () => {
    const server = createServer((_, response) => response.end('here'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const network = await startNetwork();
    try {
      const port = await network.reachFromDesk('a', (server.address() as AddressInfo).port);
      const ask = (): Promise<string> => request(network.namespace('a'), port);
      expect(await ask()).toBe('here');
      expect(await reaches(network.namespace('a'), '10.91.2.2')).toBe(true);
      await network.cut('media');
      expect(await reaches(network.namespace('a'), '10.91.2.2')).toBe(false);
      expect(await ask()).toBe('here');
      await network.cut('everything');
      expect(await ask()).toBe('nothing');
      await network.mend();
      expect(await ask()).toBe('here');
      expect(await reaches(network.namespace('a'), '10.91.2.2')).toBe(true);
      const inward = await network.reachIntoDesk('a', port);
      expect(await (await fetch(`http://127.0.0.1:${inward}/`)).text()).toBe('here');
    } finally {
      await network.close();
      server.close();
    }
    expect(await run('ip', ['netns', 'list'])).not.toContain(network.namespace('a'));
  });
});

/** Whether an address answers, be it with a refusal. */
function reaches(namespace: string, address: string): Promise<boolean> {
  const knock = `const socket = require('node:net').connect({ host: '${address}', port: 9, timeout: 1000 });
    const say = (text) => { process.stdout.write(text); socket.destroy(); };
    socket.on('error', (error) => say(error.code === 'ECONNREFUSED' ? 'yes' : 'no')).on('timeout', () => say('no'))`;
  return run('ip', ['netns', 'exec', namespace, process.execPath, '-e', knock]).then(
    (answer) => answer === 'yes',
  );
}

/** Asks from inside a namespace; 'nothing' when no answer comes within a second. */
function request(namespace: string, port: number): Promise<string> {
  const ask = `fetch('http://127.0.0.1:${port}/', { signal: AbortSignal.timeout(1000) })
    .then((r) => r.text()).catch(() => 'nothing').then((t) => process.stdout.write(t))`;
  return run('ip', ['netns', 'exec', namespace, process.execPath, '-e', ask]);
}
