/** What the page of this folder can be told to do; free of DOM types, so that the tests can name it too. */
export interface LabEvent {
  /** performance.now() of the page. */
  readonly at: number;
  readonly who: string;
  readonly what:
    'link' | 'live' | 'problem' | 'state' | 'track' | 'sent' | 'heard twice' | 'speaking';
  readonly detail: string;
}

export type Fault =
  | { readonly kind: 'lose'; readonly type: string; readonly times: number }
  | { readonly kind: 'cut' };

/** Settings as the browser reports them; null for what did not open. */
export interface OpenedDevices {
  readonly voice: Readonly<Record<string, unknown>> | null;
  readonly camera: Readonly<Record<string, unknown>> | null;
  /** `microphone absent`, for what did not. */
  readonly problem: string | null;
}

export interface LabApi {
  /** Everybody hangs up; the next joiner is the first of a new call, the next one or the one of this number. */
  reset(call?: number): void;
  /** A party with a tone of its own and a moving picture; the later joiner makes the offers. */
  join(name: string, hz: number): void;
  /** A party in another page: its signals go out by `window.sendOut` and come in by `deliver`. */
  joinElsewhere(name: string, hz: number): void;
  deliver(signal: unknown): void;
  /** Takes part without being in the call yet: rings, or was clicked and opens its devices. */
  ring(name: string, hz: number): void;
  setLeg(name: string, state: 'ringing' | 'claimed' | 'joined'): void;
  /** The window of this party is killed and made anew: the same leg, a page that knows nothing. */
  reopen(name: string): void;
  leave(name: string): void;
  /** A second snapshot of the same state: nothing may come of it. */
  repeatSnapshot(): void;
  /** This party's snapshots are kept back until `release`: signals overtake them. */
  holdSnapshots(name: string): void;
  releaseSnapshots(name: string): void;
  setFault(fault: Fault | null): void;
  /** A signal that nobody of the call made. */
  forge(from: string, to: string, signal: { linkId?: string; payload: string }): void;
  /** The newest link id seen between two parties. */
  linkId(a: string, b: string): string;
  setState(name: string, state: { voiceMuted: boolean; cameraOff: boolean }): void;
  /** The height at which this party shows another one; 0: not at all. */
  showAt(name: string, other: string, height: number): void;
  setVoice(name: string, on: boolean): void;
  /** The product's own media take over what this party sends; the next verbs are theirs. */
  useProduct(name: string): Promise<void>;
  muteVoice(name: string, isMuted: boolean): void;
  switchCamera(name: string, isOn: boolean): Promise<void>;
  /** What this party's product has open: `audio`, `video`. */
  liveDevices(name: string): readonly string[];
  /** Opens the product's media, ends the call before the browser has given them, and tells what was opened. */
  openTooLate(name: string): Promise<{ readonly answer: string; readonly opened: number }>;
  changeVoice(name: string, hz: number): void;
  /** Hands a picture to the section of the voice, which no browser sends. */
  sendPictureAsVoice(name: string): void;
  refresh(name: string): void;
  /** Closes the real RTCDataChannel under this party's newest connection. */
  closeChannel(name: string): void;
  /** Closes the real RTCPeerConnection, as a crash of the media stack would. */
  killConnection(name: string): void;
  connections(name: string): number;
  /** Since the page was loaded. */
  totals(): { readonly made: number; readonly gathered: number };
  /** What the newest connection of this party received so far. */
  received(name: string): Promise<{
    readonly videoBytes: number;
    readonly audioPackets: number;
    readonly audioBytes: number;
  }>;
  /** Opens real (generated) devices for documented constraints, reads their settings and closes them. */
  openDevices(
    wants: { readonly video: boolean; readonly orVoiceAlone?: boolean },
    constraints?: unknown,
  ): Promise<OpenedDevices>;
  listDevices(): Promise<readonly { readonly kind: string; readonly deviceId: string }[]>;
  /** Resolves with the time from now until the tone is heard, or -1 after the limit. */
  waitForSound(listener: string, speaker: string, limitMs: number): Promise<number>;
  /** Another tone than the one this speaker began with. */
  waitForTone(listener: string, speaker: string, hz: number, limitMs: number): Promise<number>;
  waitForSilence(listener: string, speaker: string, limitMs: number): Promise<number>;
  waitForEvent(match: Partial<LabEvent>, limitMs: number): Promise<number>;
  /** The longest time without the tone among the samples since `sinceMs`, and how many samples there were. */
  longestSilence(
    listener: string,
    speaker: string,
    sinceMs: number,
  ): { readonly ms: number; readonly samples: number };
  /** The largest sample of the last 40 ms, after decoding; 1 is full scale. */
  peak(listener: string, speaker: string): number;
  /** The loudest frequency heard. */
  peakHz(listener: string, speaker: string): number;
  /** Different pictures among those presented in this time. */
  countPictures(listener: string, speaker: string, forMs: number): Promise<number>;
  events(): readonly LabEvent[];
  now(): number;
}
