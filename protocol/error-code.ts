import Type from 'typebox';

/** Every coded error a request can be answered with. docs/protocol.md says what each asks of the client. */
export const errorCodes = [
  /** The message does not fit its schema. A bug in the client. */
  'bad-message',
  /** Too many messages of this kind; try again after a pause. */
  'rate-limited',
  /** Wrong user id, password or token. */
  'bad-credentials',
  /** The token was good but is too old: sign in with the refresh token or again. */
  'token-expired',
  /** This device was signed out by the user or an admin. */
  'device-revoked',
  /** The server does not speak this client's protocol version any more. */
  'protocol-too-old',
  /** No such user. */
  'user-unknown',
  /** No such call, or it is none of this user's business. */
  'call-unknown',
  /** The call is over. */
  'call-ended',
  /** This user or device is in an unended call already. */
  'call-exists',
  /** Another device of this user is in a call, and the user's rule is that a second one is refused. */
  'in-call-elsewhere',
  /** The other person does not take calls from this user. */
  'blocked',
  /** One cannot call oneself. */
  'call-self',
  /** Another device of the user was first. */
  'already-claimed',
  /** The command does not fit the state of the leg (join without claim, claim after decline…). */
  'wrong-state',
  /** No such group, or this user is no member. */
  'group-unknown',
  /** Somebody named is no member of the group that this call belongs to, or the user itself is none. */
  'not-in-group',
  /** The call is a private one: `call.extend` makes a group call of it. */
  'not-a-group-call',
  /** More people than one call may have. */
  'call-full',
  /** The server's admin does not allow this: invitations, or a call that the admin put this user out of. */
  'not-allowed',
  /** A list is full. */
  'too-many',
  /** The commandId was cancelled before the command came. */
  'command-cancelled',
  /** The server is stopping or its database is away; try again. */
  'unavailable',
  /** A bug in the server; the log there has more. */
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A union over a mapped list has no static type of its own, so it is named. */
export const ErrorCode = Type.Unsafe<ErrorCode>(
  Type.Union(errorCodes.map((code) => Type.Literal(code))),
);
