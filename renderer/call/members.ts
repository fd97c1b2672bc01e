/**
 * Who is shown in a group call, and how. Pure: everybody who was invited is there from the start and goes when their leg
 * has left, whatever the reason. A person is there once, however often they were invited.
 */
import type { UserProfile } from '#protocol/messages';
import { type CallSnapshot, type Leg, isPresent, isRinging, legOf } from '#protocol/snapshot';
import type { RCTrack } from '../caller';

/**
 * ringing – asked, nobody has answered yet. unreachable – asked, and no device is there to ring. silenced – asked, and not
 * to be disturbed. connecting – answered, nothing is heard yet. active – heard.
 * reconnecting – was heard, and the connection is being mended.
 */
export type MemberState =
  'ringing' | 'unreachable' | 'silenced' | 'connecting' | 'active' | 'reconnecting';

/** The way to another person: none yet, there, or broken. */
export type MemberLink = 'none' | 'live' | 'broken';

/** What comes from one person, as the window knows it. */
export interface MemberMedia {
  readonly picture: RCTrack | null;
  readonly isMuted: boolean;
  readonly isCameraOff: boolean;
  /** Of oneself there is none, and none is asked for. */
  readonly link: MemberLink;
}

export interface MemberView {
  readonly userId: string;
  readonly profile: UserProfile;
  readonly isSelf: boolean;
  readonly state: MemberState;
  /** Null as long as there is nothing to be seen. */
  readonly picture: RCTrack | null;
  readonly isMuted: boolean;
  readonly isCameraOff: boolean;
  readonly isSpeaking: boolean;
  readonly isPinned: boolean;
  /** How loud this person is here, in percent. */
  readonly volume: number;
}

export interface MembersInput {
  readonly call: CallSnapshot;
  readonly selfId: string;
  /** From `orderOfMembers`. */
  readonly order: readonly string[];
  readonly profiles: ReadonlyMap<string, UserProfile>;
  readonly media: ReadonlyMap<string, MemberMedia>;
  readonly speakingIds: ReadonlySet<string>;
  readonly pinnedId: string | null;
  readonly volumes: ReadonlyMap<string, number>;
}

export const fullVolume = 100;

export const nothingYet: MemberMedia = {
  picture: null,
  isMuted: false,
  isCameraOff: false,
  link: 'none',
};

/**
 * Everybody who has ever been in the call, by their first invitation. What was known before stays as it was: the server
 * drops old legs of long calls, and nobody may change places for that.
 */
export function orderOfMembers(
  former: readonly string[],
  { legs }: CallSnapshot,
): readonly string[] {
  return [...new Set([...former, ...legs.map(({ userId }) => userId)])];
}

export function membersOf(input: MembersInput): readonly MemberView[] {
  return input.order.flatMap((userId) => {
    const leg = legOf(input.call, userId);
    return leg && isPresent(leg) ? [memberOf(leg, input)] : [];
  });
}

function memberOf(leg: Leg, input: MembersInput): MemberView {
  const { userId } = leg;
  const isSelf = userId === input.selfId;
  const media = input.media.get(userId) ?? nothingYet;
  const state = stateOf(leg, isSelf, media.link);
  return {
    userId,
    // Until the directory has answered, the id is the best name there is.
    profile: input.profiles.get(userId) ?? { userId, name: userId },
    isSelf,
    state,
    ...shownMedia(media, state, isSelf),
    isSpeaking: state === 'active' && !media.isMuted && input.speakingIds.has(userId),
    isPinned: userId === input.pinnedId,
    volume: input.volumes.get(userId) ?? fullVolume,
  };
}

function stateOf(leg: Leg, isSelf: boolean, link: MemberLink): MemberState {
  if (isRinging(leg)) return ringingState(leg);
  if (leg.state === 'claimed') return 'connecting';
  if (isSelf) return 'active';
  if (link === 'none') return 'connecting';
  return link === 'live' ? 'active' : 'reconnecting';
}

function ringingState({ silenced, unreachable }: Leg): MemberState {
  if (silenced) return 'silenced';
  return unreachable ? 'unreachable' : 'ringing';
}

/** Whoever has not joined sends nothing: what a former leg of theirs left behind is over. */
function shownMedia(
  { picture, isMuted, isCameraOff }: MemberMedia,
  state: MemberState,
  isSelf: boolean,
): Pick<MemberView, 'picture' | 'isMuted' | 'isCameraOff'> {
  const isThere = isSelf || state === 'active' || state === 'reconnecting';
  if (!isThere) return { picture: null, isMuted: false, isCameraOff: false };
  return { picture: isCameraOff ? null : picture, isMuted, isCameraOff };
}
