/** Passwords are kept as argon2id hashes. A user id that does not exist costs as much time as a wrong password. */
import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** 19 MiB and two passes: what OWASP asks for at the least. Argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** More at once would only fill memory: each takes 19 MiB and a thread. */
const maxPending = 32;

/** No 0, O, 1, l or I: these passwords are read aloud and typed by hand. */
const alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

export function makePassword(): string {
  return Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

export class PasswordChecker {
  #pending = 0;
  #decoy: Promise<string> | null = null;

  /** `stored` is null where there is no such user, or none with a password. */
  async check(stored: string | null, password: string): Promise<'right' | 'wrong' | 'overloaded'> {
    if (this.#pending >= maxPending) return 'overloaded';
    this.#pending += 1;
    try {
      this.#decoy ??= hashPassword(randomBytes(16).toString('hex'));
      const matches = await verify(stored ?? (await this.#decoy), password);
      return matches && stored !== null ? 'right' : 'wrong';
    } finally {
      this.#pending -= 1;
    }
  }
}
