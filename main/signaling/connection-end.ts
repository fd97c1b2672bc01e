/** What the end of one connection means for the next one. */
import type { SignInProblem } from '#common/problems';
import { type CloseCode, type CloseName, closeCodes, mayRetry } from '#protocol/close-code';
import type { ErrorCode } from '#protocol/error-code';

export type ConnectionEnd =
  /** The server answered the sign-in with an error. */
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  /** The socket closed, with the server's code or one of the network. */
  | { readonly kind: 'closed'; readonly code: number }
  /** Somebody else answers at the server's address. It was told nothing. */
  | { readonly kind: 'wrong-key' }
  /** An answer did not come in time. */
  | { readonly kind: 'dead'; readonly waitedFor: 'welcome' | 'heartbeat' };

const refusals: Partial<Record<ErrorCode, SignInProblem>> = {
  'bad-credentials': 'bad-credentials',
  'token-expired': 'bad-credentials',
  'device-revoked': 'device-revoked',
  'protocol-too-old': 'version',
  'rate-limited': 'rate-limited',
  unavailable: 'unreachable',
};

const closures: Partial<Record<CloseName, SignInProblem>> = {
  'bad-credentials': 'bad-credentials',
  'device-revoked': 'device-revoked',
  replaced: 'replaced',
  'protocol-too-old': 'version',
  'rate-limited': 'rate-limited',
  done: 'server-error',
  'too-large': 'server-error',
  'bad-message': 'server-error',
};

export function problemOf(end: ConnectionEnd): SignInProblem {
  if (end.kind === 'refused') return refusals[end.code] ?? 'server-error';
  if (end.kind === 'wrong-key') return 'wrong-key';
  if (end.kind === 'dead' || !(end.code in closeCodes)) return 'unreachable';
  return closures[closeCodes[end.code as CloseCode].name] ?? 'unreachable';
}

const passing = new Set<ErrorCode>(['rate-limited', 'unavailable', 'internal']);

/**
 * Whether it makes sense to come back without asking the person. Another key passes too: a network that wants to be
 * signed in to first answers for everybody, and a server that has really changed its key needs a new invitation, which
 * nothing here can replace.
 */
export function isPassing(end: ConnectionEnd): boolean {
  if (end.kind === 'refused') return passing.has(end.code);
  return end.kind !== 'closed' || mayRetry(end.code);
}

const slow = new Set<SignInProblem>(['rate-limited', 'wrong-key']);

/** The next try is not worth making at once. */
export function isWorthWaiting(end: ConnectionEnd): boolean {
  return slow.has(problemOf(end));
}

/** The server did not take the credential, however it said so. */
export function isCredentialRefused(end: ConnectionEnd): boolean {
  return problemOf(end) === 'bad-credentials';
}

export function describeEnd(end: ConnectionEnd): string {
  if (end.kind === 'dead') return `no ${end.waitedFor} in time`;
  if (end.kind === 'wrong-key') return 'another key than the one it was known by';
  if (end.kind === 'refused') return `refused (${end.code})`;
  const name = end.code in closeCodes ? closeCodes[end.code as CloseCode].name : 'network';
  return `closed (${end.code} ${name})`;
}
