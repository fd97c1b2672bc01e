/** What takes part in the comparison: a server that passes messages on, and how its clients speak to it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { type Child, run, startChild } from '../../tests/support/child';
import type { Cleanup } from '../../tests/support/cleanup';
import { repositoryRoot } from '../../tests/support/scratch';
import type { LoadSocket } from './load-socket';

export interface Member {
  readonly user: string;
  readonly socket: LoadSocket;
}

export interface Contender {
  readonly pid: number;
  readonly process: Child;
  /** A connection of this user that may send now. */
  join(user: string): Promise<Member>;
  /** Puts both where they may send each other signals; gives what either sends to the other, over and over. */
  link(one: Member, other: Member): Promise<readonly [Buffer, Buffer]>;
  /** How a signal begins as it is delivered. */
  readonly signalPrefix: string;
  /** One call, from the invitation to the hang-up. */
  call(caller: Member, callee: Member): Promise<void>;
  /** One message of 1.2 kB each way. */
  exchange(member: Member): Promise<void>;
  /** What a client that does nothing says now and then, so as not to count as gone. */
  beat(member: Member): void;
}

export type StartContender = (cleanup: Cleanup) => Promise<Contender>;

/** What a candidate looks like on its way: the same for every contender. */
export const candidate = JSON.stringify({
  kind: 'candidate',
  candidate:
    'candidate:842163049 1 udp 1677729535 203.0.113.141 54321 typ srflx raddr 192.168.1.24 rport 54321 generation 0 ufrag Ab3d network-cost 999',
  sdpMid: '0',
  sdpMLineIndex: 0,
});

export const largeText = 'x'.repeat(1_150);

/** The server on one core, the load on another: neither takes the time of the other. */
const cores = { server: 0, load: 1 } as const;
export const isPinned = existsSync('/usr/bin/taskset') && availableParallelism() > cores.load;
/** Where only the server under test should work. */
export const serverCore = isPinned ? cores.server : undefined;

export async function pinLoad(): Promise<void> {
  if (!isPinned) return;
  await run('taskset', ['-a', '-c', '-p', String(cores.load), String(process.pid)]);
}

interface ServerProgram {
  readonly program: string;
  readonly args: readonly string[];
  /** Where it says its port. */
  readonly port: RegExp;
}

/** Starts a Node program whose garbage can be collected from outside; gives it with its port. */
export async function startServerProgram({
  program,
  args,
  port,
}: ServerProgram): Promise<{ readonly process: Child; readonly port: number }> {
  const collector = join(repositoryRoot, 'bench/baseline/server/collect-on-signal.mjs');
  const node = [process.execPath, '--import', collector, program, ...args];
  const command = isPinned ? ['taskset', '-c', String(cores.server), ...node] : node;
  const [file = '', ...rest] = command;
  const child = startChild(file, rest, { env: { NODE_ENV: 'production' } });
  return { process: child, port: Number(await child.firstMatch(port)) };
}
