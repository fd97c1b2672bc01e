/**
 * The life of a call in its window, without Vue: takes the assignment, places or answers the one call through the
 * documented API, and says what to show; what goes on meanwhile is in-call.ts's. Ends with closeWindow, exactly once.
 * It must never decide about the call itself: who rings, who left and why is the session's to say.
 */
import type { CallAssignment } from '#common/ipc';
import { endReasonFor } from '#protocol/end-reason-for';
import {
  RCCallEndReason,
  RCCallErrorCode,
  type RCCallClient,
  type RCCallSession,
  createCaller,
} from '../caller';
import { createCallBridge } from './bridge';
import { askAgain } from './call-again';
import { type CallPhase, type CallView, emptyView, phaseAtFirst, viewAtEnd } from './call-view';
import {
  type Ending,
  endingFor,
  failureOf,
  groupEndingFor,
  refusalOf,
  stays,
  withReply,
  withoutOffer,
} from './ending';
import { InCall } from './in-call';
import { markBridge, markMedia } from './marks';
import { type PlacedCall, placeCall } from './place-call';
import type { CallPorts } from './ports';

/** A hang-up that the server does not answer keeps the window no longer than this. */
const leavingMs = 1_000;

export class CallController {
  /** What the person does while there is a call. */
  readonly inCall: InCall;
  readonly #ports: CallPorts;
  readonly #show: (view: CallView) => void;
  #view = emptyView;
  #assignment: CallAssignment | undefined;
  #caller: RCCallClient | undefined;
  #session: RCCallSession | undefined;
  #placing: Promise<void> = Promise.resolve();
  #isLeaving = false;
  #isClosed = false;
  #cancelClose: () => void = () => undefined;

  constructor(ports: CallPorts, show: (view: CallView) => void) {
    this.#ports = ports;
    this.#show = show;
    this.inCall = new InCall({
      ports,
      view: () => this.#view,
      update: (change) => this.#update(change),
      moveTo: (phase) => this.#moveTo(phase),
    });
  }

  /** Listens first and asks for the assignment then, so that none is missed. */
  start(): void {
    const { peal, warn } = this.#ports;
    this.inCall.start();
    peal.onAssigned((assignment) => this.#handleAssignment(assignment));
    peal.onAccepted(({ callId }) => {
      if (callId === this.#session?.getSessionId()) void this.#accept();
    });
    peal
      .ready()
      .catch((cause: unknown) => warn('main does not know that the page is ready', cause));
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
    this.#closeAfter(refusalOf(problem, this.#calledCount));
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
    // Before the session is there, so that whoever it speaks of is known.
    this.inCall.begin(assignment);
    const bridge = markBridge(createCallBridge(peal, assignment, warn), mark);
    this.#caller = createCaller(bridge, markMedia(this.inCall.media(media), mark), {
      onSession: (session) => this.#handleSession(session),
      onSessionClose: (_session, { endReason }) => this.#leaveAfter(this.#endingFor(endReason)),
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
    const result = await placeCall(caller, assignment, this.inCall.listener());
    if (this.#isLeaving) return;
    if (result.session) this.#keep(result.session);
    else this.#leaveAfter(failureOf(result, this.#calledCount));
  }

  /** How many were called from here. */
  get #calledCount(): number {
    const assignment = this.#assignment;
    return assignment?.purpose === 'place-group' ? assignment.userIds.length : 1;
  }

  #handleSession(session: RCCallSession): void {
    session.registerSessionListener(this.inCall.listener());
    this.#session = session;
    this.inCall.hold(session);
    if (this.#assignment?.purpose === 'answer' && this.#assignment.accepted) void this.#accept();
  }

  async #accept(): Promise<void> {
    const session = this.#session;
    if (!session || this.#view.phase === 'ended') return;
    const resume = this.#assignment?.purpose === 'answer' ? this.#assignment.resume : undefined;
    if (resume) {
      await this.inCall.restore(session, resume);
    } else {
      this.#ports.mark('peal:claimed');
      this.#moveTo('connecting');
    }
    const result = await session.accept();
    if (this.#isLeaving) return;
    if (result.code === RCCallErrorCode.SUCCESS) this.#keep(session);
    // The close that follows is a mere number; the result knows which device it was and why.
    else if (result.detail) this.#leaveAfter(this.#offerable(failureOf(result)));
  }

  #keep(session: RCCallSession): void {
    this.#session = session;
    this.inCall.keep(session);
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
    this.#update(viewAtEnd(ending));
    this.inCall.stop();
  }

  #endingFor(reason: RCCallEndReason): Ending {
    const { group } = this.inCall;
    const ending = this.#offerable(group.isGroup ? groupEndingFor(reason) : endingFor(reason));
    const isDeclined = reason === RCCallEndReason.REMOTE_REJECT;
    return withReply(ending, isDeclined ? group.lastReply() : null);
  }

  /** Main calls several again only for whoever called them. */
  #offerable(ending: Ending): Ending {
    const isPlacedHere = this.#assignment?.purpose === 'place-group';
    return this.inCall.group.isGroup && !isPlacedHere ? withoutOffer(ending) : ending;
  }

  #moveTo(phase: CallPhase): void {
    if (this.#view.phase === 'ended') return;
    // Who is in a group call says how far it is.
    this.#update({ phase: this.inCall.group.phase(phase) ?? phase });
  }

  #update(change: Partial<CallView>): void {
    const view = { ...this.#view, ...change };
    this.#view = { ...view, group: this.inCall.group.look(view) };
    this.#show(this.#view);
  }
}
