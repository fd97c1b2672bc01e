/**
 * Pictures in an audio call. Between two people one asks and the other one says yes or no; whoever wanted pictures has
 * their own camera on as soon as there are any. In a group call there is nothing to ask.
 */
import { ConversationType, RCCallErrorCode, RCCallMediaType, type RCCallSession } from '../caller';
import { type CallView, mayAskForVideo } from './call-view';
import type { OwnDevices } from './own-devices';

/** Yes with the own camera, yes without it, or no. */
export type VideoAnswer = 'camera' | 'watch' | 'no';

export interface VideoQuestionOptions {
  readonly view: () => CallView;
  readonly update: (change: Partial<CallView>) => void;
  readonly own: OwnDevices;
  /** The other one did not want to, or did not answer. */
  readonly onRefused: () => void;
}

export class VideoQuestion {
  readonly #options: VideoQuestionOptions;
  /** This person's own camera goes on with the next pictures. Only what is asked now can bring those. */
  #isWanted = false;
  #isTakenBack = false;

  constructor(options: VideoQuestionOptions) {
    this.#options = options;
  }

  async ask(session: RCCallSession): Promise<void> {
    const { view, update } = this.#options;
    if (!mayAskForVideo(view())) return;
    this.#isTakenBack = false;
    update({ canAskForVideo: false, notice: null });
    const { code } = await session.askForVideo();
    if (view().phase === 'ended') return;
    if (code !== RCCallErrorCode.SUCCESS) {
      this.#fail();
      return;
    }
    this.#isWanted = true;
    this.follow(session);
  }

  async answer(session: RCCallSession, answer: VideoAnswer): Promise<void> {
    const { view, update } = this.#options;
    if (view().videoQuestion !== 'theirs') return;
    update({ videoQuestion: null, notice: null });
    const { code } = await session.answerVideo(answer !== 'no');
    if (view().phase === 'ended') return;
    if (code === RCCallErrorCode.SUCCESS) this.#isWanted = answer === 'camera' && !isGroup(session);
    else this.#fail();
    this.follow(session);
  }

  async takeBack(session: RCCallSession): Promise<void> {
    const { view, update } = this.#options;
    if (view().videoQuestion !== 'own') return;
    this.#isTakenBack = true;
    // At once: the other one's yes may be on its way.
    this.#isWanted = false;
    update({ videoQuestion: null });
    await session.answerVideo(false);
    if (view().phase !== 'ended') this.follow(session);
  }

  /** Shows what is asked now, and the pictures as soon as there are any. */
  follow(session: RCCallSession): void {
    const { view, update, onRefused } = this.#options;
    const wasOwn = view().videoQuestion === 'own';
    // It was between two: it says nothing about the others who are there by now, and nobody has refused anything.
    const isOutdated = wasOwn && isGroup(session);
    if (isOutdated) this.#isWanted = false;
    if (session.getMediaType() === RCCallMediaType.AUDIO_VIDEO) {
      this.#showPictures(session);
      return;
    }
    const asks = session.getVideoAsk();
    const isOwn = asks?.userId === view().self?.userId;
    update({ videoQuestion: asks && (isOwn ? 'own' : 'theirs'), canAskForVideo: !asks });
    if (asks) return;
    this.#isWanted = false;
    if (wasOwn && !isOutdated && !this.#isTakenBack) onRefused();
  }

  /** Somebody made a video call of it. Cameras stay off, but for those who wanted theirs. */
  #showPictures(session: RCCallSession): void {
    const { view, update, own } = this.#options;
    if (!view().isVideo) {
      update({
        ...{ isVideo: true, isCameraOn: false, canSwitchCamera: true, canBecomeAudio: true },
        ...{ canAskForVideo: false, videoQuestion: null },
      });
    }
    if (!this.#isWanted) return;
    this.#isWanted = false;
    // The session opens no camera before all of it knows that this is a video call: what tells us is a part of that.
    queueMicrotask(() => {
      if (view().phase !== 'ended' && view().isVideo && !view().isCameraOn)
        void own.toggleCamera(session);
    });
  }

  #fail(): void {
    this.#isWanted = false;
    this.#options.update({ canAskForVideo: true, notice: 'call.video.failed' });
  }
}

function isGroup(session: RCCallSession): boolean {
  return session.getConversationType() === ConversationType.GROUP;
}
