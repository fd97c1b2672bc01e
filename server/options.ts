/** What a server can be started with, and what is assumed where nothing is said. */
import { timing } from '#protocol/limits';
import type { IceServer } from '#protocol/messages';
import type { CallTimes } from './calls/rules/command';
import type { Clock } from './clock';
import type { Log } from './log';
import type { ConnectionTiming } from './sessions/connection';
import type { HeartbeatTiming } from './sessions/heartbeat-watch';
import type { StorePlace } from './store/open-store';
import type { Store } from './store/store';

export type ServerTiming = ConnectionTiming & HeartbeatTiming;

interface CommonOptions {
  /** On loopback, and behind a proxy that is trusted, it speaks ws; elsewhere wss (server/transport.ts). */
  readonly host?: string;
  /** 0: any free one. */
  readonly port: number;
  readonly ringMs?: number;
  readonly joinMs?: number;
  readonly graceMs?: number;
  /** Shared with an application's back end, which signs its users in with it. At least 16 characters. */
  readonly appSecret?: string;
  readonly iceServers?: readonly IceServer[];
  /** Web pages that may connect, beside the app itself. */
  readonly allowedOrigins?: readonly string[];
  readonly trustProxy?: boolean;
  /** An ordinary certificate and its key, as PEM files. */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Where clients elsewhere reach it, such as wss://peal.example: what invitations say. */
  readonly publicAddress?: string;
  /** Whether users may invite colleagues; an admin always may. */
  readonly invitations?: boolean;
  readonly log?: Log;
  /** For tests. */
  readonly clock?: Clock;
  /** For tests: how often it looks for time limits that have passed. */
  readonly tickMs?: number;
  /** For tests: how often it looks for a renewed certificate. */
  readonly certificateMs?: number;
  /** For tests: stands between the server and its database. */
  readonly wrapStore?: (store: Store) => Store;
  readonly timing?: Partial<ServerTiming>;
}

export type ServerOptions = CommonOptions & StorePlace;

export const minAppSecretChars = 16;

export function callTimes({ ringMs, joinMs, graceMs }: CommonOptions): CallTimes {
  return {
    ringMs: ringMs ?? timing.ringMs,
    joinMs: joinMs ?? timing.joinMs,
    graceMs: graceMs ?? timing.graceMs,
    lostMs: timing.lostMs,
  };
}

export function serverTiming(options: CommonOptions): ServerTiming {
  const { signInDeadlineMs, ringAckMs, heartbeatGraceIdleMs, heartbeatGraceInCallMs } = timing;
  return {
    ...{ signInDeadlineMs, ringAckMs, heartbeatGraceIdleMs, heartbeatGraceInCallMs },
    ...options.timing,
  };
}
