/**
 * What the call window does, without Vue: takes its assignment, places or answers the one call through the
 * documented API, and says what to show. Ends with closeWindow, exactly once. It must never decide about the call
 * itself: who rings, who left and why is the session's to say.
 */
import type { CallAssignment } from '#common/ipc';
import type { ChosenDevice } from '#common/settings';
import { endReasonFor } from '#protocol/end-reason-for';
import {
  type ISessionListener,
  RCCallEndReason,
  RCCallErrorCode,
  type RCCallClient,
  RCCallMediaType,
  type RCCallSession,
  type RCTrack,
  createCaller,
} from '../caller';
import type { DeviceKind } from '../media/device-list';
import { createCallBridge } from './bridge';
import { askAgain } from './call-again';
import { callListener } from './call-listener';
import {
  type CallPhase,
  type CallView,
  emptyView,
  phaseAtFirst,
  viewAtEnd,
  viewWithoutPictures,
} from './call-view';
import { ChosenDevices } from './chosen-devices';
import { type Ending, endingFor, failureOf, refusalOf, stays } from './ending';
import { markBridge, markMedia } from './marks';
import { OwnDevices } from './own-devices';
import { type PlacedCall, placeCall } from './place-call';
import type { CallPorts } from './ports';

/** A hang-up that the server does not answer keeps the window no longer than this. */
const leavingMs = 1_000;
/** What somebody did is told for so long. */
const newsMs = 8_000;

export class CallController {
  readonly #ports: CallPorts;
  readonly #show: (view: CallView) => void;
  readonly #own: OwnDevices;
  readonly #chosen: ChosenDevices;
  #view = emptyView;
  #assignment: CallAssignment | undefined;
  #caller: RCCallClient | undefined;
  #session: RCCallSession | undefined;
  #placing: Promise<void> = Promise.resolve();
  #isLeaving = false;
  #isClosed = false;
  #cancelClose: () => void = () => undefined;
  #cancelNews: () => void = () => undefined;

