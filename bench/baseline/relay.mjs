/**
 * A bare relay: it knows who said hello, confirms what carries a number, and forwards the very bytes.
 * Prints its port on one line of standard output.
 */
import { WebSocketServer } from 'ws';

const sockets = new Map();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('listening', () => process.stdout.write(`${server.address().port}\n`));
server.on('connection', (socket) => {
  let user;
  socket.on('message', (raw) => {
    const message = JSON.parse(raw);
    if (message.type === 'hello') {
      user = message.from;
      sockets.set(user, socket);
    }
    if (message.n !== undefined) socket.send(JSON.stringify({ type: 'ok', n: message.n }));
    sockets.get(message.to)?.send(raw, { binary: false });
  });
  socket.on('close', () => sockets.get(user) === socket && sockets.delete(user));
});
