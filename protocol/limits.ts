/**
 * Every size, rate and time that both ends must agree on, in one place.
 * Sizes are Unicode code points, as JSON Schema counts them, unless they say bytes; times are milliseconds.
 */
export const limits = {
  /** The largest message either end accepts, in bytes. A bigger one closes the connection. */
  messageBytes: 64 * 1024,
  /** One WebRTC signal (an offer with four media sections is about 9 kB). */
  signalChars: 32 * 1024,
  idChars: 64,
  nameChars: 100,
  passwordChars: 256,
  tokenChars: 4096,
  extraChars: 4096,
  pushTitleChars: 100,
  pushContentChars: 300,
  /** What an application registers about its user (registerUserInfo): the address of a picture, and free text. */
  portraitChars: 512,
  userExtraChars: 512,
  /** All of it as JSON, in bytes: nine who are there and nine who have just left are one message (user-info.ts). */
  userBytes: 1024,
  /** People one user may block. All of them are part of one welcome. */
  blockedUsers: 200,
  /** People one user may have above all others in the list. Part of each welcome, too. */
  favouriteUsers: 100,
  /** Answers that somebody keeps ready for declining, and the length of one. */
  quickReplies: 6,
  replyChars: 100,
  timeZoneChars: 64,
  /** A picture of a user, in base64: three quarters of it in bytes. */
  pictureChars: 32 * 1024,
  /** Its width and its height: a small file may unpack to any number of pixels. */
  pictureSide: 1024,
  inviteChars: 64,
  searchChars: 100,
  /** People in one page of search results. */
  searchPage: 50,
  /** Users whose presence one device may watch. */
  watchedUsers: 200,
  /** Live calls one device may name in a heartbeat. */
  heartbeatCalls: 16,
  /** Unended calls one user may be in or be rung by at once; who calls then hears busy. Fewer than a heartbeat may name. */
  callsPerUser: 4,
  /** People in one call at once, ringing ones included: what the mesh is tested with. */
  participants: 9,
  /** Legs one call may have, left ones included; the oldest left ones are dropped before there are more. */
  legs: 32,
  recordsPage: 50,
  /** All groups of one user are one reply, which has to fit into a message too (server/admin.ts). */
  groupMembers: 200,
  /** Groups one user may be in. */
  groupsPerUser: 200,
  /** Invitations of one user that nobody has used yet. */
  openInvites: 50,
  /** Devices of one user that may be connected at once. */
  devicesPerUser: 10,
} as const;

/** What a client may send: a token bucket each, of the connection, the user or the address. */
export const rates = {
  /** Everything a connection sends, signals included. */
  all: { perSecond: 100, burst: 600 },
  /** Calls a user starts: a person dials, a script harasses. */
  callStart: { perSecond: 0.5, burst: 20 },
  /** What a user's devices say of calls that are there: each is a transaction. */
  callCommand: { perSecond: 10, burst: 60 },
  /** Directory searches of a user: one per keystroke is fine. */
  search: { perSecond: 10, burst: 40 },
  /** Changes of a user's own call rules. */
  rules: { perSecond: 1, burst: 30 },
  /** What a user's devices report of themselves, each only what has changed. */
  presence: { perSecond: 2, burst: 40 },
  /** Changes of the own profile and of groups, and invitations, each of a user. */
  profile: { perSecond: 0.5, burst: 20 },
  /** Pictures a user asks for: a page of people at a time. */
  picture: { perSecond: 20, burst: 200 },
  /** Sign-ins by token from one address: a whole office comes back at once after a restart. */
  tokenSignIn: { perSecond: 50, burst: 1_000 },
} as const;

export const timing = {
  /** A connection that has not signed in by then is closed. */
  signInDeadlineMs: 5_000,
  /** How often a device sends a heartbeat. */
  heartbeatIdleMs: 10_000,
  heartbeatInCallMs: 2_000,
  /** No heartbeat for this long (idle / in a call) and the server counts the socket as dead. */
  heartbeatGraceIdleMs: 25_000,
  heartbeatGraceInCallMs: 8_000,
  /** A ring that a device answers neither with `call.ringing` nor with anything else by then shows a dead device. */
  ringAckMs: 3_000,
  /** How long an invitation rings. The server's configuration may change it. */
  ringMs: 60_000,
  /** From the click on Accept until the device has joined. */
  joinMs: 15_000,
  /** A joined device whose socket died, or that has no live link while somebody else is joined. */
  graceMs: 30_000,
  /** A dead socket is forgiven at most this long, however alive the links are. */
  lostMs: 600_000,
  /** A request without an answer fails after this long at the client. */
  requestMs: 10_000,
  /** An invitation that nobody uses. */
  inviteMs: 7 * 24 * 60 * 60_000,
  /** The result of a command is remembered this long, so that a repeated one happens once. */
  commandMemoryMs: 120_000,
} as const;
