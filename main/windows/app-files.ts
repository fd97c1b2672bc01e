/** What a request to app://peal/… may read, and the headers that go with it. */
import { basename, extname, join, normalize, sep } from 'node:path';

const policyWith = (...connections: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    ['connect-src', "'self'", ...connections].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** No page of ours talks to the network: the socket is main's, media goes peer to peer. */
export const contentSecurityPolicy = policyWith();

/** But Echo, a caller of its own, with the server inside the app. */
const echoPolicy = policyWith('ws://127.0.0.1:*');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
};

/** The file below `root` that a URL names, or null: another host, a path that leaves the folder, an unknown kind. */
export function fileFor(root: string, url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { host, pathname } = new URL(url);
  if (host !== 'peal') return null;
  const path = decodePath(pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(root, path));
  const inside = file.startsWith(normalize(root) + sep);
  return inside && extname(file) in contentTypes ? file : null;
}

export function headersFor(file: string): Record<string, string> {
  return {
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': basename(file) === 'echo.html' ? echoPolicy : contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
