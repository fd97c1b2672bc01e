/** How far the server's clock is from ours. The answer was written somewhere between sending and receiving. */
export class ClockOffset {
  #offsetMs = 0;

  note(serverNowMs: number, sentAtMs: number, receivedAtMs: number): void {
    this.#offsetMs = Math.round(serverNowMs - (sentAtMs + receivedAtMs) / 2);
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  toServer(nowMs: number): number {
    return nowMs + this.#offsetMs;
  }
}
