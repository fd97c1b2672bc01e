/** The texts of home about calls of groups in English. */

export const groupCall = {
  callSelection: 'Whom to call',
  all: 'Everybody',
  /** A checkbox. */
  tick: 'Call {name} too',
  none: 'Tick whom you would like to call, up to {count} people.',
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
  /** After the names of some. */
  others: 'nobody else | one other | {count} others',
  /** In a list of names. */
  there: '{name} (in the call)',
  /** The kind of a call that rings, as the notification says it. */
  audio: 'Group audio call',
  video: 'Group video call',
  audioIn: 'Audio call in {group}',
  videoIn: 'Video call in {group}',
  /** Whom else it rings for, below the name of whoever calls. */
  with: 'With {people}',
  /** Several people at once. */
  select: 'Select several people',
  selection: 'Call to several people',
  /** The people ticked so far. */
  toCall: 'People to call',
  selected: 'Select people | One person | {count} people',
  clear: 'Clear',
  takeOut: 'Take {name} out',
  /** One of several who were called; nobody knows which. */
  somebodyUnknown: 'Somebody you chose is no longer on the server. Take them out, then try again.',
};
