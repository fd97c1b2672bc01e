/** What one person's page can be told to do; free of DOM types, so that the bench can name it too. */
export type Contender = 'peal' | 'bare';

/** Everybody's microphone, and with a size everybody's camera. */
export interface Devices {
  readonly picture: Picture | null;
  /** The tone that the microphone gives. */
  readonly hz: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** By the names of RTCRtpEncodingParameters. */
export interface Limits {
  readonly maxBitrate: number;
  readonly maxFramerate: number;
}

export interface CallPlan {
  readonly callId: string;
  readonly contender: Contender;
  /** The size of a tile; Peal is told that it is shown so high. */
  readonly tile: { readonly width: number; readonly height: number };
  /** What the bare mesh is told to keep to: Peal has its budget for that. */
  readonly limits: Limits | null;
}

/** How long after this person's join. */
export interface Arrival {
  /** The first picture of the last one of the others; null in a call without pictures. */
  readonly seenMs: number | null;
  /** The first sound of the last one. */
  readonly heardMs: number;
}

/** What came from one other person since the call began. */
export interface Received {
  readonly from: number;
  readonly pictures: number;
  readonly width: number;
  readonly height: number;
  readonly pictureBytes: number;
  /** Played, without those that were made up for lost ones. */
  readonly samples: number;
  readonly concealedSamples: number;
  readonly voiceBytes: number;
}

export interface Totals {
  /** Milliseconds of the page's own clock. */
  readonly at: number;
  readonly received: readonly Received[];
  /** To all others together. */
  readonly sentBytes: number;
  /** What Peal's mesh survived since the call began. */
  readonly problems: readonly string[];
}

export interface StageApi {
  open(devices: Devices): Promise<void>;
  setSpeaking(isSpeaking: boolean): void;
  begin(plan: CallPlan): void;
  join(): Promise<void>;
  /** Once the others are seen and heard here, asked of who joined last; null when the limit has passed before. */
  complete(limitMs: number): Promise<Arrival | null>;
  /** How many of the pictures that go out the browser makes smaller than asked, for the bits that it believes in. */
  heldBack(): Promise<number>;
  totals(): Promise<Totals>;
  end(): Promise<void>;
}
