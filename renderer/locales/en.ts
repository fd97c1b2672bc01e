/** Every text of Peal in English; the keys here are the keys of every language. */
import type { Availability, CallRules, DeskPhase } from '#common/ipc';
import type { CallProblem, RulesProblem } from '#common/problems';
import { call } from './call.en';
import { devices } from './devices.en';
import { groupCall } from './group-calls.en';
import * as installed from './installed.en';
import { members } from './members.en';
import * as home from './people.en';
import { recents } from './recents.en';
import * as ring from './ringing.en';
import { settings } from './settings.en';
import { update } from './update.en';
import { welcome } from './welcome.en';

export const en = {
  app: { name: 'Peal' },
  welcome,
  ...home,
  ...ring,
  ...installed,
  update,
  session: {
    offline: 'No connection to the server. Trying again…',
  },
  people: {
    list: 'People',
    search: 'Search people',
    more: 'Loading more…',
    loading: 'Looking…',
    noMatch: 'Nobody found for “{query}”.',
    noMatchNext: 'Try a shorter part of the name.',
    alone: 'Nobody else is on this server yet.',
    aloneNext: 'Send a colleague a link: whoever joins appears here.',
    offline: 'The list is not here yet.',
    offlineNext: 'It comes as soon as the server answers.',
  },
  presence: {
    online: 'Online',
    offline: 'Offline',
    away: 'Away',
    'in-call': 'In a call',
    'do-not-disturb': 'Do not disturb',
    until: 'Do not disturb until {time}',
    /** What a call would come to now, for whoever is about to dial. */
    before: {
      offline: '{name} is not connected now. If you call, {name} sees it later.',
      away: '{name} is not at the computer. It rings there all the same.',
      'in-call': '{name} is in a call and may be busy. {name} will see that you called.',
      'do-not-disturb': '{name} does not want to be disturbed, but will see that you called.',
    },
  } satisfies Record<Availability, string> & Record<string, unknown>,
  person: {
    nobody: 'Whom would you like to call?',
    nobodyNext: 'Choose somebody on the left, or just type a name.',
    audioCall: 'Audio call',
    videoCall: 'Video call',
  },
  block: {
    block: 'Block',
    unblock: 'Unblock',
    /** In the list of people. */
    mark: 'Blocked',
    isBlocked: 'You do not take calls from this person.',
    question: 'Block {name}?',
    meaning:
      'Calls from {name} will not ring on any of your devices, and {name} is told that you do not take them. You can still call {name}, and unblock at any time.',
    confirm: 'Block calls',
    cancel: 'Cancel',
  },
  /** How the user wants to be called. */
  rules: {
    title: 'Incoming calls',
    busy: {
      question: 'When somebody calls while I am in a call',
      user: 'They hear that I am busy',
      device: 'My other devices ring',
    } satisfies Record<CallRules['busy'] | 'question', string>,
    secondDevice: {
      question: 'When I call or answer while I am in a call on another device',
      0: 'The call there ends, the new one begins here',
      1: 'The call there goes on, nothing begins here',
      2: 'Both calls go on',
    } satisfies Record<CallRules['secondDevice'] | 'question', string>,
    blocked: 'Blocked people',
    nobodyBlocked: 'Nobody. To block a person, choose them in the list, then Block.',
    unblock: 'Unblock {name}',
  },
  rulesProblem: {
    offline: 'Nothing was changed: the server does not answer. Try again once you are connected.',
    'user-unknown': 'This person is no longer on the server, so they cannot call you either.',
    'too-many': 'You have blocked as many people as the server can keep. Unblock somebody first.',
    'rate-limited': 'Too many changes in a short time. Wait a minute, then try again.',
    'server-error': 'Nothing was changed: the server had a problem. Try again in a moment.',
  } satisfies Record<RulesProblem, string>,
  callProblem: {
    offline:
      'The call did not start: the server does not answer. Check your network, then try again.',
    'call-exists': 'There is a call already. End it first, then call again.',
    'in-call-elsewhere':
      'You are in a call on another device. End it there, or switch to this one.',
    blocked: '{name} does not take calls from you.',
    'user-unknown': 'This person is no longer on the server. Search for somebody else.',
    'call-self': 'You cannot call yourself. Choose somebody else.',
    'call-over': 'This call is over. Call back if you like.',
    'answered-elsewhere': 'Answered on another of your devices. Go on talking there.',
    'not-in-group':
      'Not everybody is a member of this group any more. Look at the members, then try again.',
    'call-full': 'At most {most} people can be in a call. Choose fewer people, then try again.',
    'not-a-group-call': 'Only two people can be in this call. Start a group call instead.',
    'put-out': 'An admin has removed you from this call. Ask somebody in it to invite you.',
    'rate-limited': 'Too many calls in a short time. Wait a minute, then call again.',
    'server-error': 'The server had a problem. Try again in a moment.',
    switchHere: 'Switch to this device',
  } satisfies Record<CallProblem | 'switchHere', string>,
  /** The bar in home, one line for each call of this desktop. */
  callBar: {
    dialing: 'Calling {name}…',
    ringing: 'Ringing at {name}…',
    incoming: '{name} is calling you',
    connecting: 'Connecting with {name}…',
    active: 'In a call with {name}',
    ended: 'Call with {name} ended',
    canReturn: 'You are still in a call with {name}',
    return: 'Return',
    show: 'Show',
    hangUp: 'Hang up',
    problem: 'That did not work: the server does not answer. Try again in a moment.',
  } satisfies Record<DeskPhase, string> & Record<string, string>,
  incoming: {
    title: 'Incoming call',
    audioCall: 'Audio call',
    videoCall: 'Video call',
    accept: 'Accept',
    decline: 'Decline',
    elsewhere: 'You are in a call on another device',
    switchHere: 'Switch here and answer',
  },
  call,
  groupCall,
  members,
  devices,
  recents,
  settings,
};
