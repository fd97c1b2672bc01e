/** One call as one person has it: the mesh under test, and what has come of the others. */
import { bareMesh } from '../../baseline/mesh/bare-mesh.mjs';
import type { MeshOptions, MeshPort } from './contender';
import { pealMesh } from './peal';
import { listen, playVoice, showPicture } from './senses';
import type { Arrival, CallPlan } from './stage-api';

export interface OwnMedia {
  readonly voice: MediaStreamTrack;
  readonly camera: MediaStreamTrack | null;
  readonly hz: number;
}

const meshes = {
  peal: pealMesh,
  bare: ({ plan, voice, camera, ...rest }: MeshOptions): MeshPort =>
    bareMesh({ ...rest, tracks: camera ? [voice, camera] : [voice], limits: plan.limits }),
} as const;

export class OngoingCall {
  readonly problems: string[] = [];
  readonly #plan: CallPlan;
  readonly #own: OwnMedia;
  readonly #context: AudioContext;
  readonly #mesh: MeshPort;
  readonly #people = new Map<string, number>();
  readonly #seenAt = new Map<number, number>();
  readonly #heardAt = new Map<number, number>();
  readonly #endings: (() => void)[] = [];
  readonly #others: number;
  #joinedAt = NaN;
  #isNewest = false;

  constructor(
    plan: CallPlan,
    own: OwnMedia,
    context: AudioContext,
    wires: Pick<MeshOptions, 'me' | 'send'>,
  ) {
    this.#plan = plan;
    this.#own = own;
    this.#context = context;
    // Whoever joins finds all those of lower numbers.
    this.#others = wires.me;
    const { voice, camera } = own;
    this.#mesh = meshes[plan.contender]({
      ...{ plan, voice, camera, ...wires },
      onTrack: (from, track) => this.#take(from, track),
      onProblem: (problem) => this.problems.push(problem),
    });
  }

  get callId(): string {
    return this.#plan.callId;
  }

  personOf(trackId: string): number | undefined {
    return this.#people.get(trackId);
  }

  join(count: number): void {
    this.#isNewest = true;
    this.#joinedAt = performance.now();
    this.#mesh.joined(count);
  }

  /** Somebody else joined. */
  joined(count: number): void {
    this.#isNewest = false;
    this.#mesh.joined(count);
  }

  receive(from: number, message: unknown): void {
    this.#mesh.receive(from, message);
  }

  /** null: somebody is still missing. */
  get arrival(): Arrival | null {
    const others = this.#others;
    const needsPictures = this.#own.camera !== null;
    if (this.#heardAt.size < others) return null;
    if (needsPictures && this.#seenAt.size < others) return null;
    const since = (times: Iterable<number>): number => Math.max(0, ...times) - this.#joinedAt;
    return {
      seenMs: needsPictures ? since(this.#seenAt.values()) : null,
      heardMs: since(this.#heardAt.values()),
    };
  }

  close(): void {
    this.#mesh.close();
    for (const end of this.#endings) end();
  }

  #take(from: number, track: MediaStreamTrack): void {
    this.#people.set(track.id, from);
    const first = (times: Map<number, number>) => () => void times.set(from, performance.now());
    if (track.kind === 'video') {
      this.#endings.push(showPicture(track, this.#plan.tile, first(this.#seenAt)));
      return;
    }
    const stream = new MediaStream([track]);
    this.#endings.push(playVoice(stream));
    // Whoever was there before the newest has nothing to time.
    if (!this.#isNewest) return;
    const sense = { context: this.#context, hz: this.#own.hz };
    this.#endings.push(listen(stream, sense, first(this.#heardAt)));
  }
}