  constructor(ports: CallPorts, show: (view: CallView) => void) {
    this.#ports = ports;
    this.#show = show;
    this.#own = new OwnDevices({
      view: () => this.#view,
      update: (change) => this.#update(change),
    });
    this.#chosen = new ChosenDevices({
      peal: ports.peal,
      list: ports.devices,
      show: (devices) => this.#update({ devices }),
      onChanged: (result) => this.#own.tell(result),
      warn: ports.warn,
    });
  }

  /** Listens first and asks for the assignment then, so that none is missed. */
  start(): void {
    const { peal, warn } = this.#ports;
    this.#chosen.start();
    peal.onAssigned((assignment) => this.#handleAssignment(assignment));
    peal.onAccepted(({ callId }) => {
      if (callId === this.#session?.getSessionId()) void this.#accept();
    });
    peal
      .ready()
      .catch((cause: unknown) => warn('main does not know that the page is ready', cause));
  }

  // -- what the person does

  toggleMute(): void {
    if (this.#view.phase !== 'ended') void this.#own.toggleMute(this.#session);
  }

  async toggleCamera(): Promise<void> {
    if (this.#session && this.#view.canSwitchCamera) await this.#own.toggleCamera(this.#session);
  }

  /** The microphone is gone: another one, or without an id whichever is there. */
  async useMicrophone(deviceId?: string): Promise<void> {
    if (this.#session && this.#view.phase !== 'ended')
      await this.#own.useMicrophone(this.#session, deviceId);
  }

  /** Null: whatever the system uses. Kept for the next call, too. */
  chooseDevice(kind: DeviceKind, device: ChosenDevice | null): void {
    if (this.#view.canChooseDevices) void this.#chosen.choose(kind, device);
  }

  async becomeAudio(): Promise<void> {
    if (!this.#session || !this.#view.canBecomeAudio) return;
    this.#update({ canBecomeAudio: false });
    const { code } = await this.#session.descendAbility();
    if (this.#view.phase === 'ended') return;
    if (code === RCCallErrorCode.SUCCESS) this.#showAudio(null);
    else this.#update({ canBecomeAudio: true, notice: 'call.notSwitched' });
  }

  /** Main puts the window of the new call in the place of this one. */
  async callAgain(): Promise<void> {
    const { ending, isCallingAgain } = this.#view;
    if (!ending?.offer || isCallingAgain) return;
    this.#cancelClose();
    this.#update({ isCallingAgain: true });
    const switchHere = ending.offer === 'switch-here';
    const problem = await askAgain(this.#ports, switchHere);
    if (problem === null) return;
    this.#update({ isCallingAgain: false });
    this.#closeAfter(refusalOf(problem));
  }

  /** At the end of a call, the same button closes the window. */
  hangUp(): void {
    if (this.#isLeaving) return;
    if (this.#view.phase === 'ended' || !this.#caller) {
      this.close();
      return;
    }
    this.#isLeaving = true;
    this.#ends(endingFor(RCCallEndReason.HANGUP));
    const left = this.#session ? this.#session.hungup() : this.#placing;
    this.#caller.dispose();
    void left.then(() => this.close());
    this.#cancelClose = this.#ports.after(leavingMs, () => this.close());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelClose();
    const { peal, warn } = this.#ports;
    peal.closeWindow().catch((cause: unknown) => warn('main did not close the window', cause));
  }

  /** The first frame of the other person's picture is on the screen. */
  markFrame(): void {
    this.#ports.mark('peal:remote-frame');
  }

  elapsedMs(): number {
    return this.#session?.getElapsedMs() ?? 0;
  }

  // -- what the call does

  #handleAssignment(assignment: CallAssignment): void {
    if (this.#assignment) return;
    this.#assignment = assignment;
    const { peal, media, mark, warn, caller } = this.#ports;
    mark('peal:assigned');
    const bridge = markBridge(createCallBridge(peal, assignment, warn), mark);
    this.#caller = createCaller(bridge, markMedia(this.#chosen.media(media), mark), {
      onSession: (session) => this.#handleSession(session),
      onSessionClose: (_session, { endReason }) => this.#leaveAfter(endingFor(endReason)),
      warn,
      ...caller,
    });
    const asked = assignment.purpose === 'answer' ? assignment.call : assignment;
    this.#update({
      phase: phaseAtFirst(assignment),
      self: assignment.self,
      peer: assignment.peer,
      isVideo: asked.mediaType === 2,
    });
    if (assignment.purpose !== 'answer') this.#placing = this.#place(this.#caller, assignment);
    else if (endReasonFor(assignment.call, bridge.self) !== null) this.close();
  }

  async #place(caller: RCCallClient, assignment: PlacedCall): Promise<void> {
    const result = await placeCall(caller, assignment, this.#listener());
    if (this.#isLeaving) return;
    if (result.session) this.#keep(result.session);
    else this.#leaveAfter(failureOf(result));
  }

  #handleSession(session: RCCallSession): void {
    session.registerSessionListener(this.#listener());
    this.#session = session;
    if (this.#assignment?.purpose === 'answer' && this.#assignment.accepted) void this.#accept();
  }

  async #accept(): Promise<void> {
    const session = this.#session;
    if (!session || this.#view.phase === 'ended') return;
    const resume = this.#assignment?.purpose === 'answer' ? this.#assignment.resume : undefined;
    if (resume) {
      await this.#own.restore(session, resume);
    } else {
      this.#ports.mark('peal:claimed');
      this.#moveTo('connecting');
    }
    const result = await session.accept();
    if (this.#isLeaving) return;
    if (result.code === RCCallErrorCode.SUCCESS) this.#keep(session);
    // The close that follows is a mere number; the result knows which device it was and why.
    else if (result.detail) this.#leaveAfter(failureOf(result));
  }

  #keep(session: RCCallSession): void {
    this.#session = session;
    if (this.#view.phase === 'ended') return;
    this.#chosen.use(session);
    const isOpen = this.#view.isVideo;
    this.#update({ canSwitchCamera: isOpen, canBecomeAudio: isOpen, canChooseDevices: true });
    // Both called each other: the call is the other one's, and shows nobody who asked for sound alone.
    if (isOpen && session.getMediaType() === RCCallMediaType.AUDIO)
      this.#showAudio('call.audioOnly');
  }

  #listener(): ISessionListener {
    return callListener({
      phase: () => this.#view.phase,
      moveTo: (phase) => this.#moveTo(phase),
      update: (change) => this.#update(change),
      onTrack: (track) => this.#handleTrack(track),
      onTrackEnded: (track) => this.#own.handleEnded(track),
      onAudioOnly: () => this.#showAudio('call.peerSwitched'),
    });
  }

  #handleTrack(track: RCTrack): void {
    if (this.#isLeaving || this.#view.phase === 'ended') return;
    if (track.isLocalTrack()) {
      this.#own.handleTrack(track);
      this.#chosen.watch();
      return;
    }
    if (track.isAudioTrack()) void this.#playSound(track);
    else this.#update({ peerPicture: track });
  }

  async #playSound(track: RCTrack): Promise<void> {
    const { code } = await track.play();
    const isHeard = code === RCCallErrorCode.SUCCESS;
    if (!isHeard && track.isReady()) this.#update({ notice: 'call.noSound' });
  }

  /** The first word about the end counts. */
  #leaveAfter(ending: Ending): void {
    if (this.#isLeaving || this.#view.phase === 'ended') return;
    // Nobody has seen a window whose call was never accepted here.
    const isUnseen = this.#view.phase === 'incoming';
    this.#ends(ending);
    if (isUnseen) this.close();
    else this.#closeAfter(ending);
  }

  /** The words stay for their time, unless the person acts first. */
  #closeAfter(ending: Ending): void {
    this.#ends(ending);
    this.#cancelClose();
    const stayMs = stays[ending.stay];
    if (stayMs === 0) this.close();
    else this.#cancelClose = this.#ports.after(stayMs, () => this.close());
  }

  #ends(ending: Ending): void {
    this.#chosen.stop();
    this.#cancelNews();
    this.#update(viewAtEnd(ending));
  }

  /** Every picture goes; the voices go on. */
  #showAudio(news: string | null): void {
    this.#update(viewWithoutPictures(this.#view, news));
    this.#cancelNews();
    if (news) this.#cancelNews = this.#ports.after(newsMs, () => this.#update({ news: null }));
  }

  #moveTo(phase: CallPhase): void {
    if (this.#view.phase !== 'ended') this.#update({ phase });
  }

  #update(change: Partial<CallView>): void {
    this.#view = { ...this.#view, ...change };
    this.#show(this.#view);
  }
}
