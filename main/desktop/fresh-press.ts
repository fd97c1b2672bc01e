/**
 * Tells a press from a key that was held down before anybody listened to it: the desktop repeats that one, and hands on
 * its repeats as presses. What comes soon after the listening began is believed a moment later, unless it comes again.
 */
import type { Clock } from '../clock';

/** The longest wait before the first repeat that desktops have by default, and a little more. */
const heldMs = 700;
/** From then on it comes again sooner than this. */
const againMs = 250;

export class FreshPress {
  readonly #clock: Clock;
  readonly #run: () => void;
  readonly #sinceMs: number;
  #lastMs = -Infinity;
  #isHeld = false;
  #doubt: (() => void) | null = null;

  /** It listens from now on. */
  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
    this.#sinceMs = clock.nowMs();
  }

  press(): void {
    const nowMs = this.#clock.nowMs();
    const goesOn = nowMs - this.#lastMs < heldMs;
    this.#lastMs = nowMs;
    if (this.#isHeld && goesOn) return;
    this.#isHeld = this.#doubt !== null;
    if (this.#isHeld) this.end();
    else if (nowMs - this.#sinceMs >= heldMs) this.#run();
    else this.#doubt = this.#clock.after(againMs, () => this.#believe());
  }

  /** Nobody listens any more. */
  end(): void {
    this.#doubt?.();
    this.#doubt = null;
  }

  #believe(): void {
    this.#doubt = null;
    this.#run();
  }
}
