/**
 * Slows down guessing, per account and per address: the first wrong tries cost nothing, then each doubles the pause.
 * A try counts when it begins, so that a hundred at once are a hundred; a right one clears the account.
 */
import type { Clock } from '../clock';

const forgetMs = 30 * 60_000;
const firstPauseMs = 1_000;
const longestPauseMs = 25_000;
const maxKeys = 10_000;

/** Many people share one address, nobody shares an account. */
const freeTries = { account: 5, address: 50 } as const;

interface Tries {
  count: number;
  lastAt: number;
  blockedUntil: number;
}

export class SignInThrottle {
  readonly #clock: Clock;
  readonly #tries = new Map<string, Tries>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False: too early, do not even look at the password. */
  begin(account: string | null, address: string): boolean {
    const now = this.#clock.monotonic();
    const keys = keysOf(account, address);
    if (keys.some(({ key }) => (this.#tries.get(key)?.blockedUntil ?? 0) > now)) return false;
    for (const { key, free } of keys) this.#count(key, free, now);
    return true;
  }

  succeed(account: string | null, address: string): void {
    const [ofAddress, ofAccount] = keysOf(account, address);
    if (ofAccount) this.#tries.delete(ofAccount.key);
    const tries = ofAddress && this.#tries.get(ofAddress.key);
    if (!tries) return;
    tries.count -= 1;
    tries.blockedUntil = 0;
  }

  #count(key: string, free: number, now: number): void {
    const known = this.#tries.get(key);
    const count = known && now - known.lastAt < forgetMs ? known.count + 1 : 1;
    const over = count - free;
    const pause = over > 0 ? Math.min(longestPauseMs, firstPauseMs * 2 ** (over - 1)) : 0;
    this.#tries.delete(key);
    this.#tries.set(key, { count, lastAt: now, blockedUntil: now + pause });
    if (this.#tries.size > maxKeys) this.#forgetOldest();
  }

  /** The map is in order of the last try. */
  #forgetOldest(): void {
    const oldest = this.#tries.keys().next();
    if (!oldest.done) this.#tries.delete(oldest.value);
  }
}

function keysOf(account: string | null, address: string): { key: string; free: number }[] {
  const ofAddress = { key: `address ${address}`, free: freeTries.address };
  return account === null
    ? [ofAddress]
    : [ofAddress, { key: `account ${account}`, free: freeTries.account }];
}
