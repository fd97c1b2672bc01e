/**
 * Joins two addresses, byte for byte: every connection to the first is led to the second. An address is a path of a
 * Unix socket, or host:port. Runs as a process of its own, because an address in a network namespace can only be
 * reached from a process in there; the path of a Unix socket is reached from everywhere.
 *
 *   node tunnel.mjs LISTEN CONNECT
 *
 * Says `listening PORT` when ready.
 */
import { connect, createServer } from 'node:net';

/** @param {string} text */
const address = (text) => {
  if (text.startsWith('/')) return { path: text };
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
};

const [listen = '', target = ''] = process.argv.slice(2);

const server = createServer((near) => {
  const far = connect(address(target));
  near.pipe(far);
  far.pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
});
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.listen(address(listen), () => {
  const bound = server.address();
  process.stdout.write(`listening ${typeof bound === 'object' ? bound?.port : bound}\n`);
});
