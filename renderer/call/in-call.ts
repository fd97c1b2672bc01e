/**
 * What goes on in the call, apart from its beginning and its end: the own devices, the others and what comes from them,
 * and what the person does about all that. Changes the call through its session alone.
 */
import type { CallAssignment } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import type { Reach } from '#common/reach';
import type { ChosenDevice } from '#common/settings';
import {
  ConversationType,
  type ISessionListener,
  RCCallErrorCode,
  RCCallMediaType,
  type RCCallSession,
  type RCTrack,
} from '../caller';
import type { DeviceKind } from '../media/device-list';
import type { MediaPort } from '../media/ports';
import { callListener } from './call-listener';
import { type CallPhase, type CallView, mayInvite, viewWithoutPictures } from './call-view';
import { ChosenDevices } from './chosen-devices';
import { GroupView } from './group-view';
import { LostDevice } from './lost-device';
import { NewsBoard } from './news';
import { OwnDevices, type Resume } from './own-devices';
import { PeerReach } from './peer-reach';
import type { CallPorts } from './ports';
import { type VideoAnswer, VideoQuestion } from './video-question';

export interface InCallOptions {
  readonly ports: CallPorts;
  readonly view: () => CallView;
  readonly update: (change: Partial<CallView>) => void;
  readonly moveTo: (phase: CallPhase) => void;
}

export class InCall {
  readonly group: GroupView;
  readonly #options: InCallOptions;
  readonly #own: OwnDevices;
  readonly #chosen: ChosenDevices;
  readonly #news: NewsBoard;
  readonly #video: VideoQuestion;
  readonly #reach: PeerReach;
  readonly #lostMicrophone: LostDevice;
  readonly #lostCamera: LostDevice;
  #session: RCCallSession | undefined;
  #shownHeights: ReadonlyMap<string, number> = new Map();
  /** The window is on the screen. */
  #isSeen = true;

