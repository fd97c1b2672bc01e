/** A desktop, a server and a directory that a test can look into. Calls are made by the server's own rules. */
import type { AnswerKeys, CallAssignment, DeskCallView, ReceivedSignal } from '#common/ipc';
import {
  type CallRules,
  type Group,
  type RequestBody,
  type RequestType,
  type UserProfile,
  defaultCallRules,
} from '#protocol/messages';
import { err } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import { CallDesk } from '#main/calls/call-desk';
import type {
  CallNotice,
  DesktopPort,
  GroupsPort,
  PeoplePort,
  QuietPort,
  SignalingPort,
  WindowId,
} from '#main/calls/ports';
import type { KeptAwake } from '#main/calls/rules/wanted';
import { systemClock } from '#main/clock';
import type { OpenRequest, RequestError, RequestResult } from '#main/signaling/pending-requests';
import { KeptLog } from '../silent-log';

export interface FakeWindow {
  shown: boolean;
  readonly assignments: CallAssignment[];
  readonly snapshots: CallSnapshot[];
  readonly accepted: string[];
  readonly signals: ReceivedSignal[];
}

export class FakeDesktop implements DesktopPort {
  readonly windows = new Map<WindowId, FakeWindow>();
  /** Every window that was brought to the front, in order. */
  readonly shows: WindowId[] = [];
  /** Windows that were shown where another one was. */
  readonly replaced = new Map<WindowId, WindowId>();
  readonly notices = new Map<string, CallNotice>();
  readonly networkChanges: WindowId[] = [];
  readonly muteAsked: { readonly id: WindowId; readonly muted: boolean }[] = [];
  readonly miniAsked: WindowId[] = [];
  popup: DeskCallView | null = null;
  rebuilt = 0;
  awake: KeptAwake | null = null;
  hasAnswerKeys = false;
  calls: readonly DeskCallView[] = [];
  #nextId = 1;

  openCallWindow(): WindowId {
    const id = this.#nextId;
    this.#nextId += 1;
    this.windows.set(id, {
      shown: false,
      assignments: [],
      snapshots: [],
      accepted: [],
      signals: [],
    });
    return id;
  }

  callWindowIds = (): WindowId[] => [...this.windows.keys()];

  showCallWindow(id: WindowId, inPlaceOf: WindowId | null): void {
    const window = this.windows.get(id);
    if (window) window.shown = true;
    this.shows.push(id);
    if (inPlaceOf !== null) this.replaced.set(id, inPlaceOf);
  }

  destroyCallWindow = (id: WindowId): void => void this.windows.delete(id);
  pushAssigned = (id: WindowId, to: CallAssignment): void =>
    void this.windows.get(id)?.assignments.push(to);
  pushSnapshot = (id: WindowId, call: CallSnapshot): void =>
    void this.windows.get(id)?.snapshots.push(call);
  pushAccepted = (id: WindowId, callId: string): void =>
    void this.windows.get(id)?.accepted.push(callId);
  pushNetworkChanged = (id: WindowId): void => void this.networkChanges.push(id);
  pushSignal = (id: WindowId, signal: ReceivedSignal): void =>
    void this.windows.get(id)?.signals.push(signal);
  pushMuteAsked = (id: WindowId, muted: boolean): void => void this.muteAsked.push({ id, muted });
  pushMiniAsked = (id: WindowId): void => void this.miniAsked.push(id);
  popupCallId = (): string | null => this.popup?.callId ?? null;
  showPopup = (view: DeskCallView): void => void (this.popup = view);
  hidePopup = (): void => void (this.popup = null);
  rebuildPopup = (view: DeskCallView): void => {
    this.rebuilt += 1;
    this.popup = view;
  };
  setAnswerKeys = (on: boolean): void => void (this.hasAnswerKeys = on);
  answerKeys = (): AnswerKeys => ({ accept: this.hasAnswerKeys ? 'F9' : null, decline: null });
  showNotice = (notice: CallNotice): void => void this.notices.set(notice.callId, notice);
  removeNotice = (callId: string): void => void this.notices.delete(callId);
  clearNotices = (): void => this.notices.clear();
  setKeepAwake = (what: KeptAwake | null): void => void (this.awake = what);
  pushCalls = (views: readonly DeskCallView[]): void => void (this.calls = views);

