/** The texts of home about calls of groups in English. */

export const groupCall = {
  callSelection: 'Whom to call',
  all: 'Everybody',
  /** A checkbox. */
  tick: 'Call {name} too',
  none: 'Tick whom you would like to call.',
  chosen: 'nobody chosen | one person chosen | {count} people chosen',
  tooMany: 'At most {count} people can be in a call, and you are one of them. Choose fewer.',
  running: 'Call running in {group}',
  joined: 'nobody in it | one person in it | {count} people in it',
  /** The way in is shut. */
  full: 'This call is full. Join once somebody has left.',
  join: 'Join',
  joinNamed: 'Join the call in {group}',
  /** In place of a name: people who were called together, without a group. */
  together: 'nobody else | one person | {count} people',
};
