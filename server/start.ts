/**
 * Puts a server together, starts it and takes it apart again. Order matters: calls are recovered before the first
 * socket, and the database closes after the last one.
 */
import { randomBytes } from 'node:crypto';
import { Admin, type AdminProblem, type NewAccount } from './admin';
import type { Group, UserProfile } from '#protocol/messages';
import { CallAdmin, type ListedCall, type RemovalProblem } from './calls/call-admin';
import { startTicker } from './calls/ticker';
import { type Base, assemble } from './assemble';
import { systemClock } from './clock';
import { silentLog } from './log';
import { type ServerOptions, callTimes, minAppSecretChars } from './options';
import { openStore } from './store/open-store';

const tickMs = 1_000;
const pruneMs = 60_000;
const reportMs = 60_000;

export interface RunningServer {
  readonly port: number;
  /** What clients connect to, without the path. */
  readonly url: string;
  readonly admin: RunningAdmin;
  close(): Promise<void>;
}

/** The admin of a running server. @throws Error with the problem as its message. */
export interface RunningAdmin {
  addUser(account: NewAccount): Promise<{ readonly password: string }>;
  addGroup(group: Group): Promise<void>;
  listUsers(): Promise<readonly UserProfile[]>;
  listCalls(): Promise<readonly ListedCall[]>;
  /** Within a second or so the user is out of the call (23), and the others hear of it (33). */
  removeFromCall(callId: string, userId: string): Promise<void>;
}

/** @throws when the options make no sense, the database cannot be opened or the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { appSecret, log = silentLog, clock = systemClock } = options;
  if (appSecret !== undefined && appSecret.length < minAppSecretChars) {
    throw new Error(`The application's secret needs at least ${minAppSecretChars} characters.`);
  }
  const opened = await openStore(options, log);
  const store = options.wrapStore?.(opened) ?? opened;
  try {
    return await run(options, { store, log, clock });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function run(options: ServerOptions, base: Base): Promise<RunningServer> {
  const { store, log } = base;
  const host = options.host ?? '127.0.0.1';
  const accessKey = await store.setting('access-key', randomBytes(32).toString('base64url'));
  const parts = assemble(options, base, Buffer.from(accessKey, 'base64url'));
  await parts.upkeep.recover();
  const tickers = [
    // On its own: a slow database must not make the sweep late.
    startTicker(tickMs, () => parts.sweep(), log),
    startTicker(tickMs, () => parts.upkeep.tick(), log),
    startTicker(pruneMs, () => parts.upkeep.prune(), log),
    startTicker(reportMs, () => parts.report(), log),
  ];
  const stop = async (): Promise<void> => {
    await Promise.all(tickers.map((ticker) => ticker.stop()));
    await parts.close();
    await store.close();
    log('info', 'server stopped');
  };
  try {
    const port = await parts.gateway.listen(options.port, host);
    log('info', 'server started', { host, port });
    const shownHost = host.includes(':') ? `[${host}]` : host;
    return {
      ...{ port, url: `ws://${shownHost}:${port}` },
      admin: runningAdmin(
        new Admin(store, base.clock),
        new CallAdmin({ ...base, times: callTimes(options) }),
      ),
      close: once(stop),
    };
  } catch (error) {
    await Promise.all(tickers.map((ticker) => ticker.stop()));
    throw error;
  }
}

function runningAdmin(admin: Admin, calls: CallAdmin): RunningAdmin {
  return {
    addUser: async (account) => {
      const added = await admin.addUser(account);
      if (!added.ok) throw adminError(added.error);
      return added.value;
    },
    addGroup: async (group) => {
      const added = await admin.addGroup(group);
      if (!added.ok) throw adminError(added.error);
    },
    listUsers: () => admin.listUsers(),
    listCalls: () => calls.list(),
    removeFromCall: async (callId, userId) => {
      const removed = await calls.remove(callId, userId);
      if (!removed.ok) throw adminError(removed.error);
    },
  };
}

const adminError = (problem: AdminProblem | RemovalProblem): Error => new Error(problem);

function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | null = null;
  return () => (result ??= work());
}
