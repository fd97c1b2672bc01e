/** What the incoming card asks. */
import type { AnswerFailure, DeskCallView } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { joinTypes } from '#protocol/join-types';
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import type { Clock } from '../clock';
import type { DeskParts } from './desk-parts';
import type { RingReport } from './ring-report';
import { shownRings } from './rules/wanted';

/** A held key comes again sooner than this, the first time after the longest wait that desktops have by default. */
const heldKeyMs = 700;

export interface CardRequestsOptions extends DeskParts {
  readonly rings: RingReport;
  readonly view: (call: CallSnapshot) => DeskCallView;
  readonly clock: Clock;
}

export class CardRequests {
  readonly #options: CardRequestsOptions;
  /** A key has answered it, and the server has not. */
  #pressed: string | null = null;
  #pressedAtMs: number | null = null;

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

  received(callId: string): void {
    this.#options.rings.noteReceived(callId);
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

  /**
   * A key that works everywhere: the same as a click. Held down, it comes again and again, also for the next ring, which
   * nobody has seen: it counts again only after it was let go. Returns why it did not work.
   */
  async press(verb: 'accept' | 'decline'): Promise<AnswerFailure | null> {
    const isHeld = this.#isHeldKey();
    const ring = this.current();
    if (isHeld || !ring || this.#pressed === ring.callId) return null;
    this.#pressed = ring.callId;
    const { callId, elsewhere } = ring;
    try {
      const done = await (verb === 'accept'
        ? this.accept(callId, elsewhere)
        : this.decline(callId));
      return done.ok ? null : { callId, problem: done.error };
    } finally {
      if (this.#pressed === callId) this.#pressed = null;
    }
  }

  /** The card is gone at once; the server hears of it as soon as it can. `reply`: what the caller is told. */
  async decline(callId: string, reply?: string): Promise<Result<null, CallProblem>> {
    const isThere = this.rings().some((call) => call.callId === callId);
    return isThere ? this.leave(callId, reply) : err('call-over');
  }

  /** For whoever has seen that there is something to leave. */
  async leave(callId: string, reply?: string): Promise<Result<null, CallProblem>> {
    const { store, commands, nowMs, onChanged } = this.#options;
    store.markOut(callId, 'hangup', nowMs(), reply);
    const left = commands.leave({
      callId,
      why: 'hangup',
      ...(reply === undefined ? {} : { reply }),
    });
    onChanged();
    const answer = await left;
    return answer.ok ? ok(null) : answer;
  }

  /** A clock that was set back meanwhile does not make a key a held one. */
  #isHeldKey(): boolean {
    const [now, before] = [this.#options.clock.nowMs(), this.#pressedAtMs];
    this.#pressedAtMs = now;
    return before !== null && now >= before && now - before < heldKeyMs;
  }
}
