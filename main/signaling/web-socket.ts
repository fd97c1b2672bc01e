/** The ws library behind the Socket port. The only file of main that knows it. */
import { WebSocket } from 'ws';
import { limits, timing } from '#protocol/limits';
import type { SocketFactory } from './ports';

export const connectWebSocket: SocketFactory = (url, handlers) => {
  const socket = new WebSocket(url, {
    handshakeTimeout: timing.requestMs,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    followRedirects: false,
  });
  socket.on('open', () => handlers.onOpen());
  socket.on('message', (data: Buffer, isBinary) => {
    // The protocol is text. Anything else is passed on as what it is, and the parser refuses it.
    handlers.onMessage(isBinary ? '' : data.toString('utf8'));
  });
  // Each error is followed by close; without a listener it would be thrown.
  socket.on('error', () => undefined);
  socket.on('close', (code) => handlers.onClose(code));
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
};
