/**
 * Pictures in an audio call. Between two people one asks and the other one says yes or no; whoever wanted pictures has
 * their own camera on as soon as there are any. In a group call there is nothing to ask.
 */
import { RCCallErrorCode, RCCallMediaType, type RCCallSession } from '../caller';
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
  #isWanted = false;
  #isTakenBack = false;

  constructor(options: VideoQuestionOptions) {
    this.#options = options;
  }

  async ask(session: RCCallSession): Promise<void> {
    const { view, update } = this.#options;
    if (!mayAskForVideo(view())) return;
    this.#isWanted = true;
    this.#isTakenBack = false;
    update({ canAskForVideo: false, notice: null });
    const { code } = await session.askForVideo();
    if (view().phase === 'ended') return;
    if (code === RCCallErrorCode.SUCCESS) this.follow(session);
    else this.#fail();
  }

  async answer(session: RCCallSession, answer: VideoAnswer): Promise<void> {
    const { view, update } = this.#options;
    if (view().videoQuestion !== 'theirs') return;
    this.#isWanted = answer === 'camera';
    update({ videoQuestion: null, notice: null });
    const { code } = await session.answerVideo(answer !== 'no');
    if (view().phase === 'ended') return;
    if (code !== RCCallErrorCode.SUCCESS) this.#fail();
    this.follow(session);
  }

  async takeBack(session: RCCallSession): Promise<void> {
    const { view, update } = this.#options;
    if (view().videoQuestion !== 'own') return;
    this.#isTakenBack = true;
    update({ videoQuestion: null });
    await session.answerVideo(false);
    if (view().phase !== 'ended') this.follow(session);
  }

  /** Shows what is asked now, and the pictures as soon as there are any. */
  follow(session: RCCallSession): void {
    const { view, update, onRefused } = this.#options;
    if (session.getMediaType() === RCCallMediaType.AUDIO_VIDEO) {
      this.showPictures(session);
      return;
    }
    const asks = session.getVideoAsk();
    const isOwn = asks?.userId === view().self?.userId;
    const wasOwn = view().videoQuestion === 'own';
    update({ videoQuestion: asks && (isOwn ? 'own' : 'theirs'), canAskForVideo: !asks });
    if (!wasOwn || asks) return;
    this.#isWanted = false;
    if (!this.#isTakenBack) onRefused();
  }

  /** Somebody made a video call of it. Cameras stay off, but for those who wanted theirs. */
  showPictures(session: RCCallSession): void {
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
