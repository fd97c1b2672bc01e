/** The recent calls in English. */
import type { Said } from '../home/recents/outcome';

export const recents = {
  people: 'People',
  title: 'Recent calls',
  /** Beside the title, for a screen reader. */
  news: 'no missed calls | {n} missed call | {n} missed calls',
  loading: 'Loading…',
  more: 'Loading more…',
  empty: 'No calls yet.',
  emptyNext: 'Whom you call, and who calls you, appears here.',
  offline: 'Your calls are not here yet.',
  offlineNext: 'They come as soon as the server answers.',
  outcome: {
    missed: 'Missed',
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
  /** A call of several people without a group: one of them. */
  several: '{name} and others',
  openGroup: 'Open {name}',
  callBack: { 1: 'Call {name}, audio call', 2: 'Call {name}, video call' },
  enterCalls: 'Enter calls',
  enterOpens: 'Enter opens the group',
  away: {
    /** One person; `n` calls of theirs. */
    one: 'While you were away, {name} called. | While you were away, {name} called. | While you were away, {name} called {n} times.',
    two: 'While you were away, {name} and {other} called.',
    many: 'While you were away, {name} and {n} others called.',
    show: 'Show',
    dismiss: 'Dismiss',
  },
};
