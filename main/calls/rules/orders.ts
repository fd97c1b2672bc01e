/** What the person wants when a call button is clicked. */

interface Asked {
  readonly mediaType: 1 | 2;
  /** The call this user has on another device ends for it. */
  readonly switchHere: boolean;
}

/** A person to call. */
export interface PlaceOrder extends Asked {
  readonly targetId: string;
}

/** Several people: members of one group, or without one. */
export interface PlaceGroupOrder extends Asked {
  readonly groupId: string | null;
  readonly userIds: readonly string[];
}

export type AnyOrder = PlaceOrder | PlaceGroupOrder;

/** The purpose of a window that places the call. */
export type PlacePurpose =
  ({ readonly kind: 'place' } & PlaceOrder) | ({ readonly kind: 'place-group' } & PlaceGroupOrder);

export function placePurpose(order: AnyOrder): PlacePurpose {
  return 'targetId' in order ? { kind: 'place', ...order } : { kind: 'place-group', ...order };
}

/** Whether both are calls to the same people: a second click on the same button. */
export function isSameCall(a: AnyOrder, b: AnyOrder): boolean {
  if ('targetId' in a) return 'targetId' in b && a.targetId === b.targetId;
  if ('targetId' in b || a.groupId !== b.groupId) return false;
  return isSamePeople(a.userIds, b.userIds);
}

/** Whether a page asks for the very call that was clicked. */
export function isOrdered(
  order: PlaceGroupOrder,
  asked: {
    readonly groupId?: string;
    readonly userIds: readonly string[];
    readonly mediaType: 1 | 2;
  },
): boolean {
  const isGroup = order.groupId === (asked.groupId ?? null);
  return (
    isGroup && order.mediaType === asked.mediaType && isSamePeople(order.userIds, asked.userIds)
  );
}

function isSamePeople(a: readonly string[], b: readonly string[]): boolean {
  const [some, others] = [new Set(a), new Set(b)];
  return some.size === others.size && [...some].every((userId) => others.has(userId));
}
