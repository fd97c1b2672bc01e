/**
 * Loaded into every server whose memory is measured (node --import): at SIGUSR2 it collects all garbage there is and
 * gives back what it can, as V8 does by itself when a program has been idle for long. Then it says so.
 */
import { Session } from 'node:inspector';

const session = new Session();
session.connect();

function collect() {
  // The collection is a task of its own, for which an idle event loop does not wake up.
  const awake = setInterval(() => undefined, 10);
  session.post('HeapProfiler.collectGarbage', () => {
    clearInterval(awake);
    process.stderr.write('collected\n');
  });
}

// Not in the signal's own turn: there the collection would never begin.
process.on('SIGUSR2', () => setTimeout(collect, 1));
