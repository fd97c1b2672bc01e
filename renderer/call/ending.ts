/** What a person reads at the end of a call, and for how long. Total: a new reason without words does not compile. */
import type { CallProblem } from '#common/problems';
import type { call as texts } from '../locales/call.en';
import { type ICodeResult, RCCallEndReason } from '../caller';
import { problemText } from '../ui/call-problem';

/** How long the words stay before the window closes by itself, ms. */
export const stays = { not: 0, glance: 1_500, read: 4_000, act: 15_000 } as const;
export type Stay = keyof typeof stays;

/** call-again – the same person. switch-here – again, and the own call on another device ends for it. */
export type Offer = 'call-again' | 'switch-here';

/** What somebody said while declining. */
export interface Reply {
  readonly name: string;
  readonly text: string;
}

export interface Ending {
  /** A key of the locales; `{name}` in the text is the other person, `{most}` how many a call takes. */
  readonly text: string;
  readonly stay: Stay;
  readonly offer: Offer | null;
  /** What is heard beside the words; null where the person ended it, or where there was no call yet. */
  readonly sound: 'busy' | 'ended' | null;
  readonly reply?: Reply;
}

/** Words that stay for somebody to act are those after which a new call makes sense. */
type Row = readonly [reason: keyof typeof texts.reason, stay: Stay];

const R = RCCallEndReason;
const endings: Record<RCCallEndReason, Row> = {
  [R.CANCEL]: ['cancelled', 'not'],
  [R.REJECT]: ['declined', 'not'],
  [R.HANGUP]: ['hungUp', 'not'],
  [R.BUSY_LINE]: ['busy', 'read'],
  [R.NO_RESPONSE]: ['unanswered', 'read'],
  [R.ENGINE_UNSUPPORTED]: ['unsupported', 'read'],
  [R.NETWORK_ERROR]: ['network', 'act'],
  [R.GET_MEDIA_RESOURCES_ERROR]: ['media', 'act'],
  [R.PUBLISH_ERROR]: ['sending', 'act'],
  [R.SUBSCRIBE_ERROR]: ['receiving', 'act'],
  [R.REMOTE_CANCEL]: ['peerCancelled', 'glance'],
  [R.REMOTE_REJECT]: ['peerDeclined', 'act'],
  [R.REMOTE_HANGUP]: ['peerHungUp', 'glance'],
  [R.REMOTE_BUSY_LINE]: ['peerBusy', 'act'],
  [R.REMOTE_NO_RESPONSE]: ['peerUnanswered', 'act'],
  [R.REMOTE_ENGINE_UNSUPPORTED]: ['peerUnsupported', 'read'],
  [R.REMOTE_NETWORK_ERROR]: ['peerNetwork', 'act'],
  [R.REMOTE_GET_MEDIA_RESOURCE_ERROR]: ['peerMedia', 'act'],
  [R.REMOTE_PUBLISH_ERROR]: ['peerSending', 'act'],
  [R.REMOTE_SUBSCRIBE_ERROR]: ['peerReceiving', 'act'],
  [R.OTHER_CLIENT_JOINED_CALL]: ['otherDeviceJoined', 'read'],
  [R.OTHER_CLIENT_IN_CALL]: ['otherDeviceInCall', 'read'],
  [R.KICKED_BY_SERVER]: ['kicked', 'read'],
  [R.ACCEPT_SYSTEM_CALL]: ['systemCall', 'read'],
  [R.REMOTE_OTHER_CLIENT_JOINED_CALL]: ['peerJoinedElsewhere', 'read'],
  [R.REMOTE_OTHER_CLIENT_IN_CALL]: ['peerOtherDevice', 'read'],
  [R.REMOTE_KICKED_BY_SERVER]: ['peerKicked', 'read'],
  [R.REMOTE_ACCEPT_SYSTEM_CALL]: ['peerSystemCall', 'read'],
  [R.ACCEPT_BY_OTHER_CLIENT]: ['answeredElsewhere', 'not'],
  [R.HANGUP_BY_OTHER_CLIENT]: ['declinedElsewhere', 'not'],
  [R.ADDED_TO_BLACKLIST]: ['blocked', 'read'],
  [R.SERVICE_NOT_OPENED]: ['switchedOff', 'read'],
};

