/**
 * What the person sends: mute and camera, a device that was unplugged and its return. Changes devices through the
 * session alone and shows what became of it; a muted voice stays muted on whatever device comes next.
 */
import type { CallAssignment } from '#common/ipc';
import type { ICodeResult, RCCallSession, RCTrack } from '../caller';
import type { CallView } from './call-view';
import { mediaText } from './ending';

export interface OwnDevicesOptions {
  readonly view: () => CallView;
  readonly update: (change: Partial<CallView>) => void;
}

export type Resume = NonNullable<Extract<CallAssignment, { purpose: 'answer' }>['resume']>;

export class OwnDevices {
  readonly #options: OwnDevicesOptions;
  #voice: RCTrack | undefined;

  constructor(options: OwnDevicesOptions) {
    this.#options = options;
  }

  handleTrack(track: RCTrack): void {
    const { view, update } = this.#options;
    if (track.isVideoTrack()) {
      update({ ownPicture: track, isCameraOn: true, isCameraGone: false });
      return;
    }
    this.#voice = track;
    // What the window says and what is sent must never differ.
    if (view().isMuted) track.mute();
    update({ isMicrophoneGone: false });
  }

  handleEnded(track: RCTrack): void {
    const { update } = this.#options;
    if (track.isVideoTrack()) {
      update({ ownPicture: null, isCameraOn: false, isCameraGone: true });
      return;
    }
    this.#voice = undefined;
    update({ isMicrophoneGone: true });
  }

  /** A window that takes the place of another one must not send what that one kept back. */
  async restore(session: RCCallSession, { voiceMuted, cameraOff }: Resume): Promise<void> {
    if (voiceMuted) {
      this.#options.update({ isMuted: true });
      await session.disableAudioTrack();
    }
    if (cameraOff) await session.disableVideoTrack();
  }

  /** Works before there is a session, too: the microphone is open while it rings. */
  async toggleMute(session: RCCallSession | undefined): Promise<void> {
    if (!session && !this.#voice) return;
    const isMuted = !this.#options.view().isMuted;
    this.#options.update({ isMuted });
    if (session) await (isMuted ? session.disableAudioTrack() : session.enableAudioTrack());
    else if (isMuted) this.#voice?.mute();
    else this.#voice?.unmute();
  }

  async toggleCamera(session: RCCallSession): Promise<void> {
    const { view, update } = this.#options;
    const isCameraOn = !view().isCameraOn;
    await this.#change({ canSwitchCamera: false }, { canSwitchCamera: true }, async () => {
      if (isCameraOn) return session.enableVideoTrack();
      const switchedOff = await session.disableVideoTrack();
      if (view().phase !== 'ended') update({ isCameraOn, ownPicture: null });
      return switchedOff;
    });
  }

  /** Nobody asked for it: what does not open is as gone as before, and needs no other word. */
  async reopen(session: RCCallSession, kind: 'microphone' | 'camera'): Promise<void> {
    const { view, update } = this.#options;
    const { isChangingMicrophone, canSwitchCamera } = view();
    const isVoice = kind === 'microphone';
    // The person is faster.
    if (isVoice ? isChangingMicrophone : !canSwitchCamera) return;
    update(isVoice ? { isChangingMicrophone: true } : { canSwitchCamera: false });
    await (isVoice ? session.changeAudioDevice({}) : session.enableVideoTrack());
    if (view().phase === 'ended') return;
    update(isVoice ? { isChangingMicrophone: false } : { canSwitchCamera: view().isVideo });
  }

  /** Without an id, whichever microphone the computer prefers. */
  async useMicrophone(session: RCCallSession, deviceId?: string): Promise<void> {
    if (this.#options.view().isChangingMicrophone) return;
    await this.#change({ isChangingMicrophone: true }, { isChangingMicrophone: false }, () =>
      session.changeAudioDevice(deviceId === undefined ? {} : { micphoneId: deviceId }),
    );
  }

  /** A device was changed, or could not be. */
  tell({ detail }: Pick<ICodeResult, 'detail'>): void {
    const { view, update } = this.#options;
    if (view().phase !== 'ended') update({ notice: detail ? mediaText(detail) : null });
  }

  async #change(
    during: Partial<CallView>,
    after: Partial<CallView>,
    work: () => Promise<ICodeResult>,
  ): Promise<void> {
    const { view, update } = this.#options;
    update({ ...during, notice: null });
    const { detail } = await work();
    if (view().phase !== 'ended') update({ ...after, notice: detail ? mediaText(detail) : null });
  }
}
