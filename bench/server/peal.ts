/** The product as a contender: the built server with its database in a file, everybody signed in by an app's token. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply, RequestBody, RequestType, ResultOf, ServerMessage } from '#protocol/messages';
import type { CallSnapshot } from '#protocol/snapshot';
import { signAppToken } from '#server/auth/web-tokens';
import { makeScratchDir, repositoryRoot } from '../../tests/support/scratch';
import { within } from '../../tests/support/wait';
import { type Contender, type Member, candidate, startServerProgram } from './contender';
import type { StartContender } from './contender';
import { textFrame } from './frames';
import { LoadSocket } from './load-socket';

const appSecret = 'a secret of the bench and nobody else';
const waitMs = 20_000;
/** A request for so many profiles is 1.2 kB, and its reply is larger. */
const profilesAsked = 75;

const heartbeat = textFrame('{"type":"heartbeat","id":"beat","calls":{},"live":{}}');

type Answer = Extract<ServerMessage, { type: 'welcome' }> | Reply;

export const startPeal: StartContender = async (cleanup) => {
  const data = cleanup.own(makeScratchDir('bench-server')).path;
  const config = join(data, 'config.json');
  // As behind a proxy: so many people do not come from one address.
  writeFileSync(config, JSON.stringify({ data, appSecret, trustProxy: true, host: '127.0.0.1' }));
  const program = join(repositoryRoot, 'out/main/peal-server.js');
  const args = ['--config', config, '--port', '0'];
  const port = /"server started".*"port":(\d+)/;
  const started = await startServerProgram({ program, args, port });
  cleanup.own(started.process);
  return contender(started);
};

function contender({ process, port }: Awaited<ReturnType<typeof startServerProgram>>): Contender {
  let joined = 0;
  return {
    ...{ process, pid: process.pid, signalPrefix: '{"type":"peer.signal"' },
    join: async (user) => {
      joined += 1;
      const office = `10.0.${(joined >> 13) & 0xff}.${(joined >> 5) & 0xff}`;
      const socket = await LoadSocket.open(port, '/ws', [`X-Forwarded-For: ${office}`]);
      const member = new PealMember(user, socket);
      await member.signIn();
      return member;
    },
    link: async (one, other) => {
      const call = await setUp(asPeal(one), asPeal(other));
      const legOf = (user: string): string =>
        call.legs.find(({ userId }) => userId === user)?.legId ?? '';
      const linkId = randomUUID();
      const frame = (from: Member, to: Member): Buffer => {
        const [fromLeg, toLeg] = [legOf(from.user), legOf(to.user)];
        const { callId } = call;
        const signal = { type: 'peer.signal', callId, fromLeg, toLeg, linkId, payload: candidate };
        return textFrame(JSON.stringify(signal));
      };
      return [frame(one, other), frame(other, one)];
    },
    call: async (caller, callee) => {
      const { callId } = await setUp(asPeal(caller), asPeal(callee));
      await asPeal(caller).request('call.leave', { callId, why: 'hangup' });
    },
    exchange: async (member) => {
      const userIds = Array.from({ length: profilesAsked }, (_, n) => `user-${100_000 + n}`);
      await asPeal(member).request('directory.profiles', { userIds: [member.user, ...userIds] });
    },
    beat: ({ socket }) => socket.send(heartbeat),
  };
}

async function setUp(caller: PealMember, callee: PealMember): Promise<CallSnapshot> {
  const invitation = { targetId: callee.user, mediaType: 2 } as const;
  const [{ callId }] = await Promise.all([
    caller.request('call.start', invitation).then(({ call }) => call),
    callee.nextSnapshot(),
  ]);
  await callee.request('call.ringing', { callId });
  await callee.request('call.claim', { callId });
  return (await callee.request('call.join', { callId })).call;
}

function asPeal(member: Member): PealMember {
  if (member instanceof PealMember) return member;
  throw new Error('This member is not of this server.');
}

class PealMember implements Member {
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #ringing: (call: CallSnapshot) => void = () => undefined;

  constructor(
    readonly user: string,
    readonly socket: LoadSocket,
  ) {
    socket.onMessage = (payload) => this.#handle(JSON.parse(payload.toString()) as ServerMessage);
  }

  async signIn(): Promise<void> {
    const token = await signAppToken({ userId: this.user }, appSecret, Date.now() + 60_000);
    const device = { deviceId: `${this.user}-desk`, name: 'Desk' };
    const credential = { kind: 'app', token } as const;
    const answer = await this.#ask('sign-in', { protocol: 1, device, credential });
    if (answer.type !== 'welcome') throw new Error(`${this.user} was not let in.`);
  }

  async request<T extends Exclude<RequestType, 'sign-in'>>(
    type: T,
    body: RequestBody<T>,
  ): Promise<ResultOf<T>> {
    const answer = await this.#ask(type, body);
    if (answer.type === 'welcome') throw new Error(`${type}: answered by a welcome`);
    if (!answer.ok) throw new Error(`${type}: ${answer.error.code}`);
    return answer.result as unknown as ResultOf<T>;
  }

  /** Of whatever call. */
  nextSnapshot(): Promise<CallSnapshot> {
    const next = new Promise<CallSnapshot>((resolve) => (this.#ringing = resolve));
    return within(next, waitMs, `a ring at ${this.user}`);
  }

  #ask(type: RequestType, body: object): Promise<Answer> {
    const id = randomUUID();
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.socket.send(textFrame(JSON.stringify({ type, id, ...body })));
    return within(answer, waitMs, `the answer to ${type}`);
  }

  #handle(message: ServerMessage): void {
    if (message.type === 'call.snapshot') this.#ringing(message.call);
    if (message.type !== 'reply' && message.type !== 'welcome') return;
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }
}
