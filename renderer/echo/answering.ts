/** What Echo does with calls: lets them ring as long as a person hears that it rings, then answers. */
import {
  type CallerOptions,
  type ISessionListener,
  type RCCallSession,
  RCCallErrorCode,
} from '../caller';

export interface AnsweringPorts {
  after(ms: number, task: () => void): void;
  /** A call is over. */
  onEnd(): void;
  warn(message: string): void;
}

const ringsMs = 1_000;

/** The server lets one call through at a time: whoever calls meanwhile hears that Echo is busy. */
export function answering(ports: AnsweringPorts): CallerOptions {
  const answer = async (session: RCCallSession): Promise<void> => {
    const { code } = await session.accept();
    if (code !== RCCallErrorCode.SUCCESS) ports.warn(`echo: cannot answer (${code})`);
  };
  return {
    // There is no camera, and no reason to refuse a video call.
    isAllowDemotionGetStream: true,
    onSession: (session) => {
      session.registerSessionListener(heedless);
      ports.after(ringsMs, () => void answer(session));
    },
    onSessionClose: () => ports.onEnd(),
  };
}

const nothing = (): void => undefined;

const heedless: ISessionListener = {
  onRinging: nothing,
  onAccept: nothing,
  onHungup: nothing,
  onTrackReady: nothing,
  onMemberModify: nothing,
  onMediaModify: nothing,
};
