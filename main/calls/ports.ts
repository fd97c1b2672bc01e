/** What main/calls needs from outside: the server, the directory and the desktop. Tests put fakes behind these. */
import type {
  AnswerKeys,
  CallAssignment,
  CallGroup,
  DeskCallView,
  ReceivedSignal,
} from '#common/ipc';
import type { Group, RequestBody, UserProfile } from '#protocol/messages';
import type { CallSnapshot, PushTexts } from '#protocol/snapshot';
import type { OpenRequest, RequestResult } from '../signaling/pending-requests';
import type { NoticeKind } from './rules/notices';
import type { KeptAwake } from './rules/wanted';

export interface SignalingPort {
  isOnline(): boolean;
  request<T extends OpenRequest>(
    type: T,
    body: RequestBody<T>,
    id?: string,
  ): Promise<RequestResult<T>>;
  sendSignal(signal: ReceivedSignal): void;
  /** What the heartbeat says has changed: send one now. */
  beat(): void;
  serverNowMs(): number;
}

export interface PeoplePort {
  /** What is known now; at least the id as the name. */
  known(userId: string): UserProfile;
  /** The directory's entry, or known() when it cannot be had in time. Never rejects. */
  find(userId: string): Promise<UserProfile>;
}

export interface GroupsPort {
  /** What was told of it last; null for a group that this user is not in, too. */
  known(groupId: string): Group | null;
  /** The same, asked for where it is not known, or null when it cannot be had in time. Never rejects. */
  find(groupId: string): Promise<Group | null>;
}

/** A call window is known by a number that is never used again. */
export type WindowId = number;

/** Whether the system of this computer says that the person does not want to be disturbed. */
export interface QuietPort {
  /** As far as is known now: nobody is asked. */
  readonly isQuiet: boolean;
}

/** What a notification of the system says of a call. */
export interface CallNotice {
  readonly callId: string;
  readonly kind: NoticeKind;
  /** The caller's name by the directory. */
  readonly caller: string;
  readonly mediaType: 1 | 2;
  /** Set for a call to several. */
  readonly group?: CallGroup;
  /** The words the calling application wants; nobody has checked them. */
  readonly push?: PushTexts;
}

/** Windows, notifications and power. Each method is safe to repeat; what does not exist any more is left alone. */
export interface DesktopPort {
  /** Makes a hidden call window; its page reports by itself that it is ready. */
  openCallWindow(): WindowId;
  /** The call windows that live now. */
  callWindowIds(): readonly WindowId[];
  /** `inPlaceOf`: where that window was, which may be gone already. */
  showCallWindow(windowId: WindowId, inPlaceOf: WindowId | null): void;
  destroyCallWindow(windowId: WindowId): void;
  pushAssigned(windowId: WindowId, assignment: CallAssignment): void;
  pushSnapshot(windowId: WindowId, call: CallSnapshot): void;
  pushAccepted(windowId: WindowId, callId: string): void;
  pushNetworkChanged(windowId: WindowId): void;
  pushSignal(windowId: WindowId, signal: ReceivedSignal): void;
  /** Its page mutes the microphone, or un-mutes it. */
  pushMuteAsked(windowId: WindowId, muted: boolean): void;
  /** Its page makes the window small. */
  pushMiniAsked(windowId: WindowId): void;
  /** The call in the card on the screen, or null while the card is hidden. */
  popupCallId(): string | null;
  showPopup(view: DeskCallView): void;
  hidePopup(): void;
  /** The card's page did not paint: throw the window away and show a new one. */
  rebuildPopup(view: DeskCallView): void;
  /** The keys that answer from anywhere on this computer: taken while something rings here, and given back at once. */
  setAnswerKeys(on: boolean): void;
  /** Those that work now. */
  answerKeys(): AnswerKeys;
  /** Takes the place of what the same call had. */
  showNotice(notice: CallNotice): void;
  removeNotice(callId: string): void;
  /** Those of all calls. */
  clearNotices(): void;
  /** null: it may sleep when it likes. */
  setKeepAwake(what: KeptAwake | null): void;
  /** The calls of this desktop changed. */
  pushCalls(views: readonly DeskCallView[]): void;
}