  constructor(options: InCallOptions) {
    const { ports, view, update, moveTo } = options;
    const { peal, warn, after } = ports;
    this.#options = options;
    this.#own = new OwnDevices({ view, update });
    this.#news = new NewsBoard(after, (news) => update({ news }));
    this.group = new GroupView({ peal, warn, changed: () => moveTo(view().phase) });
    this.#video = new VideoQuestion({
      ...{ view, update, own: this.#own },
      onRefused: () => this.#tellOfPeer('call.video.refused'),
    });
    this.#reach = new PeerReach({ after, changed: (reach) => this.#tellReach(reach) });
    const lost = { list: ports.devices, after } as const;
    this.#lostMicrophone = new LostDevice({
      ...{ ...lost, kind: 'microphone' },
      isLost: () => !this.#isOver && view().isMicrophoneGone,
      reopen: () => void this.#reopen('microphone'),
    });
    this.#lostCamera = new LostDevice({
      ...{ ...lost, kind: 'camera' },
      isLost: () => !this.#isOver && view().isCameraGone,
      reopen: () => void this.#reopen('camera'),
    });
    this.#chosen = new ChosenDevices({
      ...{ peal, warn, list: ports.devices },
      show: (devices) => update({ devices }),
      onChanged: (result) => this.#own.tell(result),
    });
  }

  // -- the life of the call

  start(): void {
    this.#chosen.start();
  }

  /** The media as they are to be opened: with the devices that were chosen. */
  media(media: MediaPort): MediaPort {
    return this.#chosen.media(media);
  }

  begin(assignment: CallAssignment): void {
    this.group.begin(assignment);
    const { peal } = this.#options.ports;
    this.#reach.begin(assignment.self.userId);
    peal.onSnapshot((call) => {
      this.group.handleCall(call);
      this.#reach.handleCall(call);
    });
    peal.onMuteAsked(({ muted }) => {
      if (muted !== this.#options.view().isMuted) this.toggleMute();
    });
    peal.onSightChanged(({ isSeen }) => {
      this.#isSeen = isSeen;
      this.#tellHeights();
    });
    // The microphone's end is told by its track; the loudspeaker's to nobody.
    peal.onSoundLost(() => void this.#chosen.renewSpeaker());
  }

  /** The session is there; this device is not in the call yet. */
  hold(session: RCCallSession): void {
    this.#session = session;
    this.#tellHeights();
  }

  /** This device is in the call. */
  keep(session: RCCallSession): void {
    this.hold(session);
    const { view, update } = this.#options;
    if (view().phase === 'ended') return;
    this.#chosen.use(session);
    const isOpen = view().isVideo;
    update({
      ...{ canSwitchCamera: isOpen, canBecomeAudio: isOpen },
      ...{ canChooseDevices: true, canInvite: true },
    });
    // Both called each other: the call is the other one's, and shows nobody who asked for sound alone.
    if (isOpen && session.getMediaType() === RCCallMediaType.AUDIO) {
      this.#showAudio();
      this.#tellOfPeer('call.audioOnly');
    }
    this.#video.follow(session);
  }

  restore(session: RCCallSession, resume: Resume): Promise<void> {
    return this.#own.restore(session, resume);
  }

  stop(): void {
    this.#chosen.stop();
    this.#lostMicrophone.stop();
    this.#lostCamera.stop();
    this.#reach.stop();
    this.#news.clear();
  }

  listener(): ISessionListener {
    const { view, update, moveTo } = this.#options;
    return callListener({
      ...{ update, moveTo, group: this.group, news: this.#news },
      phase: () => view().phase,
      onTrack: (track) => this.#handleTrack(track),
      onTrackEnded: (track) => {
        this.#own.handleEnded(track);
        this.#lostOf(track).handleLost();
      },
      onAudioOnly: (userId) => {
        this.#showAudio();
        this.#news.tell('call.peerSwitched', { name: this.group.nameOf(userId) });
      },
      onVideoChange: (session) => this.#video.follow(session),
    });
  }

  // -- what the person does

  toggleMute(): void {
    if (!this.#isOver) void this.#own.toggleMute(this.#session);
  }

  async toggleCamera(): Promise<void> {
    const { canSwitchCamera } = this.#options.view();
    if (this.#session && canSwitchCamera) await this.#own.toggleCamera(this.#session);
  }

  /** The microphone is gone: another one, or without an id whichever is there. */
  async useMicrophone(deviceId?: string): Promise<void> {
    if (this.#session && !this.#isOver) await this.#own.useMicrophone(this.#session, deviceId);
  }

  /** Null: whatever the system uses. Kept for the next call, too. */
  chooseDevice(kind: DeviceKind, device: ChosenDevice | null): void {
    if (this.#options.view().canChooseDevices) void this.#chosen.choose(kind, device);
  }

  async becomeAudio(): Promise<void> {
    const { view, update } = this.#options;
    if (!this.#session || !view().canBecomeAudio) return;
    update({ canBecomeAudio: false });
    const { code } = await this.#session.descendAbility();
    if (this.#isOver) return;
    if (code === RCCallErrorCode.SUCCESS) this.#showAudio();
    else update({ canBecomeAudio: true, notice: 'call.notSwitched' });
  }

  async askForVideo(): Promise<void> {
    if (this.#session) await this.#video.ask(this.#session);
  }

  async answerVideo(answer: VideoAnswer): Promise<void> {
    if (this.#session) await this.#video.answer(this.#session, answer);
  }

  async takeVideoBack(): Promise<void> {
    if (this.#session) await this.#video.takeBack(this.#session);
  }

  /** Into a call between two, too, which becomes one of several. Null: they are called. */
  async invite(userIds: readonly string[]): Promise<CallProblem | null> {
    const session = this.#session;
    if (!session || !mayInvite(this.#options.view())) return 'call-over';
    const isGroup = session.getConversationType() === ConversationType.GROUP;
    const { code, problem } = await (isGroup ? session.invite(userIds) : session.extend(userIds));
    return code === RCCallErrorCode.SUCCESS ? null : (problem ?? 'server-error');
  }

  /** Null: nobody any more. */
  pin(userId: string | null): void {
    this.group.pin(userId);
  }

  setVolume(userId: string, percent: number): void {
    void this.group.setVolume(userId, percent);
  }

  /** How high each of the others is seen here, in pixels of the screen. */
  setShownHeights(heights: ReadonlyMap<string, number>): void {
    this.#shownHeights = heights;
    this.#tellHeights();
  }

  // -- what comes of it

  #handleTrack(track: RCTrack): void {
    if (this.#isOver) return;
    if (track.isLocalTrack()) {
      this.#own.handleTrack(track);
      this.#chosen.watch();
      this.#lostOf(track).handleOpened();
      return;
    }
    if (track.isAudioTrack()) {
      void this.#playSound(track);
      return;
    }
    this.group.handlePicture(track);
    this.#options.update({ peerPicture: track });
  }

  #lostOf(track: RCTrack): LostDevice {
    return track.isAudioTrack() ? this.#lostMicrophone : this.#lostCamera;
  }

  async #reopen(kind: 'microphone' | 'camera'): Promise<void> {
    if (this.#session && !this.#isOver) await this.#own.reopen(this.#session, kind);
  }

  async #playSound(track: RCTrack): Promise<void> {
    const isHeard = await this.group.playVoice(track);
    if (!isHeard && track.isReady()) this.#options.update({ notice: 'call.noSound' });
  }

  /** Every picture goes; the voices go on. */
  #showAudio(): void {
    const { view, update } = this.#options;
    this.group.forgetPictures();
    update(viewWithoutPictures(view()));
  }

  #tellOfPeer(text: string): void {
    this.#news.tell(text, { name: this.#options.view().peer?.name ?? '' });
  }

  /** Each snapshot says so anew. */
  #tellReach(reach: Reach | null): void {
    const { view, update } = this.#options;
    const isSame = JSON.stringify(view().reach) === JSON.stringify(reach);
    if (!this.#isOver && !isSame) update({ reach });
  }

  /** What nobody sees is not sent here. */
  #tellHeights(): void {
    for (const [userId, height] of this.#shownHeights)
      this.#session?.setShownHeight(userId, this.#isSeen ? height : 0);
  }

  get #isOver(): boolean {
    return this.#options.view().phase === 'ended';
  }
}
