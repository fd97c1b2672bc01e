import type { SignInProblem } from '#common/problems';

/** What only the desktop app can meet: its own server, invitations with the key they pin, a token behind a key store. */
type DesktopProblem =
  'embedded-failed' | 'bad-link' | 'invitation-void' | 'wrong-key' | 'secret-lost';

/** Why there is no connection, as a code for programs. */
export type ConnectProblem = Exclude<SignInProblem, DesktopProblem>;

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
  const known = isOfPages(problem) ? problem : 'server-error';
  return { ok: false, problem: known, message: messages[known] };
}

function isOfPages(problem: SignInProblem): problem is ConnectProblem {
  return problem in messages;
}
