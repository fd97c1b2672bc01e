/**
 * The link that lets one colleague in: `peal:join?server=…&code=…&key=…`. It comes from anywhere (a mail, a chat, the
 * system), so everything about it is checked, and what is not well formed is no link.
 */
import { limits } from '#protocol/limits';
import { type Result, err, ok } from '#protocol/result';
import { type ServerAddress, parseServerAddress } from '../signaling/server-address';

export interface InvitationLink {
  readonly address: ServerAddress;
  readonly code: string;
  /** SHA-256 of the server's public key (SPKI, base64url); absent where its certificate is an ordinary one. */
  readonly keyHash?: string;
}

const start = 'peal:join?';
const longest = 2048;
const codePattern = new RegExp(`^[A-Za-z0-9_-]{1,${limits.inviteChars}}$`);
const keyPattern = /^[A-Za-z0-9_-]{43}$/;

/** Whether a text means to be an invitation: for telling it apart from other arguments of a command line. */
export function looksLikeInvitation(text: string): boolean {
  return text.toLowerCase().startsWith('peal:');
}

export function parseInvitationLink(text: string): Result<InvitationLink, 'bad-link'> {
  const link = text.trim();
  if (link.length > longest || !link.toLowerCase().startsWith(start)) return err('bad-link');
  const query = new URLSearchParams(link.slice(start.length));
  const [server, code, key] = [once(query, 'server'), once(query, 'code'), once(query, 'key')];
  if (!server || !code || key === null || !codePattern.test(code)) return err('bad-link');
  const address = parseServerAddress(server);
  if (!address.ok) return err('bad-link');
  if (key === undefined) return ok({ address: address.value, code });
  // A key that could not be checked would be a promise that nobody keeps.
  const isCheckable = keyPattern.test(key) && address.value.url.startsWith('wss:');
  return isCheckable ? ok({ address: address.value, code, keyHash: key }) : err('bad-link');
}

export function makeInvitationLink({ address, code, keyHash }: InvitationLink): string {
  const server = new URL(address.url);
  const query = new URLSearchParams({ server: `${server.protocol}//${server.host}`, code });
  if (keyHash !== undefined) query.set('key', keyHash);
  return start + query.toString();
}

/** Undefined: not there. Null: there more than once, and nobody can say which one counts. */
function once(query: URLSearchParams, name: string): string | undefined | null {
  const values = query.getAll(name);
  return values.length > 1 ? null : values[0];
}
