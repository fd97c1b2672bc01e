export interface BareMesh {
  joined(count: number): void;
  receive(from: number, message: unknown): void;
  close(): void;
}

export function bareMesh(options: {
  readonly me: number;
  readonly tracks: readonly MediaStreamTrack[];
  /** By the names of RTCRtpEncodingParameters; null: as the browser likes. */
  readonly limits: { readonly maxBitrate: number; readonly maxFramerate: number } | null;
  readonly send: (to: number, message: unknown) => void;
  readonly onTrack: (from: number, track: MediaStreamTrack) => void;
}): BareMesh;
