/** What is fetched for updates: no more than allowed, in time, and from where it was asked for. */
import { mayFetch } from './addresses';

/** As `fetch`; Electron's own knows the proxy and the certificates of the system. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

interface FetchInit {
  readonly redirect: 'error';
  readonly cache: 'no-store';
  readonly credentials: 'omit';
  readonly signal: AbortSignal;
}

export interface FetchLimits {
  readonly bytes: number;
  readonly ms: number;
  /** Ends it before its time. */
  readonly ended?: AbortSignal;
}

type Take = (piece: Uint8Array) => void | Promise<void>;

/** Hands over what arrives, piece by piece. Rejects when anything is not as it should be. */
export async function receive(
  fetch: Fetch,
  url: string,
  limits: FetchLimits,
  take: Take,
): Promise<void> {
  if (!mayFetch(url)) throw new Error('the address is neither https nor on this computer');
  limits.ended?.throwIfAborted();
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, ...(limits.ended ? [limits.ended] : [])]);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  late.catch(() => undefined);
  const timer = setTimeout(() => ending.abort(new Error('it takes too long')), limits.ms);
  try {
    const asked = { redirect: 'error', cache: 'no-store', credentials: 'omit', signal } as const;
    const answer = await Promise.race([fetch(url, asked), late]);
    if (answer.status !== 200 || !answer.body) throw new Error(`the answer was ${answer.status}`);
    await readAll(answer.body, { maxBytes: limits.bytes, late, take });
  } finally {
    clearTimeout(timer);
    // The only thing that closes a connection of Electron's fetch whose answer is not read to its end.
    ending.abort();
  }
}

interface Reading {
  readonly maxBytes: number;
  /** Rejects once the time is over or nobody wants it any more: a read of Electron's does not end by itself then. */
  readonly late: Promise<never>;
  readonly take: Take;
}

async function readAll(
  body: NonNullable<Response['body']>,
  { maxBytes, late, take }: Reading,
): Promise<void> {
  const reader = body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  let received = 0;
  for (;;) {
    const { done, value } = await Promise.race([reader.read(), late]);
    if (done) return;
    received += value.byteLength;
    if (received > maxBytes) throw new Error('it is larger than it may be');
    await take(value);
  }
}

export async function fetchSmall(fetch: Fetch, url: string, limits: FetchLimits): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await receive(fetch, url, limits, (piece) => void pieces.push(piece));
  return Buffer.concat(pieces);
}

/** Of what did not work. Never the address: it may name a server that is nobody's business. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.message : String(error);
}