  /** The one call window there is. */
  get only(): { id: WindowId } & FakeWindow {
    const [entry, ...more] = [...this.windows.entries()];
    if (!entry || more.length > 0) throw new Error(`${this.windows.size} call windows`);
    return { id: entry[0], ...entry[1] };
  }
}

interface Asked {
  readonly type: RequestType;
  readonly id: string | undefined;
  readonly body: Record<string, unknown>;
  answer(result: RequestResult<OpenRequest>): void;
}

export class FakeSignaling implements SignalingPort {
  online = true;
  readonly asked: Asked[] = [];
  readonly signals: ReceivedSignal[] = [];
  beats = 0;
  aheadMs = 0;

  isOnline = (): boolean => this.online;
  sendSignal = (signal: ReceivedSignal): void => void this.signals.push(signal);
  beat = (): void => void (this.beats += 1);
  serverNowMs = (): number => Date.now() + this.aheadMs;

  request<T extends OpenRequest>(
    type: T,
    body: RequestBody<T>,
    id?: string,
  ): Promise<RequestResult<T>> {
    return new Promise((resolve) => {
      const answer = (result: RequestResult<OpenRequest>): void =>
        resolve(result as RequestResult<T>);
      this.asked.push({ type, id, body: body, answer });
    });
  }

  all(type: RequestType): Asked[] {
    return this.asked.filter((asked) => asked.type === type);
  }

  last(type: RequestType): Asked {
    const found = this.all(type).at(-1);
    if (!found) throw new Error(`no ${type} was asked`);
    return found;
  }

  answer(type: RequestType, call: CallSnapshot): void {
    this.last(type).answer({ ok: true, value: { call } });
  }

  refuse(type: RequestType, code: RequestError): void {
    this.last(type).answer(err(code));
  }
}

class FakePeople implements PeoplePort {
  readonly names: Record<string, string> = { anna: 'Anna Li', bao: 'Bao Tran' };
  known = (userId: string): UserProfile => ({ userId, name: this.names[userId] ?? userId });
  find = (userId: string): Promise<UserProfile> => Promise.resolve(this.known(userId));
}

class FakeGroups implements GroupsPort {
  readonly #groups: Record<string, Group> = {
    design: { groupId: 'design', name: 'Design', memberIds: ['anna', 'bao', 'chen'] },
  };
  known = (groupId: string): Group | null => this.#groups[groupId] ?? null;
  find = (groupId: string): Promise<Group | null> => Promise.resolve(this.known(groupId));
}

/** What the system of this computer says of "do not disturb". */
export class FakeQuiet implements QuietPort {
  isQuiet = false;
}

export interface Bench {
  readonly desk: CallDesk;
  readonly desktop: FakeDesktop;
  readonly signaling: FakeSignaling;
  readonly log: KeptLog;
  /** Of the person at this desk. */
  readonly rules: { -readonly [K in keyof CallRules]: CallRules[K] };
  readonly quiet: FakeQuiet;
}

/** The desk of one person's first device. */
export function deskOf(userId: 'anna' | 'bao'): Bench {
  const desktop = new FakeDesktop();
  const signaling = new FakeSignaling();
  const people = new FakePeople();
  const log = new KeptLog();
  const rules: Bench['rules'] = { ...defaultCallRules };
  const quiet = new FakeQuiet();
  let ids = 0;
  const desk = new CallDesk({
    self: people.known(userId),
    deviceId: `${userId}-1`,
    signaling,
    people,
    groups: new FakeGroups(),
    desktop,
    rules: () => rules,
    quiet,
    clock: systemClock,
    newId: () => `command-${(ids += 1)}`,
    log,
  });
  return { desk, desktop, signaling, log, rules, quiet };
}
