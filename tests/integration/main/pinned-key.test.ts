/** A server known by its key, over real TLS: the right key, another one, none, and nobody who speaks. */
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer as createHttpsServer } from 'node:https';
import {
  type AddressInfo,
  type Server,
  type Socket,
  createServer as createPlainServer,
} from 'node:net';
import { type TLSSocket, createServer } from 'node:tls';
import { WebSocketServer } from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import { connectByKey, connectWebSocket } from '#main/signaling/web-socket';
import type { SocketFactory } from '#main/signaling/ports';
import { selfSignedCertificate } from '#server/tls/certificate';
import { Cleanup } from '../../support/cleanup';

const own = keyAndCertificate();
const other = keyAndCertificate();

let cleanup = new Cleanup();
afterEach(async () => {
  await cleanup.close();
  cleanup = new Cleanup();
});

describe('a server that is known by its key', () => {
  it('is spoken to when it has that key, although no authority knows it', async () => {
    const port = await webSocketServer(own);
    expect(await talk(connectByKey(own.hash), `wss://127.0.0.1:${port}/ws`)).toBe('echo hello');
  });

  it('is found by its key whatever name it is reached under', async () => {
    const port = await webSocketServer(own);
    expect(await talk(connectByKey(own.hash), `wss://localhost:${port}/ws`)).toBe('echo hello');
  });

  it('is not spoken to when somebody else answers, and hears not one byte', async () => {
    const server = await countingServer(other);
    expect(await talk(connectByKey(own.hash), `wss://127.0.0.1:${server.port}/ws`)).toBe(
      'wrong-key',
    );
    await server.over;
    expect(server.connections).toBe(1);
    expect(server.bytes).toBe(0);
  });

  it('would be told of by those bytes: the right key lets them through', async () => {
    const server = await countingServer(own);
    void talk(connectByKey(own.hash), `wss://127.0.0.1:${server.port}/ws`);
    await server.heard;
    expect(server.bytes).toBeGreaterThan(0);
  });

  it('is never spoken to in clear', async () => {
    expect(await talk(connectByKey(own.hash), 'ws://127.0.0.1:9/ws')).toBe('wrong-key');
  });

  it('that does not speak TLS, or is not there, is unreachable like any other', async () => {
    const port = await listening(createPlainServer((socket) => socket.resume().end('hello\n')));
    for (const at of [port, 9]) {
      expect(await talk(connectByKey(own.hash), `wss://127.0.0.1:${at}/ws`)).toBe(1006);
    }
  });
});

describe('a server without a pinned key', () => {
  it('is not reached by a certificate that no authority knows', async () => {
    const port = await webSocketServer(own);
    expect(await talk(connectWebSocket, `wss://127.0.0.1:${port}/ws`)).toBe(1006);
  });
});

interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
  /** Reckoned from the certificate as anybody would. */
  readonly hash: string;
}

function keyAndCertificate(): KeyAndCertificate {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cert = selfSignedCertificate(privateKey, Date.now());
  const der = createPublicKey(cert).export({ type: 'spki', format: 'der' });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert,
    hash: createHash('sha256').update(der).digest('base64url'),
  };
}

/** What came back for one message, or how the connection ended. */
function talk(connect: SocketFactory, url: string): Promise<string | number> {
  return new Promise((resolve) => {
    const socket = connect(url, {
      onOpen: () => socket.send('hello'),
      onMessage: resolve,
      onClose: resolve,
    });
    cleanup.add(() => socket.terminate());
  });
}

async function webSocketServer(certificate: KeyAndCertificate): Promise<number> {
  const server = createHttpsServer(certificate);
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => socket.send(`echo ${data.toString()}`));
  });
  return listening(server);
}

/** Counts what a client says once the handshake is done. */
async function countingServer(certificate: KeyAndCertificate) {
  let [connections, bytes] = [0, 0];
  let [hear, end] = [(): void => undefined, (): void => undefined];
  const heard = new Promise<void>((resolve) => (hear = resolve));
  const over = new Promise<void>((resolve) => (end = resolve));
  const server = createServer(certificate, (socket: TLSSocket) => {
    socket.on('data', (data: Buffer) => {
      bytes += data.length;
      hear();
    });
    socket.on('error', () => undefined);
  });
  // Whoever does not like the key may be gone before the handshake is over here.
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    socket.on('close', end);
  });
  const port = await listening(server);
  return {
    ...{ port, heard, over },
    get connections() {
      return connections;
    },
    get bytes() {
      return bytes;
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.add(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}
