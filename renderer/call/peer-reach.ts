/** How far a call between two has got at the other person, from the snapshots and the time that has passed. */
import { type Reach, probeMs, reachOf } from '#common/reach';
import { type CallSnapshot, legOf } from '#protocol/snapshot';
import type { CallPorts } from './ports';

export interface PeerReachOptions {
  readonly after: CallPorts['after'];
  readonly changed: (reach: Reach | null) => void;
}

export class PeerReach {
  readonly #options: PeerReachOptions;
  #selfId = '';
  #call: CallSnapshot | undefined;
  /** A device that is there has had the time to ring. */
  #isLate = false;
  #cancel: (() => void) | undefined;

  constructor(options: PeerReachOptions) {
    this.#options = options;
  }

  begin(selfId: string): void {
    this.#selfId = selfId;
  }

  handleCall(call: CallSnapshot): void {
    if (this.#call && call.revision <= this.#call.revision) return;
    this.#call = call;
    this.#cancel ??= this.#options.after(probeMs, () => {
      this.#isLate = true;
      this.#tell();
    });
    this.#tell();
  }

  stop(): void {
    this.#cancel?.();
    // Nothing is waited for any more.
    this.#cancel = () => undefined;
  }

  #tell(): void {
    this.#options.changed(this.#now());
  }

  #now(): Reach | null {
    const call = this.#call;
    const peer = call?.legs.find(({ userId }) => userId !== this.#selfId);
    if (!call || !peer || call.kind === 'group') return null;
    const wasCalled = legOf(call, peer.userId)?.invitedBy === this.#selfId;
    return wasCalled ? reachOf(call, peer.userId, this.#isLate ? probeMs : 0) : null;
  }
}
