/**
 * Counts what was refused, by kind: what a broken or hostile client tries is seen in the log without filling it. A kind
 * is made of words of this program alone; nothing that a client sent gets into it.
 */
import type { ErrorCode } from '#protocol/error-code';
import type { Log } from '../log';

/**
 * unknown-call – the sender is in no such call. not-joined – it has not accepted, or has left. forged-sender – it does
 * not hold the leg it names as its own. no-such-leg – the other leg is not joined. away – its device is offline.
 */
export type SignalRefusal =
  'unknown-call' | 'not-joined' | 'forged-sender' | 'no-such-leg' | 'away';

export type RefusalKind =
  | `signal.${SignalRefusal}`
  /** A request was answered with an error. */
  | `request.${ErrorCode}`
  | `sign-in.${ErrorCode}`
  /** It does not fit the protocol, or comes out of order. */
  | 'message.bad'
  | 'message.too-large'
  /** Closed for sending too much. */
  | 'message.flood'
  /** A command that came again and got the answer it had. */
  | 'command.repeated';

export class Refusals {
  readonly #log: Log;
  #counts = new Map<RefusalKind, number>();

  constructor(log: Log) {
    this.#log = log;
  }

  count(kind: RefusalKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /**
   * Every minute and at the end: one line, none when nothing was refused. It is a warning when something is in it that
   * a client in order does not do.
   */
  report(): void {
    if (this.#counts.size === 0) return;
    const counts = [...this.#counts].toSorted(([one], [other]) => (one < other ? -1 : 1));
    this.#counts = new Map();
    const level = counts.some(([kind]) => isSuspicious(kind)) ? 'warn' : 'info';
    this.#log(level, 'refused', Object.fromEntries(counts));
  }
}

/** That a call exists already or is over, that somebody is too fast or says it again, is daily life. */
function isSuspicious(kind: RefusalKind): boolean {
  return kind === 'request.bad-message' || /^(signal|message|sign-in)\./.test(kind);
}
