import { type Result, err, ok } from '#protocol/result';

export interface ServerAddress {
  /** The socket's URL. */
  readonly url: string;
  /** The same for a person: without the parts that are always there. */
  readonly label: string;
}

const socketPath = '/ws';
/** No name on the net is longer, and the files of the profile (storage/schemas.ts) hold no longer one. */
const longestHost = 253;

/**
 * What a person types becomes the socket's URL. Without a scheme a loopback host means ws:// and everything else
 * wss://; an explicit ws:// (or http://) to another machine is refused, because passwords would travel in clear.
 */
export function parseServerAddress(typed: string): Result<ServerAddress, 'bad-address'> {
  const { typedScheme, rest } = split(typed.trim());
  const loopback = isLoopback(toUrl('wss', rest)?.hostname ?? '');
  const usual: Scheme = loopback ? 'ws' : 'wss';
  const scheme = typedScheme === undefined ? usual : schemes[typedScheme];
  if (!scheme || (scheme === 'ws' && !loopback)) return err('bad-address');
  // Parsed under its own scheme, so that only that scheme's default port is left out.
  const url = toUrl(scheme, rest);
  if (!url || !hasOnlyHost(url) || url.host.length > longestHost) return err('bad-address');
  const label = scheme === usual ? url.host : `${scheme}://${url.host}`;
  return ok({ url: `${scheme}://${url.host}${socketPath}`, label });
}

type Scheme = 'ws' | 'wss';

const schemes: Readonly<Record<string, Scheme>> = {
  ws: 'ws',
  http: 'ws',
  wss: 'wss',
  https: 'wss',
};

function split(text: string): { readonly typedScheme?: string; readonly rest: string } {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(\S+)$/i.exec(text);
  return match?.[1] && match[2]
    ? { typedScheme: match[1].toLowerCase(), rest: match[2] }
    : { rest: text };
}

function toUrl(scheme: Scheme, rest: string): URL | null {
  const text = `${scheme}://${rest}`;
  return URL.canParse(text) ? new URL(text) : null;
}

function hasOnlyHost(url: URL): boolean {
  const path = url.pathname === '/' || url.pathname === socketPath;
  const bare = url.username + url.password + url.search + url.hash === '';
  return path && bare && url.hostname !== '';
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
