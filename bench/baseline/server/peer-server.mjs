/** PeerServer as it comes, with room for more connections than its default. Prints its port on standard output. */
import { PeerServer } from 'peer';

PeerServer({ host: '127.0.0.1', port: 0, concurrent_limit: 20_000 }, (server) => {
  process.stdout.write(`${server.address().port}\n`);
});
