/** What the page of this folder can be told to do; free of DOM types, so that the tests can name it too. */
export interface LabEvent {
  /** performance.now() of the page. */
  readonly at: number;
  readonly who: string;
  readonly what: 'link' | 'live' | 'problem' | 'state' | 'track' | 'sent';
  readonly detail: string;
}

export type Fault =
  | { readonly kind: 'lose'; readonly type: string; readonly times: number }
  | { readonly kind: 'cut' };

export interface LabApi {
  /** Everybody hangs up; the next joiner is the first of a new call. */
  reset(): void;
  /** A party with a tone of its own and a moving picture; the later joiner makes the offers. */
  join(name: string, hz: number): void;
  /** A party in another page: its signals go out by `window.sendOut` and come in by `deliver`. */
  joinElsewhere(name: string, hz: number): void;
  deliver(signal: unknown): void;
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
  setVoice(name: string, on: boolean): void;
  refresh(name: string): void;
  /** Closes the real RTCDataChannel under this party's newest connection. */
  closeChannel(name: string): void;
  /** Closes the real RTCPeerConnection, as a crash of the media stack would. */
  killConnection(name: string): void;
  connections(name: string): number;
  /** Resolves with the time from now until the tone is heard, or -1 after the limit. */
  waitForSound(listener: string, speaker: string, limitMs: number): Promise<number>;
  waitForSilence(listener: string, speaker: string, limitMs: number): Promise<number>;
  waitForEvent(match: Partial<LabEvent>, limitMs: number): Promise<number>;
  /** The longest time without the tone among the samples since `sinceMs`, and how many samples there were. */
  longestSilence(
    listener: string,
    speaker: string,
    sinceMs: number,
  ): { readonly ms: number; readonly samples: number };
  /** The loudest frequency heard. */
  peakHz(listener: string, speaker: string): number;
  /** Different pictures among those presented in this time. */
  countPictures(listener: string, speaker: string, forMs: number): Promise<number>;
  events(): readonly LabEvent[];
  now(): number;
}
