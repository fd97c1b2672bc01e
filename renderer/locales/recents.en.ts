/** The recent calls in English. */
import type { Said } from '../home/recents/outcome';

export const recents = {
  people: 'People',
  title: 'Recent calls',
  /** Beside the title, for a screen reader. */
  news: 'no missed calls | {n} missed call | {n} missed calls',
  loading: 'Loading…',
  more: 'Loading more…',
  /** Two facts of one call. */
  facts: '{first}, {second}',
  empty: 'No calls yet.',
  emptyNext: 'Whom you call, and who calls you, appears here.',
  search: 'Search recent calls',
  noMatch: 'No calls with “{query}”.',
  noMatchNext: 'Try a shorter part of the name of a person or a group.',
  amongPeople: 'Look among the people',
  offline: 'Your calls are not here yet.',
  offlineNext: 'They come as soon as the server answers.',
  outcome: {
    missed: 'Missed',
    silenced: 'Did not ring: do not disturb',
    answered: 'Incoming',
    called: 'Outgoing',
    declined: 'Declined',
    elsewhere: 'On another device',
    cancelled: 'Cancelled',
    busy: 'Busy',
    unanswered: 'No answer',
    failed: 'Not connected',
    joined: 'Joined',
    nobody: 'Nobody joined',
  } satisfies Record<Said, string>,
  private: { 1: 'audio call', 2: 'video call' },
  group: { 1: 'group audio call', 2: 'group video call' },
  /** In place of a name: a group that the user is not in any more. */
  formerGroup: 'Group call',
  /** A call of several people without a group: one of them, and so many others. */
  several: '{name} | {name} and one other | {name} and {n} others',
  callBack: { 1: 'Call {name}, audio call', 2: 'Call {name}, video call' },
  enterCalls: 'Enter calls, Space shows details',
  showsDetails: 'Space shows details',
  /** Beside the person or the group of a call that was chosen. */
  details: {
    title: 'This call',
    when: 'When',
    duration: 'Duration',
    invitedBy: 'Called by',
    people: 'Who was called',
    reply: '{name} said: “{reply}”',
    you: 'You',
  },
  away: {
    /** One person; `n` calls of theirs. */
    one: 'While you were away, {name} called. | While you were away, {name} called. | While you were away, {name} called {n} times.',
    two: 'While you were away, {name} and {other} called.',
    many: 'While you were away, {name} and {n} others called.',
    show: 'Show',
    dismiss: 'Dismiss',
  },
};
