export interface BareMesh {
  /** So many have joined, the newest last. */
  joined(count: number): void;
  receive(from: number, message: unknown): void;
  close(): void;
}

export interface BareMeshOptions {
  readonly me: number;
  readonly tracks: readonly MediaStreamTrack[];
  readonly send: (to: number, message: unknown) => void;
  readonly onTrack: (from: number, track: MediaStreamTrack) => void;
}

export function bareMesh(options: BareMeshOptions): BareMesh;
