/** The link that the app opens, as main/session/invitation-link.ts reads it: for an admin's terminal. */
export interface LinkParts {
  /** With its scheme. */
  readonly address: string;
  readonly code: string;
  readonly keyHash?: string;
}

export function invitationLink({ address, code, keyHash }: LinkParts): string {
  const query = new URLSearchParams({ server: address, code });
  if (keyHash !== undefined) query.set('key', keyHash);
  return `peal:join?${query.toString()}`;
}
