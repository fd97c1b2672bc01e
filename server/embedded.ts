/**
 * The server inside the app ("Try it on this computer"): runs in Electron's utilityProcess. It obeys its parent only
 * and ends with it.
 */
import { EmbeddedHost, type StartedHost } from './embedded-host';
import { jsonLog } from './log';
import type { SecureDoor } from './start';

type FromParent =
  | { readonly type: 'start'; readonly data: string; readonly name: string }
  | { readonly type: 'open' }
  | { readonly type: 'stop' };

type ToParent =
  | ({ readonly type: 'started' } & StartedHost)
  | { readonly type: 'failed'; readonly message: string }
  | ({ readonly type: 'opened' } & SecureDoor)
  | { readonly type: 'open-failed'; readonly message: string };

/** What utilityProcess gives its child; typed here, so that the server does not know Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: ToParent): void;
}

/** Only what went wrong: the parent lets it through to its own standard error. */
const log = jsonLog((line) => process.stderr.write(line), 'warn');

process.umask(0o077);
const parent = (process as { readonly parentPort?: ParentPort }).parentPort;
if (!parent) throw new Error('This program is started by the app.');

let host: EmbeddedHost | null = null;
/** One after the other: a stop waits for the start. */
let work: Promise<void> = Promise.resolve();

parent.on('message', ({ data }) => {
  const message = data as FromParent;
  work = work.then(() => obey(message, parent));
});

async function obey(message: FromParent, port: ParentPort): Promise<void> {
  switch (message.type) {
    case 'start':
      await start(message, port);
      return;
    case 'open':
      await open(port);
      return;
    case 'stop':
      await host?.close();
      process.exit(0);
  }
}

async function start(
  { data, name }: Extract<FromParent, { type: 'start' }>,
  port: ParentPort,
): Promise<void> {
  if (host) return;
  host = new EmbeddedHost(data, log);
  try {
    port.postMessage({ type: 'started', ...(await host.start(name)) });
  } catch (error) {
    port.postMessage({ type: 'failed', message: reasonOf(error) });
  }
}

async function open(port: ParentPort): Promise<void> {
  try {
    if (!host) throw new Error('The server does not run.');
    port.postMessage({ type: 'opened', ...(await host.open()) });
  } catch (error) {
    port.postMessage({ type: 'open-failed', message: reasonOf(error) });
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
