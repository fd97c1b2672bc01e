/** The documented session: checks what an application hands in and answers its questions; the life is the core's. */
import {
  checkAcceptConstraints,
  checkCamera,
  checkDeviceId,
  checkHeight,
  checkInvite,
  checkListener,
  checkMicrophone,
  checkUserId,
  checkUserIds,
} from './call-params';
import {
  type ConversationType,
  type RCCallMediaType,
  RCCallSessionState,
  type RCCallUserState,
  type RCPlayCode,
} from './enums';
import { audioConstraints, toLocalConstraints, videoConstraints } from './media-profiles';
import { inviteTextsFor } from './push-config';
import { SessionCore, type SessionInit } from './session-core';
import * as machine from './session-machine';
import type {
  ICallConstraints,
  ICameraVideoProfile,
  ICodeResult,
  IInviteOptions,
  IMicphoneAudioProfile,
  IRemoteUser,
  ISessionListener,
  RCCallSession,
} from './types';

class CallSession implements RCCallSession {
  readonly #core: SessionCore;

  private constructor(init: SessionInit) {
    this.#core = new SessionCore(init, this);
  }

  static create(init: SessionInit): SessionCore {
    return new CallSession(init).#core;
  }

  // -- commands

  async accept(constraints?: ICallConstraints): Promise<ICodeResult> {
    checkAcceptConstraints(constraints);
    return this.#core.accept(toLocalConstraints(constraints));
  }

  hungup(): Promise<ICodeResult> {
    return this.#core.leave();
  }

  async invite(userIds: readonly string[], options?: IInviteOptions): Promise<ICodeResult> {
    checkInvite(userIds, options);
    const push = inviteTextsFor(options, this.#core.call.push);
    const { extra } = options ?? {};
    return this.#core.invite({
      userIds,
      ...(extra !== undefined && { extra }),
      ...(push && { push }),
    });
  }

  async extend(userIds: readonly string[]): Promise<ICodeResult> {
    checkUserIds(userIds);
    return this.#core.extend(userIds);
  }

  registerSessionListener(listener: ISessionListener): void {
    checkListener(listener);
    this.#core.setListener(listener);
  }

  descendAbility(): Promise<ICodeResult> {
    return this.#core.becomeAudio();
  }

  askForVideo(): Promise<ICodeResult> {
    return this.#core.askForVideo();
  }

  answerVideo(accept: boolean): Promise<ICodeResult> {
    return this.#core.answerVideo(accept);
  }

  disableAudioTrack(): Promise<void> {
    this.#core.media.setVoiceMuted(true);
    return Promise.resolve();
  }

  enableAudioTrack(): Promise<void> {
    this.#core.media.setVoiceMuted(false);
    return Promise.resolve();
  }

  disableVideoTrack(): Promise<ICodeResult> {
    return Promise.resolve(this.#core.media.disableVideo());
  }

  enableVideoTrack(): Promise<ICodeResult> {
    return this.#core.media.enableVideo();
  }

  async changeAudioDevice(profile: IMicphoneAudioProfile): Promise<ICodeResult> {
    checkMicrophone(profile);
    return this.#core.media.changeVoice(audioConstraints(profile));
  }

  async changeVideoDevice(profile: ICameraVideoProfile): Promise<ICodeResult> {
    checkCamera(profile);
    return this.#core.media.changeCamera(videoConstraints(profile));
  }

  async setSpeaker(deviceId: string): Promise<{ code: RCPlayCode }> {
    checkDeviceId(deviceId);
    return this.#core.media.setSpeaker(deviceId);
  }

  setShownHeight(userId: string, height: number): void {
    checkUserId(userId);
    checkHeight(height);
    this.#core.media.setShownHeight(userId, height);
  }

  // -- questions

  getSessionId(): string {
    return this.#core.call.callId;
  }

  getRTCSessionId(): string {
    return this.#core.call.callId;
  }

  getTargetId(): string {
    return machine.targetId(this.#core.call, this.#core.self);
  }

  getCallerId(): string {
    return this.#core.call.callerId;
  }

  getChannelId(): string {
    return '';
  }

  getConversationType(): ConversationType {
    return machine.conversationType(this.#core.call);
  }

  getMediaType(): RCCallMediaType {
    return this.#core.call.mediaType;
  }

  getState(): RCCallSessionState {
    return this.#core.hasEnded
      ? RCCallSessionState.END
      : machine.sessionState(this.#core.call, this.#core.self);
  }

  getRemoteUsers(): IRemoteUser[] {
    return machine.remoteUsers(this.#core.call, this.#core.self);
  }

  getUserState(userId: string): RCCallUserState | undefined {
    checkUserId(userId);
    return machine.userState(this.#core.call, this.#core.self, userId);
  }

  getVideoAsk(): { readonly userId: string; readonly until: number } | null {
    const { mediaAsk } = this.#core.call;
    return mediaAsk ? { userId: mediaAsk.by, until: mediaAsk.until } : null;
  }

  getElapsedMs(): number {
    return this.#core.elapsedMs();
  }
}

/** The life of a session; its `face` is what the application gets. */
export const createSession = (init: SessionInit): SessionCore => CallSession.create(init);
