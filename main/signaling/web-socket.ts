/** The ws library behind the Socket port. The only file of main that knows it. */
import type { Duplex } from 'node:stream';
import { type ClientOptions, WebSocket } from 'ws';
import { limits, timing } from '#protocol/limits';
import { WrongKey, connectPinned } from './pinned-connection';
import type { Socket, SocketFactory, SocketHandlers } from './ports';

/** Servers with an ordinary certificate, and those on this computer. */
export const connectWebSocket: SocketFactory = (url, handlers) => openSocket(url, handlers, {});

/** Servers that are known by their key. In clear there is no key, and so no connection. */
export function connectByKey(keyHash: string): SocketFactory {
  return (url, handlers) => openSocket(url, handlers, pinnedTo(keyHash, new URL(url)));
}

function openSocket(url: string, handlers: SocketHandlers, how: ClientOptions): Socket {
  const socket = new WebSocket(url, {
    ...how,
    handshakeTimeout: timing.requestMs,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    followRedirects: false,
  });
  let isWrongKey = false;
  socket.on('open', () => handlers.onOpen());
  socket.on('message', (data: Buffer, isBinary) => {
    // The protocol is text. Anything else is passed on as what it is, and the parser refuses it.
    handlers.onMessage(isBinary ? '' : data.toString('utf8'));
  });
  // Each error is followed by close; without a listener it would be thrown.
  socket.on('error', (error) => (isWrongKey = error instanceof WrongKey));
  socket.on('close', (code) => handlers.onClose(isWrongKey ? 'wrong-key' : code));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: (code) => {
      if (socket.readyState === WebSocket.CONNECTING) socket.terminate();
      else socket.close(code);
    },
    terminate: () => socket.terminate(),
  };
}

/**
 * The request of the WebSocket is written only on the socket that it is given, which is when the key was right: a TLS
 * socket given at once would send it together with the end of the handshake, whoever is there.
 */
function pinnedTo(keyHash: string, url: URL): ClientOptions {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 443);
  const createConnection = (_options: unknown, onDone: OnConnected): undefined => {
    if (url.protocol === 'wss:') {
      connectPinned({ host, port, keyHash, limitMs: timing.requestMs }, onDone);
    } else onDone(new WrongKey());
  };
  return { createConnection } as unknown as ClientOptions;
}

type OnConnected = (error: Error | null, socket?: Duplex) => void;
