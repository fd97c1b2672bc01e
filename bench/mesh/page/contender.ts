/** What both meshes look like to the page. People are numbers, in the order in which they join. */
import type { CallPlan } from './stage-api';

export interface MeshPort {
  /** So many have joined, the newest last; everybody learns of it, the newest too. */
  joined(count: number): void;
  receive(from: number, message: unknown): void;
  close(): void;
}

export interface MeshOptions {
  readonly me: number;
  readonly plan: CallPlan;
  readonly voice: MediaStreamTrack;
  readonly camera: MediaStreamTrack | null;
  readonly send: (to: number, message: unknown) => void;
  readonly onTrack: (from: number, track: MediaStreamTrack) => void;
  /** What went wrong and was survived. */
  readonly onProblem: (problem: string) => void;
}
