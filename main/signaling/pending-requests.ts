import type { ErrorCode } from '#protocol/error-code';
import type { Reply, RequestBody, RequestType, ResultOf } from '#protocol/messages';
import { parseResult } from '#protocol/parse';
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../clock';

/** Requests that any part of main may make; signing in and beating are the connection's own. */
export type OpenRequest = Exclude<RequestType, 'sign-in' | 'heartbeat'>;

/** A coded answer of the server, or offline: no answer in time. */
export type RequestError = ErrorCode | 'offline';

export type RequestResult<T extends OpenRequest> = Result<ResultOf<T>, RequestError>;

interface Pending {
  readonly text: string;
  settle(outcome: Result<unknown, RequestError>): void;
}

/**
 * The requests that still wait for their one reply. They outlive a socket: the next one carries the very same text,
 * and the server recognises the id of a command that it had already obeyed.
 */
export class PendingRequests {
  readonly #pending = new Map<string, Pending>();
  readonly #clock: Clock;
  readonly #limitMs: number;

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  add<T extends OpenRequest>(
    type: T,
    id: string,
    body: RequestBody<T>,
  ): { readonly text: string; readonly result: Promise<RequestResult<T>> } {
    const text = JSON.stringify({ ...body, type, id });
    const result = new Promise<RequestResult<T>>((resolve) => {
      const cancel = this.#clock.after(this.#limitMs, () => this.#settle(id, err('offline')));
      this.#pending.set(id, {
        text,
        settle: (outcome) => {
          cancel();
          resolve(outcome.ok ? checked(type, outcome.value) : outcome);
        },
      });
    });
    return { text, result };
  }

  /** False when nobody waits for it (any more). */
  handleReply(reply: Reply): boolean {
    return this.#settle(reply.id, reply.ok ? ok(reply.result) : err(reply.error.code));
  }

  /** What a new connection has to send again, oldest first. */
  texts(): string[] {
    return [...this.#pending.values()].map((pending) => pending.text);
  }

  failAll(): void {
    for (const id of [...this.#pending.keys()]) this.#settle(id, err('offline'));
  }

  #settle(id: string, outcome: Result<unknown, RequestError>): boolean {
    const pending = this.#pending.get(id);
    if (!pending) return false;
    this.#pending.delete(id);
    pending.settle(outcome);
    return true;
  }
}

/** A result that does not fit is the server's bug. */
function checked<T extends OpenRequest>(type: T, result: unknown): RequestResult<T> {
  const parsed = parseResult(type, result);
  return parsed.ok ? parsed : err('internal');
}
