import type { CallProblem } from '#common/problems';
import type { ErrorCode } from '#protocol/error-code';

/** What a coded answer to a call command means to the person who gave it. */
const problems: Record<ErrorCode | 'offline', CallProblem> = {
  offline: 'offline',
  unavailable: 'offline',
  'call-exists': 'call-exists',
  'in-call-elsewhere': 'in-call-elsewhere',
  blocked: 'blocked',
  'user-unknown': 'user-unknown',
  'call-self': 'call-self',
  'call-unknown': 'call-over',
  'call-ended': 'call-over',
  'wrong-state': 'call-over',
  'command-cancelled': 'call-over',
  'group-unknown': 'not-in-group',
  'not-in-group': 'not-in-group',
  'call-full': 'call-full',
  'not-a-group-call': 'not-a-group-call',
  'already-claimed': 'answered-elsewhere',
  'rate-limited': 'rate-limited',
  'bad-message': 'server-error',
  'bad-credentials': 'server-error',
  'token-expired': 'server-error',
  'device-revoked': 'server-error',
  'protocol-too-old': 'server-error',
  'too-many': 'server-error',
  'not-allowed': 'put-out',
  internal: 'server-error',
};

export function toCallProblem(code: ErrorCode | 'offline'): CallProblem {
  return problems[code];
}
