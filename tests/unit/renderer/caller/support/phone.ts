/** One user at one device: a real caller over the fake exchange, and a diary of everything it was told. */
import { expect } from 'vitest';
import { createCaller } from '../../../../../renderer/caller/caller';
import type { CallerOptions } from '../../../../../renderer/caller/options';
import { afterContinuations } from '../../../../../renderer/caller/events';
import type {
  ICallParams,
  ICallResult,
  IEndSummary,
  IGroupCallParams,
  IOfflineRecord,
  ISenderInfo,
  ISessionListener,
  RCCallClient,
  RCCallSession,
  RCTrack,
} from '../../../../../renderer/caller/types';
import type { FakeBridge, FakeExchange } from './fake-exchange';
import { FakeMedia, FakeStage } from './fake-media';

/** Every message and promise that waits now has been handled. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise<void>((resolve) => afterContinuations(resolve));
  }
}

export class Phone {
  readonly bridge: FakeBridge;
  readonly media = new FakeMedia();
  readonly stage = new FakeStage();
  readonly caller: RCCallClient;
  readonly diary: string[] = [];
  readonly warnings: string[] = [];
  readonly tracks: RCTrack[] = [];
  readonly summaries: IEndSummary[] = [];
  readonly records: IOfflineRecord[] = [];
  readonly senders: ISenderInfo[] = [];
  readonly extras: (string | undefined)[] = [];
  /** What onSession does besides registering the listener. */
  onSession: (session: RCCallSession) => void = (session) =>
    session.registerSessionListener(this.listener());
  #session: RCCallSession | undefined;

  constructor(
    exchange: FakeExchange,
    userId: string,
    deviceId = `${userId}-desk`,
    options: Partial<CallerOptions> = {},
  ) {
    this.bridge = exchange.connect(userId, deviceId);
    this.caller = createCaller(this.bridge, this.media, {
      onSession: (session, extra) => {
        this.#session = session;
        this.extras.push(extra);
        this.diary.push('onSession');
        this.onSession(session);
      },
      onSessionClose: (session, summary) => {
        this.#expectOwn(session);
        this.summaries.push(summary);
        this.diary.push(`close(${summary.endReason})`);
      },
      onOfflineRecord: (record) => {
        this.records.push(record);
        this.diary.push(`record(${record.endReason})`);
      },
      warn: (message) => this.warnings.push(message),
      stage: this.stage,
      now: () => exchange.nowMs + 123_456,
      ...options,
    });
  }

  get session(): RCCallSession {
    if (!this.#session) throw new Error('there is no session');
    return this.#session;
  }

  async call(
    targetId: string,
    mediaType: 1 | 2 = 1,
    more: Partial<ICallParams> = {},
  ): Promise<ICallResult> {
    const params = { targetId, mediaType, listener: this.listener(), ...more };
    const result = await this.caller.call(params);
    this.#session = result.session;
    this.diary.push(`call ${result.code}`);
    return result;
  }

  async callGroup(
    userIds: readonly string[],
    more: Partial<IGroupCallParams> = {},
  ): Promise<ICallResult> {
    const params = {
      targetId: 'design',
      userIds,
      mediaType: 1,
      listener: this.listener(),
    } as const;
    const result = await this.caller.callInGroup({ ...params, ...more });
    this.#session = result.session;
    this.diary.push(`call ${result.code}`);
    return result;
  }

  async enter(callId: string): Promise<ICallResult> {
    const result = await this.caller.enter(callId, this.listener());
    this.#session = result.session;
    this.diary.push(`enter ${result.code}`);
    return result;
  }

  async accept(): Promise<void> {
    const { code } = await this.session.accept();
    this.diary.push(`accept ${code}`);
  }

  forget(): void {
    this.diary.length = 0;
  }

  async hangUp(): Promise<void> {
    const { code } = await this.session.hungup();
    this.diary.push(`hungup ${code}`);
  }

  listener(): ISessionListener {
    const note = (line: string, session: RCCallSession): void => {
      this.#expectOwn(session);
      this.diary.push(line);
    };
    const noteSender = (line: string, sender: ISenderInfo, session: RCCallSession): void => {
      this.senders.push(sender);
      note(line, session);
    };
    return {
      onRinging: (sender, session) => noteSender(`ringing(${sender.userId})`, sender, session),
      onAccept: (sender, session) => noteSender(`accept(${sender.userId})`, sender, session),
      onHungup: (sender, reason, session) =>
        noteSender(`H(${sender.userId},${reason})`, sender, session),
      onTrackReady: (track, session) => {
        this.tracks.push(track);
        const whose = track.isLocalTrack() ? 'local' : track.getUserId();
        const kind = track.isAudioTrack() ? 'audio' : 'video';
        const line = `track(${whose} ${kind})`;
        if (session) note(line, session);
        else this.diary.push(`${line} without session`);
      },
      onMemberModify: (sender, invited, session) => {
        const ringing = invited.map(({ userId }) => userId).join(' ');
        noteSender(`member-modify(${sender.userId}: ${ringing})`, sender, session);
      },
      onVideoAsked: (sender, session) => noteSender(`video?(${sender.userId})`, sender, session),
      onVideoAskEnd: (session) => note('video? over', session),
      onMediaModify: (sender, mediaType, session) =>
        noteSender(`media(${sender.userId},${mediaType})`, sender, session),
      onAudioMuteChange: ({ userId, muted }, session) =>
        note(`audio(${userId} ${muted ? 'muted' : 'on'})`, session),
      onVideoMuteChange: ({ userId, muted }, session) =>
        note(`video(${userId} ${muted ? 'off' : 'on'})`, session),
      onTrackPublishFail: (code, session) => note(`publish-fail(${code})`, session),
      onLocalTrackEnded: (track, session) =>
        note(`ended(${track.isAudioTrack() ? 'audio' : 'video'})`, session),
      onLinkStateChange: (userId, state, session) => note(`link(${userId} ${state})`, session),
    };
  }

  /** Nothing that the session opened is left. */
  expectReleased(): void {
    expect(this.media.openDevices).toEqual([]);
    expect(this.media.meshes.filter((mesh) => !mesh.isStopped)).toEqual([]);
    expect(this.stage.heard).toBe(0);
  }

  /** The session in a callback is the very object that call() and onSession gave. */
  #expectOwn(session: RCCallSession): void {
    expect(session).toBe(this.#session);
  }
}
