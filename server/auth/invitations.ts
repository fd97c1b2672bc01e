/** Invitations: a code of 192 random bits makes one new user, once. The rows keep SHA-256 of the codes only. */
import { randomBytes } from 'node:crypto';
import { timing } from '#protocol/limits';
import type { ResultOf } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { InvitationStore } from '../store/store';
import { hashSecret } from './refresh-tokens';

/** The new colleague's welcome may be lost on the way: the same device with the same secret may use the code again for so long. */
export const repeatMs = 10 * 60_000;

export type NewCode = Pick<ResultOf<'invite.create'>, 'code' | 'expiresAt'>;

export interface InvitationsOf {
  readonly store: { readonly invitations: InvitationStore };
  /** Null: an admin, whose invitations are not counted. */
  readonly createdBy: string | null;
  readonly nowMs: number;
}

export async function makeInvitation({
  store,
  createdBy,
  nowMs,
}: InvitationsOf): Promise<Result<NewCode, 'too-many'>> {
  const code = randomBytes(24).toString('base64url');
  const expiresAt = nowMs + timing.inviteMs;
  const row = { codeHash: hashSecret(code), createdBy, createdAt: nowMs, expiresAt };
  const added = await store.invitations.add(row);
  return added === 'added' ? ok({ code, expiresAt }) : err(added);
}
