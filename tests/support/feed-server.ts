/** A server of this machine with a feed, its signature and its files; a test may break any of them. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** As it stands in a configuration. */
  readonly publicKey: string;
}

export interface FeedServer {
  readonly origin: string;
  readonly feedAddress: string;
  /** By path; what is not there is not found. */
  answers: Record<string, Answer>;
  /** Paths that were asked for, in order. */
  asked: string[];
  /** Puts a feed there and gives its bytes. */
  publish(feed: object, key: SigningKey): Buffer;
  close(): Promise<void>;
}

export function makeSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, publicKey: der.subarray(-32).toString('base64') };
}

export const send =
  (body: Buffer | string): Answer =>
  (_request, response) =>
    response.end(body);

export const redirect =
  (location: string): Answer =>
  (_request, response) =>
    response.writeHead(302, { location }).end();

/** Begins with the right bytes and the right length, and then the line is gone. */
export const cutOff =
  (body: Buffer): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
  };

/** Sends as fast as it is read, and never ends. */
export const endless: Answer = (_request, response) => {
  const more = (): void => {
    while (response.write('x'.repeat(65_536)));
  };
  response.on('drain', more);
  more();
};

/** Begins and then says nothing any more. */
export const silent: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  response.write('{');
};

export async function startFeedServer(): Promise<FeedServer> {
  const http = createServer((request, response) => {
    const path = request.url ?? '';
    server.asked.push(path);
    const answer = server.answers[path];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: FeedServer = {
    origin,
    feedAddress: `${origin}/feed.json`,
    answers: {},
    asked: [],
    publish: (feed, key) => {
      const bytes = Buffer.from(JSON.stringify(feed));
      server.answers['/feed.json'] = send(bytes);
      server.answers['/feed.json.sig'] = send(
        `${sign(null, bytes, key.privateKey).toString('base64')}\n`,
      );
      return bytes;
    },
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}
