/** A call window without a page: the real controller over a preload that ends in the fake exchange. */
import type { CallAssignment } from '#common/ipc';
import type { CallApi } from '#common/window-api';
import type { CallProblem } from '#common/problems';
import type { UserProfile } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import { CallController } from '../../../../../renderer/call/call-controller';
import type { CallerBridge } from '../../../../../renderer/caller';
import type { Resume } from '../../../../../renderer/call/own-devices';
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings } from '#common/settings';
import { type ComputerDevices, noDevices } from '#renderer/media/device-list';
import { type CallView, emptyView } from '../../../../../renderer/call/call-view';
import type { FakeBridge, FakeExchange } from '../../caller/support/fake-exchange';
import { FakeMedia, FakeStage } from '../../caller/support/fake-media';

class Push<T> {
  readonly #listeners = new Set<(payload: T) => void>();

  readonly on = (listener: (payload: T) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  send(payload: T): void {
    for (const listener of this.#listeners) listener(payload);
  }
}

/** Devices whose names are their ids in capitals. */
export function devicesOf(
  ids: Partial<Record<keyof ComputerDevices, readonly string[]>>,
): ComputerDevices {
  const ofKind = (kind: keyof ComputerDevices): ComputerDevices[typeof kind] => {
    const devices = (ids[kind] ?? []).map((deviceId) => ({
      ...{ deviceId, label: deviceId.toUpperCase() },
    }));
    return { ...noDevices[kind], devices, isAny: devices.length > 0 };
  };
  return { microphone: ofKind('microphone'), camera: ofKind('camera'), speaker: ofKind('speaker') };
}

export class FakeWindow {
  readonly bridge: FakeBridge;
  readonly media = new FakeMedia();
  readonly stage = new FakeStage();
  readonly controller: CallController;
  readonly marks: string[] = [];
  readonly warnings: string[] = [];
  readonly phases: string[] = [];
  readonly #looks = new Push<ComputerDevices>();
  /** How often the page asked which devices there are before it opened one. */
  reads = 0;
  settings: AppSettings = defaultAppSettings;
  readonly settingsChanged = new Push<AppSettings>();
  readonly assigned = new Push<CallAssignment>();
  readonly soundLost = new Push<null>();
  readonly sightChanged = new Push<{ readonly isSeen: boolean }>();
  readonly muteAsked = new Push<{ readonly muted: boolean }>();
  readonly accepted = new Push<{ readonly callId: string }>();
  view: CallView = emptyView;
  isReady = false;
  /** What there is in this computer; `plug` changes it. */
  devices = devicesOf({ microphone: ['desk-mic'], speaker: ['desk-box'], camera: ['desk-cam'] });
  readonly calledAgain: { readonly switchHere: boolean }[] = [];
  /** An error: main does not answer at all. */
  againReply: Result<null, CallProblem> | Error = ok(null);
  /** Whom the page asked main about. */
  readonly askedFor: (readonly string[])[] = [];
  /** Names are the ids in capitals. */
  directory = (userIds: readonly string[]): Promise<readonly UserProfile[]> =>
    Promise.resolve(userIds.map((userId) => ({ userId, name: userId.toUpperCase() })));
  closes = 0;
  /** What waits for time to pass. */
  waiting: { readonly ms: number; readonly task: () => void }[] = [];
  /** The call that rings here, for an assignment. */
  ringing: CallSnapshot | undefined;

  constructor(exchange: FakeExchange, userId: string) {
    this.bridge = exchange.connect(userId, `${userId}-desk`);
    this.bridge.onIncoming((call) => (this.ringing = call));
    this.controller = new CallController(
      {
        peal: this.#peal(),
        media: this.media,
        devices: {
          read: () => {
            this.reads += 1;
            return Promise.resolve(this.devices);
          },
          watch: (listener) => {
            listener(this.devices);
            return this.#looks.on(listener);
          },
        },
        mark: (name) => this.marks.push(name),
        warn: (message) => this.warnings.push(message),
        after: (ms, task) => {
          const entry = { ms, task };
          this.waiting.push(entry);
          return () => {
            this.waiting = this.waiting.filter((other) => other !== entry);
          };
        },
        caller: { stage: this.stage, now: () => exchange.nowMs },
      },
      (view) => {
        if (view.phase !== this.view.phase) this.phases.push(view.phase);
        this.view = view;
      },
    );
    this.controller.start();
  }

  place(targetId: string, mediaType: 1 | 2): void {
    const what = { purpose: 'place', targetId, mediaType, may: this.#may() } as const;
    this.assigned.send({ ...this.#people(targetId), ...what });
  }

  placeGroup(userIds: readonly string[], mediaType: 1 | 2 = 2): void {
    const { userId } = this.bridge.self;
    const group = { groupId: 'design', name: 'Design' };
    this.assigned.send({
      ...{ ...this.#people(userId), group, groupId: group.groupId },
      ...{ purpose: 'place-group', userIds, mediaType, may: this.#may() },
    });
  }

  answer(accepted: boolean): void {
    if (!this.ringing) throw new Error('nothing rings here');
    const call = this.ringing;
    this.assigned.send({ ...this.#people(call.callerId), purpose: 'answer', call, accepted });
  }

  /** Takes the place of a window of this user's that was in the call. */
  resume(call: CallSnapshot, peerId: string, resume: Resume): void {
    const purpose = { purpose: 'answer', accepted: true } as const;
    this.assigned.send({ ...this.#people(peerId), ...purpose, call, resume });
  }

  /** Something was plugged in or out. */
  plug(devices: ComputerDevices): void {
    this.devices = devices;
    this.#looks.send(devices);
  }

  /** In another window. */
  set(devices: Partial<AppSettings['devices']>): void {
    this.settings = { ...this.settings, devices: { ...this.settings.devices, ...devices } };
    this.settingsChanged.send(this.settings);
  }

  /** The window closes by itself after this time; null while it stays. */
  get closesInMs(): number | null {
    return this.waiting.at(-1)?.ms ?? null;
  }

  /** As main says it with the assignment. */
  #may(): Result<null, CallProblem> {
    const { refusal, isOffline } = this.bridge;
    if (refusal) return err(refusal);
    return isOffline ? err('offline') : ok(null);
  }

  #people(peerId: string): Pick<CallAssignment, 'self' | 'deviceId' | 'peer'> {
    const { userId, deviceId } = this.bridge.self;
    return { self: { userId, name: userId }, deviceId, peer: { userId: peerId, name: peerId } };
  }

  #peal(): CallApi {
    const bridge: CallerBridge = this.bridge;
    const nothing = (): Promise<null> => Promise.resolve(null);
    return {
      ready: () => {
        this.isReady = true;
        return nothing();
      },
      start: (request) => bridge.start(request),
      startGroup: (request) => bridge.startGroup(request),
      invite: ({ callId, ...request }) => bridge.invite(callId, request),
      extend: ({ callId, userIds }) => bridge.extend(callId, userIds),
      answerMedia: ({ callId, accept }) => bridge.answerMedia(callId, accept),
      findPeople: async ({ userIds }) => {
        this.askedFor.push(userIds);
        return ok(await this.directory(userIds));
      },
      searchPeople: () => Promise.resolve(ok([])),
      findGroup: () => Promise.resolve(ok(null)),
      lookAtPresence: () => Promise.resolve(ok([])),
      claim: ({ callId, joinType }) => bridge.claim(callId, joinType),
      join: ({ callId, user }) => bridge.join(callId, user),
      leave: ({ callId, why, user }) => bridge.leave(callId, why, user),
      setMedia: ({ callId, mediaType }) => bridge.setMedia(callId, mediaType),
      reportMediaState: nothing,
      callAgain: (request) => {
        this.calledAgain.push(request);
        const reply = this.againReply;
        return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
      },
      sendSignal: () => Promise.reject(new Error('the window is closing')),
      reportLiveLinks: nothing,
      iceServers: () => bridge.iceServers(),
      getSettings: () => Promise.resolve(this.settings),
      chooseDevices: (devices) => {
        this.set(devices);
        return Promise.resolve(this.settings);
      },
      onSettingsChanged: this.settingsChanged.on,
      onSoundLost: this.soundLost.on,
      onSightChanged: this.sightChanged.on,
      findPicture: nothing,
      closeWindow: () => {
        this.closes += 1;
        return nothing();
      },
      minimize: nothing,
      toggleMaximize: nothing,
      setForm: nothing,
      drag: nothing,
      toNextCorner: nothing,
      markWordsRead: nothing,
      onFormChanged: () => () => undefined,
      onMiniAsked: () => () => undefined,
      onMuteAsked: this.muteAsked.on,
      onAssigned: this.assigned.on,
      onSnapshot: (listener) => bridge.onSnapshot(listener),
      onSignal: (listener) => bridge.onSignal(listener),
      onAccepted: this.accepted.on,
      onNetworkChanged: (listener) => bridge.onNetworkChanged(() => listener(null)),
    };
  }
}