/**
 * In a call of several, what ends it for this person is what the last one of the others did; so it names nobody. Those
 * that are not here say the same in every call.
 */
const groupEndings: Partial<Record<RCCallEndReason, keyof typeof texts.groupReason>> = {
  [R.REMOTE_CANCEL]: 'cancelled',
  [R.REMOTE_REJECT]: 'declined',
  [R.REMOTE_HANGUP]: 'left',
  [R.REMOTE_BUSY_LINE]: 'busy',
  [R.REMOTE_NO_RESPONSE]: 'unanswered',
  [R.REMOTE_ENGINE_UNSUPPORTED]: 'unsupported',
  [R.REMOTE_NETWORK_ERROR]: 'lost',
  [R.REMOTE_GET_MEDIA_RESOURCE_ERROR]: 'media',
  [R.REMOTE_PUBLISH_ERROR]: 'media',
  [R.REMOTE_SUBSCRIBE_ERROR]: 'media',
  [R.REMOTE_OTHER_CLIENT_JOINED_CALL]: 'elsewhere',
  [R.REMOTE_OTHER_CLIENT_IN_CALL]: 'elsewhere',
  [R.REMOTE_KICKED_BY_SERVER]: 'left',
  [R.REMOTE_ACCEPT_SYSTEM_CALL]: 'left',
  [R.ADDED_TO_BLACKLIST]: 'blocked',
};

/** What can be done at once about a call that did not come about. */
const offers: Record<CallProblem, Offer | null> = {
  offline: 'call-again',
  'call-exists': 'call-again',
  'in-call-elsewhere': 'switch-here',
  blocked: null,
  'user-unknown': null,
  'call-self': null,
  'call-over': 'call-again',
  'answered-elsewhere': null,
  'not-in-group': null,
  'call-full': null,
  'not-a-group-call': null,
  'put-out': null,
  'rate-limited': 'call-again',
  'server-error': 'call-again',
};

export function endingFor(reason: RCCallEndReason): Ending {
  const [key, stay] = endings[reason];
  const offer = stay === 'act' ? 'call-again' : null;
  return { text: `call.reason.${key}`, stay, offer, sound: soundFor(reason, stay) };
}

/** The own failures of one of several end the call for that one alone: calling everybody again would disturb them. */
export function groupEndingFor(reason: RCCallEndReason): Ending {
  const ending = endingFor(reason);
  const key = groupEndings[reason];
  return key ? { ...ending, text: `call.groupReason.${key}` } : withoutOffer(ending);
}

/** Somebody's own words are read slowly, and may be answered by another call. */
export function withReply(ending: Ending, reply: Reply | null): Ending {
  return reply ? { ...ending, reply, stay: 'act' } : ending;
}

/** A call that this person cannot place again from here. */
export function withoutOffer(ending: Ending): Ending {
  return { ...ending, offer: null, stay: ending.stay === 'act' ? 'read' : ending.stay };
}

function soundFor(reason: RCCallEndReason, stay: Stay): Ending['sound'] {
  if (stay === 'not') return null;
  const isBusy = reason === R.REMOTE_BUSY_LINE || reason === R.REMOTE_OTHER_CLIENT_IN_CALL;
  return isBusy ? 'busy' : 'ended';
}

/** Why a call did not come about: a device, or the way to the server. */
export function failureOf({ detail, problem }: Omit<ICodeResult, 'code'>, calledCount = 1): Ending {
  return detail
    ? { text: mediaText(detail), stay: 'act', offer: 'call-again', sound: null }
    : refusalOf(problem, calledCount);
}

export function refusalOf(problem: CallProblem = 'server-error', calledCount = 1): Ending {
  const offer = offers[problem];
  const text = problemText(problem, calledCount);
  return { text, stay: offer ? 'act' : 'read', offer, sound: null };
}

export function mediaText(problem: NonNullable<ICodeResult['detail']>): string {
  return `call.media.${problem.device}.${problem.detail}`;
}
