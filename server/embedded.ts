/**
 * The server inside the app ("Try it on this computer"): runs in Electron's utilityProcess, on loopback, on any free
 * port, for people who need no password. It obeys its parent only and ends with it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { signAppToken } from './auth/web-tokens';
import { jsonLog } from './log';
import { type RunningServer, startServer } from './start';

type FromParent =
  | { readonly type: 'start'; readonly data: string; readonly name: string }
  | { readonly type: 'stop' };

type ToParent =
  | {
      readonly type: 'started';
      readonly url: string;
      readonly userId: string;
      readonly appToken: string;
    }
  | { readonly type: 'failed'; readonly message: string };

/** What utilityProcess gives its child; typed here, so that the server does not know Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: ToParent): void;
}

const tokenLifeMs = 5 * 60_000;

/** Only what went wrong: the parent lets it through to its own standard error. */
const log = jsonLog((line) => process.stderr.write(line), 'warn');

process.umask(0o077);
const parent = (process as { readonly parentPort?: ParentPort }).parentPort;
if (!parent) throw new Error('This program is started by the app.');

let running: Promise<RunningServer> | null = null;

parent.on('message', ({ data }) => {
  const message = data as FromParent;
  if (message.type === 'stop') void stop();
  else running ??= start(message, parent);
});

function start(
  { data, name: typed }: Extract<FromParent, { type: 'start' }>,
  port: ParentPort,
): Promise<RunningServer> {
  const appSecret = randomBytes(32).toString('base64url');
  const starting = startServer({ data, port: 0, appSecret, log });
  starting.then(
    async ({ url }) => {
      // A pasted tab is no reason to refuse a name.
      const name = typed.replace(/\s+/g, ' ');
      const userId = userIdFor(name);
      // Signing in with it makes the user, with this name.
      const appToken = await signAppToken({ userId, name }, appSecret, Date.now() + tokenLifeMs);
      port.postMessage({ type: 'started', url, userId, appToken });
    },
    (error: unknown) => {
      const message = error instanceof Error ? error.message : 'unknown';
      port.postMessage({ type: 'failed', message });
    },
  );
  return starting;
}

async function stop(): Promise<void> {
  // A start that failed has told so already and left nothing to close.
  const server = await running?.catch(() => null);
  await server?.close();
  process.exit(0);
}

/** Readable where the name is Latin, and always the same for the same name. */
function userIdFor(name: string): string {
  const readable = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  if (readable !== '') return readable;
  return `user-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
}
