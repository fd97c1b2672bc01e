import type { SignInProblem } from '#common/problems';

/** Why there is no connection, as a code for programs. The server inside the desktop app is no matter of a page. */
export type ConnectProblem = Exclude<SignInProblem, 'embedded-failed'>;

export interface Failure {
  readonly ok: false;
  readonly problem: ConnectProblem;
  /** The same in words, for a developer. */
  readonly message: string;
}

const messages: Record<ConnectProblem, string> = {
  'bad-address': 'The url is no address of a server, or it is ws:// to another computer.',
  unreachable: 'Nobody answers there, or the server does not allow pages of this origin.',
  'bad-credentials': 'The server does not take this token: wrong secret, or it has expired.',
  'device-revoked': 'This device was signed out from elsewhere.',
  replaced: 'Another page has signed in as the same device.',
  version: 'This package and the server do not speak the same version.',
  'rate-limited': 'Too many tries: wait a little.',
  'server-error': 'The server could not do it.',
};

export function failure(problem: SignInProblem): Failure {
  const known = problem === 'embedded-failed' ? 'server-error' : problem;
  return { ok: false, problem: known, message: messages[known] };
}
