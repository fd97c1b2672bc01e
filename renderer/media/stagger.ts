/**
 * When a later joiner starts its links. Started all at once, every offer, its routes and its handshake compete for one
 * line and one processor, and everybody is heard late; one after the other, the first is there as fast as in a call of
 * two. Who speaks comes first, for that is what the joiner came to hear; it is known to a mesh that was in the call
 * before, and not to one that enters for the first time.
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

/**
 * `legIds` in the order in which they joined: without anything better, who is there longest comes first. `speakers` in
 * their own order; those who are not to be linked do not count.
 */
export function staggeredStarts(
  legIds: readonly string[],
  speakers: readonly string[],
): readonly PlannedStart[] {
  const first = speakers.filter((legId) => legIds.includes(legId));
  const ordered = [...new Set([...first, ...legIds])];
  return ordered.map((legId, at) => ({ legId, afterMs: at * linkSpacingMs }));
}
