/** What every session of one caller shares. */
import type { CallSnapshot, UserInfo } from '#protocol/snapshot';
import type { JoinType } from '#protocol/primitives';
import type { MediaPort } from '../media/ports';
import type { CallerBridge } from './bridge';
import type { Warn } from './events';
import type { OwnMedia } from './local-media';
import type { ServerClock } from './server-clock';
import type { Stage } from './track';
import type { IEndSummary, RCCallSession } from './types';

export interface SessionContext {
  readonly bridge: CallerBridge;
  readonly media: MediaPort;
  readonly stage: Stage;
  readonly clock: ServerClock;
  readonly warn: Warn;
  /** Undefined: the user's own rule on the server counts. */
  readonly joinType: JoinType | undefined;
  /** What the application registered about its user, as it is now. */
  readonly registeredUser: () => UserInfo | undefined;
  readonly createOwnMedia: (mediaType: CallSnapshot['mediaType']) => OwnMedia;
  /** Over: a new call may start. */
  readonly onEnd: (callId: string) => void;
  /** Over and told: the last thing an application hears. */
  readonly onClose: (session: RCCallSession, summary: IEndSummary) => void;
}
