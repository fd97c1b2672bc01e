/** The texts about the people of a group call in English. */
import type { MemberState } from '../call/members';

export const members = {
  list: 'People in the call',
  /** Who is heard needs no words. */
  state: {
    ringing: 'Ringing…',
    unreachable: 'Not reachable yet',
    silenced: 'Does not want to be disturbed',
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
  } satisfies Record<Exclude<MemberState, 'active'>, string>,
  you: '{name} (you)',
  speaking: 'Speaking',
  muted: 'Muted',
  cameraOff: 'Camera off',
  pin: 'Pin {name}',
  /** Under the pointer. */
  pinMeaning: 'Show {name} large',
  unpinMeaning: 'Show everybody in the same size',
  pinned: 'Pinned',
  volumeOf: 'Volume of {name}',
  volume: '{percent}%',
  silent: 'Silent',
  quieter: 'Volume here {percent}%',
  silenced: 'You do not hear this person: the volume is 0%',
  /** What somebody has just done. */
  news: {
    declined: '{name} declined',
    replied: '{name}: {reply}',
    busy: '{name} is in another call',
    unanswered: '{name} did not answer',
    lost: '{name} lost the connection',
    left: '{name} has left',
    invited: '{name} has invited {names}',
  },
};
