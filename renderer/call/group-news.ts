/** What people of a group call did, in words. Pure. Of a call between two, the window itself says it. */
import { RCCallEndReason } from '../caller';

const R = RCCallEndReason;

const told: Partial<Record<RCCallEndReason, string>> = {
  [R.REMOTE_REJECT]: 'members.news.declined',
  [R.REMOTE_BUSY_LINE]: 'members.news.busy',
  [R.REMOTE_OTHER_CLIENT_IN_CALL]: 'members.news.busy',
  [R.REMOTE_NO_RESPONSE]: 'members.news.unanswered',
  [R.REMOTE_NETWORK_ERROR]: 'members.news.lost',
};

/** A key of the locales for somebody who is not in the call any more, or never came. */
export function newsOfLeft(reason: RCCallEndReason, reply: string | null = null): string {
  if (reply !== null) return 'members.news.replied';
  return told[reason] ?? 'members.news.left';
}
