/**
 * A bare relay on ws: who connects says its name in the address, what comes is read once to find out for whom it is,
 * and the very bytes go on. Nothing is checked, nothing is made into text again.
 * Prints its port on one line of standard output.
 */
import { WebSocketServer } from 'ws';

const sockets = new Map();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('listening', () => process.stdout.write(`${server.address().port}\n`));
server.on('connection', (socket, request) => {
  const user = request.url.slice(request.url.indexOf('=') + 1);
  sockets.set(user, socket);
  socket.on('message', (bytes) => {
    sockets.get(JSON.parse(bytes).to)?.send(bytes, { binary: false });
  });
  socket.on('close', () => sockets.delete(user));
});
