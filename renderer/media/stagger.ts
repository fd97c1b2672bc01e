/**
 * When a later joiner starts its links. Started all at once, every offer, its routes and its handshake compete for one
 * line and one processor, and everybody is heard late; one after the other, the first is there as fast as in a call of
 * two. Whoever speaks comes first, for that is what the joiner came to hear. The joiner cannot know who that is, but
 * they can: who speaks when somebody joins asks for the offer at once (peer-mesh.ts), and who asks is not kept waiting.
 */

/**
 * Chosen, not measured: longer than an offer takes to make, and short enough that the eighth link starts within half
 * a second, before the first one is usually heard.
 */
export const linkSpacingMs = 60;

export interface PlannedStart {
  readonly legId: string;
  readonly afterMs: number;
}

/** In the order of `legIds`. */
export function staggeredStarts(legIds: readonly string[]): readonly PlannedStart[] {
  return legIds.map((legId, at) => ({ legId, afterMs: at * linkSpacingMs }));
}
