/** The one face of the mini window: the other person, and in a group whoever speaks. Pure. */
import type { UserProfile } from '#protocol/messages';
import type { RCTrack } from '../../caller';
import type { CallView } from '../call-view';
import type { MemberView } from '../members';

export interface MiniFace {
  /** Null: nobody is there yet, or any more. */
  readonly user: UserProfile | null;
  /** Null as long as there is nothing to be seen of this person. */
  readonly picture: RCTrack | null;
}

/** `formerId`: whoever was shown last. A face stays until somebody else speaks. */
export function miniFace(view: CallView, formerId: string | null): MiniFace {
  const { group, peer, peerPicture, isPeerCameraOff } = view;
  if (!group) return { user: peer, picture: isPeerCameraOff ? null : peerPicture };
  const member = shownMember(
    group.members.filter(({ isSelf }) => !isSelf),
    formerId,
  );
  return { user: member?.profile ?? null, picture: member?.picture ?? null };
}

function shownMember(
  others: readonly MemberView[],
  formerId: string | null,
): MemberView | undefined {
  const former = others.find(({ userId }) => userId === formerId);
  if (former?.isSpeaking) return former;
  const speaking = others.find(({ isSpeaking }) => isSpeaking);
  return speaking ?? former ?? others.find(({ state }) => state === 'active') ?? others[0];
}

/** How high each of the others is seen: that one as high as here, and nobody else at all. */
export function miniHeights(
  view: CallView,
  { user, picture }: MiniFace,
  heightPx: number,
): ReadonlyMap<string, number> {
  const { group, peer } = view;
  const others = group ? group.members.filter(({ isSelf }) => !isSelf) : [peer];
  const isShown = (userId: string): boolean => picture !== null && userId === user?.userId;
  return new Map(
    others.flatMap((other) =>
      other ? [[other.userId, isShown(other.userId) ? heightPx : 0] as const] : [],
    ),
  );
}
