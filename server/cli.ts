/** peal-server. Exit codes: 0 done, 1 it failed (said in words on stderr), 2 it was called wrongly. */
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { makeInvitation } from './auth/invitations';
import { Admin, type AdminProblem } from './admin';
import { CallAdmin, type ListedCall, type RemovalProblem } from './calls/call-admin';
import { type Command, type Invocation, readArguments, usage } from './cli-arguments';
import { systemClock } from './clock';
import type { ConfigFile } from './config-file';
import { invitationLink } from './invitation-link';
import { jsonLog, silentLog } from './log';
import { type ServerOptions, callTimes } from './options';
import { startServer } from './start';
import { openStore } from './store/open-store';
import type { Store } from './store/store';
import { chooseTransport } from './transport';

const defaultPort = 7325;

const problemWords: Record<AdminProblem | RemovalProblem, string> = {
  'bad-id':
    'An id has letters, digits and . _ @ - only, begins with a letter or digit, at most 64.',
  'bad-name': 'The name is empty, longer than 100 characters or has control characters in it.',
  'bad-password': 'The password is empty or longer than 256 characters.',
  taken: 'This id exists already.',
  'member-unknown': 'One of the members is no user of this server.',
  'too-large': 'The group has more than 200 members, or one of them is in too many large groups.',
  'call-unknown': 'There is no such call.',
  'not-in-call': 'This user is not in this call, or the call is over.',
};

async function main(args: readonly string[]): Promise<number> {
  // What is written holds password hashes and the signing key.
  process.umask(0o077);
  const invocation = readArguments(args);
  if (!invocation.ok) {
    console.error(invocation.error);
    return 2;
  }
  const { command } = invocation.value;
  try {
    if (command.name === 'help') console.log(usage);
    else if (command.name === 'serve') await serve(invocation.value, command);
    else return await administer(invocation.value, command);
    return 0;
  } catch (error) {
    console.error(inWords(error));
    return 1;
  }
}

/** Runs until it is told to stop; a second signal does not wait any more. */
async function serve(
  { config, place }: Invocation,
  { logLevel }: Extract<Command, { name: 'serve' }>,
): Promise<void> {
  const log = jsonLog((line) => process.stdout.write(line), logLevel);
  const stopped = new Promise<void>((resolve) => {
    const stop = (): void => resolve();
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
  const server = await startServer({ ...serverOptions(config), ...place, log });
  await stopped;
  await server.close();
}

function serverOptions({
  data: _data,
  database: _database,
  port,
  ringSeconds,
  joinSeconds,
  graceSeconds,
  ...same
}: ConfigFile): Omit<ServerOptions, 'data' | 'databaseUrl'> {
  return {
    port: port ?? defaultPort,
    ...(ringSeconds !== undefined && { ringMs: ringSeconds * 1000 }),
    ...(joinSeconds !== undefined && { joinMs: joinSeconds * 1000 }),
    ...(graceSeconds !== undefined && { graceMs: graceSeconds * 1000 }),
    ...same,
  };
}

type AdminCommand = Exclude<Command, { name: 'help' | 'serve' }>;

type CallCommand = Extract<AdminCommand, { name: `call ${string}` }>;
type InviteCommand = Extract<AdminCommand, { name: 'invite' }>;
type AccountCommand = Exclude<AdminCommand, CallCommand | InviteCommand>;

async function administer({ place, config }: Invocation, command: AdminCommand): Promise<number> {
  const store = await openStore(place, silentLog);
  const clock = systemClock;
  try {
    if (command.name === 'call list' || command.name === 'call remove') {
      const times = callTimes(serverOptions(config));
      return await runCallAdmin(new CallAdmin({ store, clock, times }), command);
    }
    if (command.name === 'invite') return await invite(store, config, command);
    return await runAdmin(new Admin(store, clock), command);
  } finally {
    await store.close();
  }
}

async function runAdmin(admin: Admin, command: AccountCommand): Promise<number> {
  switch (command.name) {
    case 'user add':
      return addUser(admin, command);
    case 'user list':
      for (const { userId, name } of await admin.listUsers()) console.log(`${userId}\t${name}`);
      return 0;
    case 'group add': {
      const { groupId, displayName, memberIds } = command;
      const added = await admin.addGroup({ groupId, name: displayName, memberIds });
      return added.ok ? 0 : complain(added.error);
    }
    case 'group list':
      for (const { groupId, name, memberIds } of await admin.listGroups()) {
        console.log(`${groupId}\t${name}\t${memberIds.join(',')}`);
      }
      return 0;
  }
}

/** The key is in the link where the server, with this configuration, shows its own. */
async function invite(
  store: Store,
  config: ConfigFile,
  { address }: InviteCommand,
): Promise<number> {
  const nowMs = systemClock.now();
  const { keyHash } = await chooseTransport(config, store, nowMs);
  const made = await makeInvitation({ store, createdBy: null, nowMs });
  if (!made.ok) throw new Error(made.error);
  const { code, expiresAt } = made.value;
  console.log(invitationLink({ address, code, ...(keyHash === undefined ? {} : { keyHash }) }));
  console.log(`For one colleague, until ${new Date(expiresAt).toISOString()}.`);
  return 0;
}

async function runCallAdmin(admin: CallAdmin, command: CallCommand): Promise<number> {
  if (command.name === 'call list') {
    for (const call of await admin.list()) console.log(lineOf(call));
    return 0;
  }
  const removed = await admin.remove(command.callId, command.userId);
  return removed.ok ? 0 : complain(removed.error);
}

function lineOf({ callId, userIds, ageMs, stage }: ListedCall): string {
  return [callId, userIds.join(','), `${Math.floor(ageMs / 1000)} s`, stage].join('\t');
}

async function addUser(
  admin: Admin,
  command: Extract<Command, { name: 'user add' }>,
): Promise<number> {
  const { userId, displayName } = command;
  const password = await readPassword(command.passwordFromStdin);
  const given = password === null ? {} : { password };
  const added = await admin.addUser({ userId, name: displayName, ...given });
  if (!added.ok) return complain(added.error);
  if (password === null) {
    console.log(`The password of ${userId}, shown only now: ${added.value.password}`);
  }
  return 0;
}

/** Null: one is to be made. */
async function readPassword(fromStdin: boolean): Promise<string | null> {
  if (fromStdin) return (await text(process.stdin)).replace(/\r?\n$/, '');
  if (!process.stdin.isTTY || !process.stdout.isTTY) return null;
  const typed = await askHidden('Password (empty: make one): ');
  return typed === '' ? null : typed;
}

/** What is typed goes to a stream that shows nothing. */
function askHidden(question: string): Promise<string> {
  process.stdout.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silence, terminal: true });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(''));
    lines.question('', (answer) => {
      resolve(answer);
      lines.close();
      process.stdout.write('\n');
    });
  });
}

function complain(problem: AdminProblem | RemovalProblem): number {
  console.error(problemWords[problem]);
  return 1;
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return 'The server failed.';
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'The port is in use by another program. Choose one by --port.';
  if (code === 'EACCES') return 'The system does not allow this port or folder.';
  if (code === 'ECONNREFUSED') return 'The database does not answer.';
  return error.message;
}

process.exitCode = await main(process.argv.slice(2));
