/** Calls set up and ended one after the other, some at a time, by people who take turns. */
import { cpuSeconds } from '../lib/machine';
import type { Contender, Member } from './contender';
import type { RunTimes } from './relay-load';

export interface CallsSample {
  readonly perSecond: number;
  /** Processor time of the server for a thousand calls, in seconds. */
  readonly cpuPerThousand: number;
}

const callsAtATime = 16;

export async function loadWithCalls(
  contender: Contender,
  pairs: readonly (readonly [Member, Member])[],
  { warmUpMs, measuredMs }: RunTimes,
): Promise<CallsSample> {
  const startAt = performance.now() + warmUpMs;
  const endAt = startAt + measuredMs;
  const counted = { calls: 0, cpu: 0, at: 0 };
  // Each worker has pairs of its own: nobody is called twice at once.
  const worker = async (own: readonly (readonly [Member, Member])[]): Promise<void> => {
    for (let turn = 0; performance.now() < endAt; turn += 1) {
      const [caller, callee] = own[turn % own.length] ?? [];
      if (!caller || !callee) return;
      // Who called is called the next time: a person may not start calls as fast as this.
      if (Math.floor(turn / own.length) % 2 === 0) await contender.call(caller, callee);
      else await contender.call(callee, caller);
      if (performance.now() < startAt) continue;
      if (counted.at === 0) {
        counted.at = performance.now();
        counted.cpu = cpuSeconds(contender.pid);
      } else counted.calls += 1;
    }
  };
  const workers = Array.from({ length: callsAtATime }, (_, n) =>
    worker(pairs.filter((_pair, index) => index % callsAtATime === n)),
  );
  await Promise.all(workers);
  const { calls, cpu, at } = counted;
  if (calls === 0) throw new Error('No call came about.');
  return {
    perSecond: (calls / (performance.now() - at)) * 1000,
    cpuPerThousand: ((cpuSeconds(contender.pid) - cpu) / calls) * 1000,
  };
}
