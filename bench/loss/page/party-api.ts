/** What one person's page can be told to do; free of DOM types, so that the bench can name it too. */

/**
 * peal – the product's own mesh. bare – connections as the browser makes them. redundant – the same, with every voice
 * sent twice from the first packet on (audio/red before opus).
 */
export type Contender = 'peal' | 'bare' | 'redundant';

export interface CallPlan {
  readonly callId: string;
  readonly contender: Contender;
  /** Which person of the call this page is; they are numbered in the order in which they join. */
  readonly me: number;
}

/** Since the call began. */
export interface Received {
  readonly from: number;
  /** All that was played, with what was made up for lost sound. */
  readonly samples: number;
  readonly concealedSamples: number;
  readonly pictures: number;
}

export interface Totals {
  readonly received: readonly Received[];
  /** Payload of the voice to all others together. */
  readonly voiceBytesSent: number;
}

export interface PartyApi {
  open(): Promise<void>;
  begin(plan: CallPlan): void;
  /** So many have joined, the newest last. */
  joined(count: number): void;
  deliver(from: number, message: unknown): void;
  totals(): Promise<Totals>;
  end(): void;
}
