/** What the incoming card asks. */
import type { DeskCallView } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { joinTypes } from '#protocol/join-types';
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import type { DeskParts } from './desk-parts';
import type { RingReport } from './ring-report';
import { shownRings } from './rules/wanted';

export interface CardRequestsOptions extends DeskParts {
  readonly rings: RingReport;
  readonly view: (call: CallSnapshot) => DeskCallView;
}

export class CardRequests {
  readonly #options: CardRequestsOptions;

  constructor(options: CardRequestsOptions) {
    this.#options = options;
  }

  current(): DeskCallView | null {
    const [ring] = this.rings();
    return ring ? this.#options.view(ring) : null;
  }

  /** What rings here, the one in the card first. */
  rings(): readonly CallSnapshot[] {
    const { store, viewer, nowMs } = this.#options;
    return shownRings(store.known(), viewer, nowMs()).map(({ call }) => call);
  }

  painted(callId: string): void {
    const { rings, onChanged } = this.#options;
    rings.notePainted(callId);
    onChanged();
  }

  /**
   * Whatever is under way to call the same person comes to nothing: this is the call. `switchHere`: the call that this
   * user has on another device ends for it; without, the user's rule decides, which may be that this one is refused.
   */
  async accept(callId: string, switchHere: boolean): Promise<Result<null, CallProblem>> {
    const { store, windows, commands } = this.#options;
    const ring = this.rings().find((call) => call.callId === callId);
    if (!ring) return err('call-over');
    windows.dropPlacing(ring.callerId);
    store.enter(callId);
    windows.openToAnswer(callId);
    const claimed = await commands.run('call.claim', {
      callId,
      ...(switchHere ? { joinType: joinTypes.kick } : {}),
    });
    return claimed.ok ? ok(null) : claimed;
  }

  /** The card is gone at once; the server hears of it as soon as it can. */
  async decline(callId: string): Promise<Result<null, CallProblem>> {
    const isThere = this.rings().some((call) => call.callId === callId);
    return isThere ? this.leave(callId) : err('call-over');
  }

  /** For whoever has seen that there is something to leave. */
  async leave(callId: string): Promise<Result<null, CallProblem>> {
    const { store, commands, nowMs, onChanged } = this.#options;
    store.markOut(callId, 'hangup', nowMs());
    const left = commands.leave({ callId, why: 'hangup' });
    onChanged();
    const answer = await left;
    return answer.ok ? ok(null) : answer;
  }
}
