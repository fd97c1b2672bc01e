/** The two that know no calls: the bare relay on ws, and PeerServer. What a call needs is passed on as messages. */
import { join } from 'node:path';
import { repositoryRoot } from '../../tests/support/scratch';
import {
  type Contender,
  type Member,
  type StartContender,
  candidate,
  largeText,
  startServerProgram,
} from './contender';
import { textFrame } from './frames';
import { LoadSocket } from './load-socket';

interface Dialect {
  readonly program: string;
  readonly signalPrefix: string;
  readonly path: (user: string) => string;
  readonly message: (from: string, to: string, payload: string) => string;
  /** What the server says first; absent: nothing. */
  readonly greeting?: string;
}

/** PeerServer knows it; for the bare relay it is a message to nobody. */
const heartbeat = textFrame('{"type":"HEARTBEAT"}');

/** Invited, rings, claimed, joined, hung up: who says it, the caller (true) or the callee. */
const messagesOfCall = [true, false, false, false, true] as const;

const bareWs: Dialect = {
  program: 'ws-relay.mjs',
  signalPrefix: '{"type":"signal"',
  path: (user) => `/?user=${user}`,
  message: (from, to, payload) => JSON.stringify({ type: 'signal', from, to, payload }),
};

const peerServer: Dialect = {
  program: 'peer-server.mjs',
  signalPrefix: '{"type":"CANDIDATE"',
  path: (user) => `/peerjs?key=peerjs&id=${user}&token=${user}`,
  message: (_from, to, payload) => JSON.stringify({ type: 'CANDIDATE', dst: to, payload }),
  greeting: '{"type":"OPEN"',
};

const start =
  (dialect: Dialect): StartContender =>
  async (cleanup) => {
    const program = join(repositoryRoot, 'bench/baseline/server', dialect.program);
    const port = /^(\d+)\n/;
    const started = await startServerProgram({ program, args: [], port });
    cleanup.own(started.process);
    return contender(dialect, started);
  };

export const startBareWs = start(bareWs);
export const startPeerServer = start(peerServer);

function contender(
  { signalPrefix, path, message, greeting }: Dialect,
  { process, port }: Awaited<ReturnType<typeof startServerProgram>>,
): Contender {
  const startsWith = (prefix: string) => (payload: Buffer) =>
    payload.toString('latin1', 0, prefix.length) === prefix ? true : undefined;
  const pass = async (from: Member, to: Member, payload: string): Promise<void> => {
    const delivered = to.socket.next('a message passed on', startsWith(signalPrefix));
    from.socket.send(textFrame(message(from.user, to.user, payload)));
    await delivered;
  };
  return {
    ...{ process, pid: process.pid, signalPrefix },
    join: async (user) => {
      const socket = await LoadSocket.open(port, path(user), []);
      if (greeting !== undefined) await socket.next('the greeting', startsWith(greeting));
      return { user, socket };
    },
    link: (one, other) => {
      const frame = (from: Member, to: Member): Buffer =>
        textFrame(message(from.user, to.user, candidate));
      return Promise.resolve([frame(one, other), frame(other, one)]);
    },
    call: async (caller, callee) => {
      for (const byCaller of messagesOfCall) {
        if (byCaller) await pass(caller, callee, candidate);
        else await pass(callee, caller, candidate);
      }
    },
    exchange: (member) => pass(member, member, largeText),
    beat: ({ socket }) => socket.send(heartbeat),
  };
}
