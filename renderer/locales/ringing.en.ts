/** How calls ring, when they do not, and what is said while declining, in English. */
import type { KeysState, RingTone } from '#common/ipc';
import type { Reach } from '#common/reach';

/** The settings of the ring. */
export const ringing = {
  title: 'Ringing',
  volume: 'Volume of the ring',
  percent: '{percent}%',
  silent: 'At 0% calls ring without a sound: you see the card and the notification.',
  tone: 'Ringtone',
  tones: {
    peal: 'Peal',
    classic: 'Classic telephone',
    marimba: 'Marimba',
    soft: 'Soft',
    pulse: 'Pulse',
  } satisfies Record<RingTone, string>,
  both: 'Ring on the loudspeaker of calls, too',
  bothHint: 'Which loudspeakers these are is chosen under Devices.',
  keys: 'Keys that work everywhere while it rings',
  keysLead:
    'They answer while another program is in front. Peal holds them only while a call rings.',
  accept: 'Accept',
  decline: 'Decline',
  noKeys: 'No keys',
  press: 'Press the new keys… Escape keeps the old ones.',
  unfit: 'Hold Ctrl, Alt or Super with a letter, or take a function key.',
  sameKeys: 'These keys already do the other thing. Choose different ones.',
  change: 'Change the keys for “{what}”: {keys}',
  clear: 'Remove',
  clearOf: 'Remove the keys for “{what}”',
  reset: 'Standard keys',
  keyState: {
    taken: 'Another program holds these keys, so they do not answer calls now. Choose others.',
    unsure:
      'This desktop (Wayland) may keep keys from Peal while another program is in front. The card always works.',
  } satisfies Record<Exclude<KeysState, 'free'>, string>,
  /** At one person. */
  own: 'Ringtone: {tone}',
  asUsual: 'As everybody’s ({tone})',
};

/** "Do not disturb". */
export const quiet = {
  title: 'Do not disturb',
  lead: 'No device of yours rings. Callers read that you do not want to be disturbed, and you find their calls under Recent calls.',
  now: 'Now',
  isOnUntil: 'On until {time}.',
  isOn: 'On until you switch it off.',
  isForever:
    'On all week, without a pause. Change the times under “Every week”, or switch them off.',
  isByHours: 'Quiet hours hold: to end them sooner, change the times under “Every week”.',
  isOff: 'Off. Calls ring.',
  isBySystem:
    '“Do not disturb” is switched on in the system of this computer, so nothing rings here. Switch it off there, or let Peal ring all the same with the last switch below.',
  schedule: 'Every week',
  hasSchedule: 'Do not disturb me at these times',
  days: 'Days',
  from: 'From',
  to: 'Until',
  nextDay: 'It ends the next day.',
  allDay: 'A whole day long: from and until are the same.',
  zone: 'Times are those of {zone}.',
  favourites: 'Favourites ring all the same',
  favouritesHint: 'Choose favourites in the list of people, with the star.',
  system: 'Follow “do not disturb” of this computer',
  systemHint:
    'While its notifications are switched off, this computer does not ring. Your other devices do.',
};

/** Said to the caller while declining. */
export const reply = {
  open: 'Decline and say…',
  question: 'Decline and say to {name}',
  back: 'Back to the call',
  callBack: 'I’ll call you back in 10 minutes.',
  meeting: 'I am in a meeting and will write to you.',
  onMyWay: 'I am on my way to you.',
  title: 'Replies when declining',
  lead: 'Offered under “Decline and say…”. The caller reads your words in the call window.',
  field: 'Reply {number}',
  add: 'Add a reply',
  remove: 'Remove reply {number}',
  reset: 'Offer the standard replies again',
  full: 'These are as many as can be kept.',
};

/** In the bar of home: a call that nobody has answered yet. */
export const callReach = {
  ringing: 'Ringing on {count} devices of {name}…',
  unreachable: '{name} is not reachable: it will ring as soon as they are online.',
  silenced: '{name} does not want to be disturbed, and will see that you called.',
} satisfies Record<Reach['kind'], string>;
