/** The module that tests/support/seed-sample.ts makes of the seed document. */
import type { RCCallClient, RCCallErrorCode, RCCallSession } from '#peal-caller/index';

export interface Scope {
  readonly caller: Pick<RCCallClient, 'call' | 'callInGroup' | 'setPushConfig'>;
  readonly callPushConfig: { pushTitle: string; pushContent: string };
  readonly hungupPushConfig: { pushTitle: string; pushContent: string };
  readonly targetId: string;
  readonly mediaType: 1 | 2;
  readonly user: { readonly userId: string };
  readonly RCCallErrorCode: typeof RCCallErrorCode;
}

export interface Sample {
  push(): Promise<void>;
  call(): Promise<{ code: RCCallErrorCode; session?: RCCallSession }>;
  callInGroup(userIds: string[]): Promise<{ code: RCCallErrorCode; session?: RCCallSession }>;
  hungup(session: RCCallSession): Promise<{ code: RCCallErrorCode }>;
  invite(session: RCCallSession, userIds: string[]): Promise<{ code: RCCallErrorCode }>;
}

export function createSample(scope: Scope): Sample;
