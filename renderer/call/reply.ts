/** What somebody said while declining. Pure. */
import { type CallSnapshot, legOf } from '#protocol/snapshot';

/** With these words this person did not come. */
export function replyOf(call: CallSnapshot | undefined, userId: string): string | null {
  const leg = call && legOf(call, userId);
  return leg?.state === 'left' ? (leg.reply ?? null) : null;
}

/** Of whoever was the last of the others to go, since that is what ended the call. */
export function lastReply(
  call: CallSnapshot | undefined,
  selfId: string,
): { readonly userId: string; readonly reply: string } | null {
  const others = (call?.legs ?? []).filter(
    ({ userId, state }) => userId !== selfId && state === 'left',
  );
  const last = others.toSorted((a, b) => (a.leftAt ?? 0) - (b.leftAt ?? 0)).at(-1);
  const reply = last && replyOf(call, last.userId);
  return reply ? { userId: last.userId, reply } : null;
}
