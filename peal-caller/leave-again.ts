/** A hang-up that the server did not take is tried again until it has, or the page is closed. */
import type { Clock } from '#main/clock';

const againMs = 1_000;

export class LeaveAgain {
  readonly #clock: Clock;
  readonly #leaveRest: () => boolean;
  #cancel: () => void = () => undefined;
  #isClosed = false;

  /** `leaveRest` leaves what is still to be left, and says whether there was anything. */
  constructor(clock: Clock, leaveRest: () => boolean) {
    this.#clock = clock;
    this.#leaveRest = leaveRest;
  }

  later(): void {
    this.#cancel();
    if (this.#isClosed) return;
    this.#cancel = this.#clock.after(againMs, () => {
      if (this.#leaveRest()) this.later();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }
}
