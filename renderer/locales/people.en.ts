/** The texts of home about groups, colleagues to invite and the own profile, in English. */
import type { GroupProblem, InviteProblem, ProfileProblem } from '#common/problems';

export const group = {
  list: 'Groups',
  new: 'New group',
  none: 'No groups yet. Make one to have people you often call in one place.',
  showAll: 'Show all {count} groups',
  size: 'nobody | one person | {count} people',
  name: 'Name of the group',
  members: 'Members',
  membersOf: 'Members of {name}',
  add: 'Search people to add',
  found: 'People to add',
  remove: 'Take {name} out',
  offline: 'The list of people is not here yet. Type again once you are connected.',
  create: 'Create group',
  edit: 'Edit',
  editTitle: 'Edit group',
  save: 'Save',
  cancel: 'Cancel',
  leave: 'Leave group',
  leaveQuestion: 'Leave {name}?',
  leaveMeaning: 'The group goes on without you. Any member can add you again.',
  onlyYou: 'Only you are in this group. Choose Edit to add people.',
  incomplete: 'Some names are not here yet. They come as soon as the server answers.',
  missing: {
    name: 'Type a name for the group.',
    members: 'Choose at least one person. You are in the group anyway.',
  },
};

export const favourite = {
  list: 'Favourites',
  /** A button that is on or off. */
  add: 'Favourite',
  on: 'Make a favourite (Ctrl+D)',
  off: 'No longer a favourite (Ctrl+D)',
  tooMany: 'You have {count} favourites, as many as there can be. Take one out first.',
};

export const groupProblem = {
  offline: 'Nothing was changed: the server does not answer. Try again once you are connected.',
  'user-unknown':
    'Somebody you chose is no longer on the server. Take them out, then save once more.',
  'group-unknown': 'You are not in this group any more. Ask one of its members to add you again.',
  'too-many':
    'The group is too large, or somebody is in too many groups already. Choose fewer people.',
  'rate-limited': 'Too many changes in a short time. Wait a minute, then try again.',
  'server-error': 'Nothing was changed: the server had a problem. Try again in a moment.',
} satisfies Record<GroupProblem, string>;

export const invite = {
  title: 'Add a colleague',
  lead: 'Send your colleague a link. Opened on a computer with Peal, it leads to this server, and your colleague appears in your list.',
  address: 'Where your colleague’s computer is',
  here: 'This computer only',
  /** Under an address of this computer in its network. */
  network: 'In your network, at {address}',
  opens: 'Peal then takes connections from your network, with its own encryption key.',
  loading: 'Looking for the addresses of this computer…',
  make: 'Make the link',
  pending: 'Making the link…',
  link: 'Invitation link',
  copy: 'Copy',
  copied: 'Copied. Send it to your colleague.',
  notCopied: 'It could not be copied. Select the link and press Ctrl+C.',
  validity: 'It works once, until {time}.',
  another: 'Make another link',
  done: 'Done',
};

export const inviteProblem = {
  offline: 'There is no link yet: the server does not answer. Try again once you are connected.',
  'not-allowed':
    'On this server only the admin adds people. Ask your admin for an account for your colleague.',
  'too-many':
    'Too many invitations wait to be used. Send one of those, or wait until the oldest end.',
  'rate-limited': 'Too many links in a short time. Wait a minute, then try again.',
  'embedded-failed':
    'The server on this computer cannot be reached from your network. Check that you are connected to it, then try again.',
  'server-error': 'There is no link yet: the server had a problem. Try again in a moment.',
} satisfies Record<InviteProblem, string>;

export const profile = {
  name: 'Your name',
  nameHint: 'Your colleagues see it in their lists and when you call.',
  save: 'Save name',
  saved: 'Saved.',
  picture: 'Your picture',
  choose: 'Choose a picture…',
  change: 'Choose another picture…',
  remove: 'Take the picture away',
  crop: 'Choose what is seen',
  cropHint: 'Drag the picture, or move it with the arrow keys.',
  /** The picture that can be moved. */
  cropped: 'What of the picture is seen',
  zoom: 'Size',
  use: 'Use picture',
  cancel: 'Cancel',
  missing: 'Type your name, so that others know who calls.',
  notAPicture: 'This file is no picture that Peal can read. Choose a PNG, JPEG or WebP file.',
  tooLarge: 'This picture could not be made small enough. Choose another one.',
};

export const profileProblem = {
  offline: 'Nothing was changed: the server does not answer. Try again once you are connected.',
  'rate-limited': 'Too many changes in a short time. Wait a minute, then try again.',
  'server-error': 'Nothing was changed: the server had a problem. Try again in a moment.',
} satisfies Record<ProfileProblem, string>;

/** How the user can be reached, at the top of home. */
export const status = {
  online: 'Online',
  onlineByHours: 'Online: not during quiet hours, which the settings change',
  quiet: {
    'half-hour': 'For 30 minutes',
    hour: 'For 1 hour',
    morning: 'Until tomorrow morning',
    open: 'Until I switch it off',
  },
  hours: 'Quiet hours…',
  byHand: { until: 'Do not disturb until {time}.', open: 'Do not disturb.' },
  byHours: { until: 'Quiet hours until {time}.', open: 'Quiet hours.' },
  bySystem: '“Do not disturb” is switched on in the system of this computer.',
  onlineBySystem: 'Online: once “do not disturb” of this computer is off',
  settings: 'Settings…',
  nothing: 'Nothing rings; whoever calls is in your recent calls.',
  onlyFavourites: 'Only favourites ring.',
  switchOff: 'Switch off',
  /** Two sentences, one after the other. */
  both: '{first} {second}',
};

/** The menu at the top of home. */
export const menu = {
  open: 'Menu',
  settings: 'Settings',
  invite: 'Add a colleague',
  signOut: 'Sign out',
  quit: 'Quit Peal',
};

/** Asked before somebody leaves a server: an invited person cannot come back by themselves. */
export const signOut = {
  title: 'Sign out?',
  meaning:
    'Calls no longer reach you on this computer. To come back you need your user name and password. If you joined by an invitation you have neither: a colleague must invite you again, as somebody new.',
  stay: 'Stay',
  confirm: 'Sign out',
};
