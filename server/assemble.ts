/** The parts of a server, joined by hand: who gets what can be read here and nowhere else. */
import type { CallRules } from '#protocol/messages';
import { Authenticator } from './auth/authenticator';
import { CallService, type DeviceOf } from './calls/call-service';
import { CallUpkeep } from './calls/call-upkeep';
import { GroupCalls } from './calls/group-calls';
import { LiveCalls } from './calls/live-calls';
import { type Clock, randomId } from './clock';
import type { Log } from './log';
import { type ServerOptions, callTimes, serverTiming } from './options';
import { MemoryPresence } from './presence/presence';
import { type DeviceReport, Standings } from './presence/standing';
import { CallPublisher } from './sessions/call-publisher';
import { Closures } from './sessions/closures';
import type { Connection, ConnectionHandlers } from './sessions/connection';
import { Gateway } from './sessions/gateway';
import type { Whereabouts } from './sessions/handlers/invites';
import { HeartbeatWatch } from './sessions/heartbeat-watch';
import { Refusals } from './sessions/refusals';
import { RequestRouter } from './sessions/request-router';
import { SessionRegistry } from './sessions/session-registry';
import { SignIn } from './sessions/sign-in';
import { SignalRelay } from './sessions/signal-relay';
import type { Store } from './store/store';

export interface Base {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  /** What invitations say of this server. */
  readonly whereabouts: () => Whereabouts;
}

export interface Parts {
  readonly upkeep: CallUpkeep;
  readonly gateway: Gateway;
  /** Every second, however slow the database is: silent connections end, quiet hours begin and end. */
  sweep(): Promise<void>;
  /** Every minute: what was refused, to the log. */
  report(): Promise<void>;
  /** Ends every connection and waits for what they had begun. */
  close(): Promise<void>;
}

/** What connections, requests and calls share. */
interface Core {
  readonly live: LiveCalls;
  readonly sessions: SessionRegistry;
  readonly standings: Standings;
  readonly presence: MemoryPresence;
  readonly groupCalls: GroupCalls;
  readonly calls: CallService;
  readonly auth: Authenticator;
  readonly refusals: Refusals;
}

export function assemble(options: ServerOptions, base: Base, accessKey: Uint8Array): Parts {
  const { store, clock, log } = base;
  const timing = serverTiming(options);
  const core = assembleCore(options, base, accessKey);
  const { live, sessions, refusals } = core;
  const closures = new Closures({ ...core, log });
  const gateway = new Gateway({
    ...{ timing, clock, refusals, log, checkHealth: () => store.ping() },
    handlers: connectionHandlers(options, base, core, closures),
    allowedOrigins: options.allowedOrigins ?? [],
    trustProxy: options.trustProxy ?? false,
  });
  const isInCall = ({ identity }: Connection): boolean =>
    identity !== null && live.isDeviceInCall(identity.userId, identity.deviceId);
  const heartbeats = new HeartbeatWatch({ clock, timing, isInCall });
  const isConnected = (device: DeviceOf): boolean => sessions.has(device);
  return {
    upkeep: new CallUpkeep({
      ...{ ...base, ...core, isConnected },
      isOnline: (userId) => sessions.isOnline(userId),
    }),
    gateway,
    sweep: () => {
      heartbeats.sweep(gateway.connections);
      core.presence.tick(clock.now());
      return Promise.resolve();
    },
    report: () => {
      refusals.report();
      return Promise.resolve();
    },
    close: async () => {
      closures.stop();
      await gateway.close();
      await closures.settled();
      refusals.report();
    },
  };
}

function assembleCore(options: ServerOptions, base: Base, accessKey: Uint8Array): Core {
  const live = new LiveCalls();
  const sessions = new SessionRegistry();
  const refusals = new Refusals(base.log);
  const standings = new Standings({
    isInCall: (userId) => live.isInCall(userId),
    connectionsOf: (userId) => sessions.ofUser(userId),
    clock: base.clock,
  });
  const presence = new MemoryPresence((userId) => standings.of(userId));
  const groupCalls = new GroupCalls(live);
  const publisher = new CallPublisher(sessions, presence, groupCalls);
  const calls = new CallService({
    ...{ ...base, live, makeId: randomId, times: callTimes(options) },
    isConnected: (device) => sessions.has(device),
    devicesOf: (userId) => sessions.devicesOf(userId),
    onRepeated: () => refusals.count('command.repeated'),
    onChange: (change) => publisher.publish(change),
  });
  const auth = new Authenticator({
    ...{ ...base, accessKey },
    ...(options.appSecret === undefined ? {} : { appSecret: options.appSecret }),
    onRevoked: (userId, deviceId) => void sessions.get({ userId, deviceId })?.close(4403),
    onJoined: (invitedBy, user) => {
      for (const device of sessions.ofUser(invitedBy))
        device.push({ type: 'profile.changed', user });
    },
  });
  return { live, sessions, standings, presence, groupCalls, calls, auth, refusals };
}

function connectionHandlers(
  options: ServerOptions,
  base: Base,
  core: Core,
  closures: Closures,
): ConnectionHandlers {
  const { live, sessions, standings, presence, refusals } = core;
  const router = new RequestRouter({
    ...{ ...base, ...core },
    areInvitesAllowed: options.invitations ?? true,
    iceServers: options.iceServers ?? [],
  });
  const onOnline = (userId: string, rules: CallRules): void => {
    standings.noteFirstRule(userId, rules.doNotDisturb);
    presence.refresh([userId]);
  };
  const onStanding = (device: object, said: DeviceReport): void =>
    standings.noteReport(device, said);
  const signIn = new SignIn({ ...base, ...core, onOnline, onStanding });
  const relay = new SignalRelay(live, sessions, refusals);
  return {
    signIn: (connection, request) => signIn.handle(connection, request),
    request: (connection, from, request) => router.handle(connection, from, request),
    signal: (from, signal, bytes) => relay.relay(from, signal, bytes),
    closed: (connection, code) => closures.handle(connection, code),
  };
}
