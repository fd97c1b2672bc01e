/** ICE servers for the next try: fresh ones, or the latest that are known if those take too long or there are none. */
import type { IceServer } from '#protocol/messages';
import type { Clock } from './link-peer';
import { linkTiming } from './link-rules';

export class FreshServers {
  readonly #clock: Clock;
  readonly #fetch: () => Promise<readonly IceServer[]>;
  #known: readonly IceServer[] = [];

  constructor(clock: Clock, fetch: () => Promise<readonly IceServer[]>) {
    this.#clock = clock;
    this.#fetch = fetch;
  }

  async get(): Promise<readonly IceServer[]> {
    let cancel = (): void => undefined;
    const late = new Promise<readonly IceServer[]>((resolve) => {
      cancel = this.#clock.after(linkTiming.iceServersMs, () => resolve([]));
    });
    const fresh = await Promise.race([this.#fetch(), late]);
    cancel();
    if (fresh.length > 0) this.#known = fresh;
    return this.#known;
  }
}
