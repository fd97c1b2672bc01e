/** The browser's WebSocket behind the Socket port of the signaling client. */
import type { SocketFactory } from '#main/signaling/ports';

/** What the network itself reports; the reconnect policy reads it as "try again". */
const lost = 1006;
/** The only code of the protocol's own that a page may close with. */
const done = 1000;

export const connectBrowserSocket: SocketFactory = (url, handlers) => {
  const socket = open(url);
  if (!socket) {
    queueMicrotask(() => handlers.onClose(lost));
    return { send: () => undefined, close: () => undefined, terminate: () => undefined };
  }
  socket.onopen = () => handlers.onOpen();
  // The protocol is text. Anything else is passed on as what it is, and the parser refuses it.
  socket.onmessage = ({ data }) => handlers.onMessage(typeof data === 'string' ? data : '');
  socket.onclose = ({ code }) => handlers.onClose(code);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(done),
    // A page cannot drop a socket: the browser ends it in its own time, and nobody waits for that.
    terminate: () => socket.close(done),
  };
};

/** A secure page may not open ws:// to another machine: the browser throws then. */
function open(url: string): WebSocket | null {
  try {
    return new WebSocket(url);
  } catch {
    return null;
  }
}
