/** What an application decides once, when it makes its caller. Names and meanings are the documented ones. */
import { type Fields, failOn, isObject } from './call-params';
import { LogLevel, type RCCallLanguage, type RTCJoinType } from './enums';
import type { Warn } from './events';
import type { Stage } from './track';
import type { IEndSummary, IOfflineRecord, RCCallSession } from './types';

export interface CallerOptions {
  /** An incoming call, with what its caller sent along. Register the session's listener before this returns. */
  onSession: (session: RCCallSession, extra?: string) => void;
  /** Exactly once per session, after everything else. */
  onSessionClose: (session: RCCallSession, summary: IEndSummary) => void;
  /** A call that was over before this device could hear of it. */
  onOfflineRecord?: (record: IOfflineRecord) => void;
  /**
   * Accepted, and changes nothing: links mend themselves for as long as the call lasts, and a track that the browser
   * will not send is told through onTrackPublishFail at once.
   */
  isAllowPublishRetry?: boolean;
  /** As above: tracks come with the link. */
  isAllowSubscribeRetry?: boolean;
  /** Disabled video switches the camera off. False: it stays on, and only its picture is muted. Default true. */
  isOffCameraWhenVideoDisable?: boolean;
  /** What becomes of this user's call on another device. Default: the user's own rule on the server. */
  joinType?: RTCJoinType;
  /** A camera that cannot be opened leaves a video call with the voice alone. Default false. */
  isAllowDemotionGetStream?: boolean;
  /** The language of push texts that nobody wrote. Default: none, and the other person's app uses its own words. */
  lang?: RCCallLanguage;
  /** What this reports are warnings: a higher level silences it. */
  logLevel?: LogLevel;
  logStdout?: (level: LogLevel, message: string) => void;
  /** Ours. What an application should look into: late listeners, failing callbacks. Never contains call contents. */
  warn?: Warn;
  /** Ours. Where tracks play; a page's own elements unless told. */
  stage?: Stage;
  /** Ours. The local clock, ms. */
  now?: () => number;
}

const flags = [
  'isAllowPublishRetry',
  'isAllowSubscribeRetry',
  'isOffCameraWhenVideoDisable',
  'isAllowDemotionGetStream',
] as const;

/** @throws Error with every problem joined. */
export function checkOptions(options: unknown): void {
  if (!isObject(options)) throw new Error('the options must be an object');
  const isOneOf = (name: string, values: readonly unknown[]): string[] =>
    options[name] === undefined || values.includes(options[name])
      ? []
      : [`${name} must be one of ${values.join(', ')}`];
  failOn([
    ...['onSession', 'onSessionClose'].flatMap((name) => functionProblem(options, name)),
    ...['onOfflineRecord', 'logStdout', 'warn', 'now']
      .filter((name) => options[name] !== undefined)
      .flatMap((name) => functionProblem(options, name)),
    ...flags
      .filter((name) => options[name] !== undefined && typeof options[name] !== 'boolean')
      .map((name) => `${name} must be a boolean`),
    ...isOneOf('joinType', [0, 1, 2]),
    ...isOneOf('lang', ['zh', 'en']),
    ...isOneOf('logLevel', Object.values(LogLevel)),
  ]);
}

function functionProblem(options: Fields, name: string): string[] {
  return typeof options[name] === 'function' ? [] : [`${name} must be a function`];
}

/** Both ways to hear of a warning: ours with its cause, the documented one with its level. */
export function warningsOf({ warn, logStdout, logLevel = LogLevel.WARN }: CallerOptions): Warn {
  return (message, cause) => {
    if (logLevel > LogLevel.WARN) return;
    warn?.(message, cause);
    logStdout?.(LogLevel.WARN, message);
  };
}
