/**
 * Puts a server together, starts it and takes it apart again. Order matters: calls are recovered before the first
 * socket, and the database closes after the last one.
 */
import { randomBytes } from 'node:crypto';
import { Admin, type AdminProblem, type NewAccount } from './admin';
import type { Group, UserProfile } from '#protocol/messages';
import { prepareClientMessages } from '#protocol/parse';
import { CallAdmin, type ListedCall, type RemovalProblem } from './calls/call-admin';
import { startTicker } from './calls/ticker';
import { repeatMs } from './auth/invitations';
import { type Base, type Parts, assemble } from './assemble';
import { systemClock } from './clock';
import { type Log, silentLog } from './log';
import { type ServerOptions, callTimes, minAppSecretChars } from './options';
import { startRecordIndexing } from './record-indexing';
import type { Whereabouts } from './sessions/handlers/invites';
import { openStore } from './store/open-store';
import { ownCertificate } from './tls/own-key';
import { certificateRenewal } from './tls/renewal';
import { type Transport, chooseTransport, isLoopback } from './transport';

const tickMs = 1_000;
const pruneMs = 60_000;
const reportMs = 60_000;
const certificateMs = 60_000;

export interface RunningServer {
  readonly port: number;
  /** What clients connect to, without the path. */
  readonly url: string;
  /** SHA-256 of the server's own key, where it shows that; see server/tls. */
  readonly keyHash?: string;
  readonly admin: RunningAdmin;
  /** One more door, with the server's own key: for the server inside the app, when colleagues shall reach it. */
  openSecure(host: string, port: number): Promise<SecureDoor>;
  close(): Promise<void>;
}

export interface SecureDoor {
  readonly port: number;
  readonly keyHash: string;
}

/** The admin of a running server. @throws Error with the problem as its message. */
export interface RunningAdmin {
  addUser(account: NewAccount): Promise<{ readonly password: string }>;
  /** Who signs in with application tokens only. False, and nothing happens, when there is a user with this id. */
  addTokenUser(user: UserProfile): Promise<boolean>;
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

async function run(
  options: ServerOptions,
  base: Omit<Base, 'whereabouts'>,
): Promise<RunningServer> {
  const { store, log, clock } = base;
  prepareClientMessages();
  const accessKey = await store.setting('access-key', randomBytes(32).toString('base64url'));
  const transport = await chooseTransport(options, store, clock.now());
  let whereabouts = whereaboutsOf(options, transport);
  const parts = assemble(
    options,
    { ...base, whereabouts: () => whereabouts },
    Buffer.from(accessKey, 'base64url'),
  );
  await parts.upkeep.recover();
  const tickers = [
    // On its own: a slow database must not make the sweep late.
    startTicker(tickMs, () => parts.sweep(), log),
    startTicker(options.tickMs ?? tickMs, () => parts.upkeep.tick(), log),
    startTicker(pruneMs, () => parts.upkeep.prune(), log),
    // One that was used in its last minute may be used again for a while.
    startTicker(pruneMs, () => store.invitations.prune(clock.now() - repeatMs), log),
    startTicker(reportMs, () => parts.report(), log),
  ];
  const stop = async (): Promise<void> => {
    await Promise.all(tickers.map((ticker) => ticker.stop()));
    await parts.close();
    await store.close();
    log('info', 'server stopped');
  };
  const openSecure = async (host: string, port: number): Promise<SecureDoor> => {
    const { keyHash, ...certificate } = await ownCertificate(store, clock.now());
    const { port: opened } = await parts.gateway.listen({ host, port, certificate });
    whereabouts = { ...whereabouts, keyHash };
    log('info', 'server opened', { host, port: opened });
    return { port: opened, keyHash };
  };
  try {
    const admin = new Admin(store, clock);
    const { renew, ...front } = await openFront(options, transport, parts, log);
    // Not before the door is open: nobody waits for it.
    tickers.push(startRecordIndexing(store.records, log));
    if (renew) tickers.push(startTicker(options.certificateMs ?? certificateMs, renew, log));
    return {
      ...front,
      admin: runningAdmin(admin, new CallAdmin({ ...base, times: callTimes(options) })),
      ...{ openSecure, close: once(stop) },
    };
  } catch (error) {
    await Promise.all(tickers.map((ticker) => ticker.stop()));
    throw error;
  }
}

const whereaboutsOf = (
  { publicAddress: address }: ServerOptions,
  { keyHash }: Transport,
): Whereabouts => ({
  ...(address === undefined ? {} : { address }),
  ...(keyHash === undefined ? {} : { keyHash }),
});

interface Front extends Pick<RunningServer, 'port' | 'url' | 'keyHash'> {
  /** Looks whether the admin's certificate was renewed, where it is the admin's. */
  readonly renew?: () => Promise<void>;
}

/** The door that clients come through. */
async function openFront(
  options: ServerOptions,
  { certificate, keyHash, reread }: Transport,
  { gateway }: Parts,
  log: Log,
): Promise<Front> {
  const host = options.host ?? '127.0.0.1';
  const scheme = certificate ? 'wss' : 'ws';
  const door = { host, port: options.port };
  const opened = await gateway.listen(certificate ? { ...door, certificate } : door);
  const { port } = opened;
  log('info', 'server started', { host, port, scheme });
  if (!certificate && !isLoopback(host)) {
    log('warn', 'plain ws beyond loopback: nobody but the proxy may reach this port');
  }
  const shownHost = host.includes(':') ? `[${host}]` : host;
  const url = `${scheme}://${shownHost}:${port}`;
  const front = { port, url, ...(keyHash === undefined ? {} : { keyHash }) };
  if (!certificate || !reread) return front;
  const { show } = opened;
  return { ...front, renew: certificateRenewal(certificate, { reread, show, log }) };
}

function runningAdmin(admin: Admin, calls: CallAdmin): RunningAdmin {
  return {
    addUser: async (account) => {
      const added = await admin.addUser(account);
      if (!added.ok) throw adminError(added.error);
      return added.value;
    },
    addTokenUser: (user) => admin.addTokenUser(user),
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
