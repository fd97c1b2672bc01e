/**
 * The closed lists of what can go wrong, as codes. The words a person reads are in renderer/locales, chosen by these
 * codes in total tables, so that a new problem without words does not compile.
 */

/** Why signing in did not work. */
export type SignInProblem =
  /** The address is no address, or not wss:// (ws:// only on this computer). */
  | 'bad-address'
  /** Nobody answers there. */
  | 'unreachable'
  /** Wrong user or password, or an expired sign-in. */
  | 'bad-credentials'
  /** This device was signed out from elsewhere. */
  | 'device-revoked'
  /** The same profile signed in from another running copy. */
  | 'replaced'
  /** App and server do not speak the same version. */
  | 'version'
  /** The server inside the app did not start. */
  | 'embedded-failed'
  /** Too many tries; wait. */
  | 'rate-limited'
  /** This is no invitation of Peal, or only a part of one. */
  | 'bad-link'
  /** The invitation was used already, or is too old, or was never made. */
  | 'invitation-void'
  /** The system's key store does not give the stored sign-in back: it is locked, or was made anew. */
  | 'secret-lost'
  /** Whoever answers there is not the server of the invitation: its key is another one. */
  | 'wrong-key'
  /** Anything the server could not explain. */
  | 'server-error';

/** Why no invitation was made. */
export type InviteProblem =
  | 'offline'
  /** The server's admin makes the accounts. */
  | 'not-allowed'
  /** Too many invitations that nobody has used yet. */
  | 'too-many'
  | 'rate-limited'
  /** The server inside the app cannot be reached from outside: no free port, no network. */
  | 'embedded-failed'
  | 'server-error';

/** Why the own name or picture stayed as it was. */
export type ProfileProblem = 'offline' | 'rate-limited' | 'server-error';

/** Why a group was not made or changed. */
export type GroupProblem =
  | 'offline'
  /** A member is no longer on the server. */
  | 'user-unknown'
  /** The group is gone, or the user is no member any more. */
  | 'group-unknown'
  | 'too-many'
  | 'rate-limited'
  | 'server-error';

/** Why a change of the own call rules did not work. */
export type RulesProblem =
  /** No connection, or no answer in time. */
  | 'offline'
  | 'user-unknown'
  /** Nobody more can be blocked. */
  | 'too-many'
  | 'rate-limited'
  | 'server-error';

/** Why a newer version was not installed. */
export type UpdateProblem =
  /** The app would end, and the call with it. */
  | 'in-call'
  /** The installer is gone or did not start. */
  | 'failed';

/** Why a call command did not work. */
export type CallProblem =
  /** No connection, or no answer in time. */
  | 'offline'
  /** An unfinished call exists on this device or for this user. */
  | 'call-exists'
  /** Another device of this user is in a call. */
  | 'in-call-elsewhere'
  /** The other person does not take calls from this user. */
  | 'blocked'
  | 'user-unknown'
  | 'call-self'
  /** The call is over or was never ours. */
  | 'call-over'
  /** Another device of this user was first. */
  | 'answered-elsewhere'
  /** This user, or somebody named, is no member of the group whose call it is. */
  | 'not-in-group'
  /** More people than one call may have. */
  | 'call-full'
  /** Only into a group call more people can be invited. */
  | 'not-a-group-call'
  /** An admin put this user out of the call. */
  | 'put-out'
  | 'rate-limited'
  | 'server-error';
