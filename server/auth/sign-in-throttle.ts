/**
 * Slows down guessing of passwords and codes, per account and per address: the first wrong tries cost nothing, then each doubles
 * the pause. A try counts when it begins, so that a hundred at once are a hundred; a right one clears the account.
 */
import type { Clock } from '../clock';

const forgetMs = 30 * 60_000;
const firstPauseMs = 1_000;
const longestPauseMs = 25_000;
const maxKeys = 10_000;

/** Many people share one address, nobody shares an account. */
const freeTries = { account: 5, address: 50 } as const;

/** Who guesses, and whose password; an invitation is nobody's yet. */
export interface Guess {
  readonly address: string;
  readonly account?: string;
}

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
  begin(guess: Guess): boolean {
    const now = this.#clock.monotonic();
    const keys = keysOf(guess);
    if (keys.some(({ key }) => (this.#tries.get(key)?.blockedUntil ?? 0) > now)) return false;
    for (const { key, free } of keys) this.#count(key, free, now);
    return true;
  }

  /** It was right. */
  succeed({ account, address }: Guess): void {
    if (account !== undefined) this.#tries.delete(accountKey(account).key);
    const tries = this.#tries.get(addressKey(address).key);
    if (!tries) return;
    tries.count -= 1;
    tries.blockedUntil = 0;
  }

  /** It was never looked at. Former tries keep their pause. */
  takeBack(guess: Guess): void {
    for (const { key, free } of keysOf(guess)) {
      const tries = this.#tries.get(key);
      if (!tries) continue;
      tries.count -= 1;
      tries.blockedUntil = tries.lastAt + pauseAfter(tries.count - free);
    }
  }

  #count(key: string, free: number, now: number): void {
    const known = this.#tries.get(key);
    const count = known && now - known.lastAt < forgetMs ? known.count + 1 : 1;
    this.#tries.delete(key);
    this.#tries.set(key, { count, lastAt: now, blockedUntil: now + pauseAfter(count - free) });
    if (this.#tries.size > maxKeys) this.#forgetOldest();
  }

  /** The map is in order of the last try. */
  #forgetOldest(): void {
    const oldest = this.#tries.keys().next();
    if (!oldest.done) this.#tries.delete(oldest.value);
  }
}

interface ThrottleKey {
  readonly key: string;
  readonly free: number;
}

const addressKey = (address: string): ThrottleKey => ({
  key: `address ${address}`,
  free: freeTries.address,
});

const accountKey = (account: string): ThrottleKey => ({
  key: `account ${account}`,
  free: freeTries.account,
});

const keysOf = ({ account, address }: Guess): readonly ThrottleKey[] =>
  account === undefined ? [addressKey(address)] : [accountKey(account), addressKey(address)];

const pauseAfter = (triesOver: number): number =>
  triesOver > 0 ? Math.min(longestPauseMs, firstPauseMs * 2 ** (triesOver - 1)) : 0;
