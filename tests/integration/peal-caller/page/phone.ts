/** One user of the page: the package's client, and everything an application hears from it, written down. */
import {
  type ConnectOptions,
  type ICallResult,
  type ISessionListener,
  type PealClient,
  type RCCallClient,
  type RCCallSession,
  type RCTrack,
  connect,
} from '/peal-caller/index.js';
import type { Sample } from '/sample.js';
import type { GroupCall, Heard, Members, SignIn } from './lab-api';

type Note = Omit<Heard, 'isSameSession'> & { readonly session?: RCCallSession | undefined };

export class Phone {
  sample: Sample | undefined;
  session: RCCallSession | undefined;
  readonly #onFault: (fault: string) => void;
  #client: PealClient | undefined;
  #notes: Note[] = [];

  constructor(onFault: (fault: string) => void) {
    this.#onFault = onFault;
  }

  async signIn(options: SignIn): Promise<string> {
    const all: ConnectOptions = {
      ...options,
      onSession: (session, extra) => this.#handleSession(session, extra),
      onSessionClose: (session, { endReason }) =>
        this.#note({ what: 'close', reason: endReason, session }),
      onOfflineRecord: ({ inviterId, endReason }) =>
        this.#note({ what: 'record', userId: inviterId, reason: endReason }),
      // What a link survived is no fault; one whose other end hangs up first loses its data channel before it is told.
      warn: (message) => {
        if (!message.startsWith('link to leg')) this.#onFault(message);
      },
    };
    try {
      const connected = await connect(all);
      if (!connected.ok) return connected.problem;
      this.#client = connected.client;
      connected.client.onConnectionChange(({ state, problem }) =>
        this.#note({ what: 'connection', state, ...(problem !== undefined && { problem }) }),
      );
      return 'ok';
    } catch (error) {
      return `rejected: ${String(error)}`;
    }
  }

  async signOut(): Promise<void> {
    await this.#client?.disconnect();
    this.#client = undefined;
  }

  get openSession(): RCCallSession {
    if (!this.session) throw new Error('There is no session.');
    return this.session;
  }

  get heard(): Heard[] {
    return this.#notes.map(({ session, ...heard }) => ({
      ...heard,
      ...(session && { isSameSession: session === this.session }),
    }));
  }

  forget(): void {
    this.#notes = [];
    this.session = undefined;
  }

  get members(): Members {
    const session = this.openSession;
    return {
      callId: session.getSessionId(),
      conversationType: session.getConversationType(),
      callerId: session.getCallerId(),
      remoteUsers: session.getRemoteUsers().map(({ userId, state }) => ({ userId, state })),
    };
  }

  callInGroup(call: GroupCall): Promise<ICallResult> {
    const listener = this.#recorded(hearingListener);
    return this.#keep(this.#caller.callInGroup({ ...call, mediaType: 1, listener }));
  }

  enter(callId: string): Promise<ICallResult> {
    return this.#keep(this.#caller.enter(callId, this.#recorded(hearingListener)));
  }

  /** The client, except that what the sample's own listener is told is written down before it is told. */
  recordedCaller(): Pick<RCCallClient, 'call' | 'callInGroup' | 'setPushConfig'> {
    const caller = this.#caller;
    return {
      setPushConfig: (...configs) => caller.setPushConfig(...configs),
      call: (params) => caller.call({ ...params, listener: this.#recorded(params.listener) }),
      callInGroup: (params) =>
        caller.callInGroup({ ...params, listener: this.#recorded(params.listener) }),
    };
  }

  get #caller(): RCCallClient {
    const caller = this.#client?.caller;
    if (!caller) throw new Error('Not signed in.');
    return caller;
  }

  async #keep(called: Promise<ICallResult>): Promise<ICallResult> {
    const result = await called;
    this.session = result.session;
    return result;
  }

  #handleSession(session: RCCallSession, extra: string | undefined): void {
    this.session = session;
    this.#note({ what: 'session', session, ...(extra !== undefined && { extra }) });
    session.registerSessionListener(this.#recorded(hearingListener));
  }

  #recorded(listener: ISessionListener): ISessionListener {
    return {
      onRinging: ({ userId }, session) => {
        this.#note({ what: 'ringing', userId, session });
        listener.onRinging({ userId }, session);
      },
      onAccept: (sender, session) => {
        this.#note({ what: 'accept', userId: sender.userId, session });
        listener.onAccept(sender, session);
      },
      onHungup: (sender, reason, session) => {
        this.#note({ what: 'hungup', userId: sender.userId, reason, session });
        listener.onHungup(sender, reason, session);
      },
      onTrackReady: (track, session) => {
        this.#noteTrack(track, session);
        listener.onTrackReady(track, session);
      },
      onMemberModify: (sender, invited, session) => {
        const ringing = invited.map(({ userId }) => userId).join(' ');
        this.#note({ what: 'member-modify', userId: sender.userId, ringing, session });
        listener.onMemberModify(sender, invited, session);
      },
      onMediaModify: (sender, mediaType, session) => {
        this.#note({ what: 'media', userId: sender.userId, mediaType, session });
        listener.onMediaModify(sender, mediaType, session);
      },
      onAudioMuteChange: (user, session) => {
        this.#note({ what: 'audio-mute', userId: user.userId, muted: user.muted, session });
        listener.onAudioMuteChange?.(user, session);
      },
      onVideoMuteChange: (user, session) => {
        this.#note({ what: 'video-mute', userId: user.userId, muted: user.muted, session });
        listener.onVideoMuteChange?.(user, session);
      },
    };
  }

  /** The track itself is passed on; only the answers of its play() are written down. */
  #noteTrack(track: RCTrack, session: RCCallSession | undefined): void {
    const kind = track.isAudioTrack() ? 'audio' : 'video';
    const about = { kind, isLocal: track.isLocalTrack(), userId: track.getUserId() } as const;
    this.#note({ what: 'track', ...about, session });
    const play = track.play.bind(track);
    track.play = async (...args) => {
      const played = await play(...args);
      this.#note({ what: 'played', ...about, code: played.code });
      return played;
    };
  }

  #note(note: Note): void {
    this.#notes.push(note);
  }
}

/** An application that only listens: the other end of a call of the sample. */
const hearingListener: ISessionListener = {
  onRinging: () => undefined,
  onAccept: () => undefined,
  onHungup: () => undefined,
  onTrackReady: (track) => {
    if (track.isAudioTrack() && !track.isLocalTrack()) void track.play();
  },
  onMemberModify: () => undefined,
  onMediaModify: () => undefined,
};
