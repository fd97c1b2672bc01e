import type { Credential, Tokens } from '#protocol/messages';

/** An access token that ends within this time is not worth a try. */
const expiryMarginMs = 5_000;

/**
 * What this device can sign in with, from one welcome to the next. A refresh token is kept until its successor has
 * arrived, so a welcome lost on the way costs nothing: the server still knows the former one.
 */
export class Credentials {
  #first: Credential | null;
  #tokens: Tokens | null;
  #accessRefused = false;
  /** What the running try uses. */
  #used: Credential['kind'] | null = null;

  constructor(start: { readonly credential: Credential } | { readonly tokens: Tokens }) {
    this.#first = 'credential' in start ? start.credential : null;
    this.#tokens = 'tokens' in start ? start.tokens : null;
  }

  /** The credential for the next try; null when nothing is left but asking the person. */
  next(serverNowMs: number): Credential | null {
    const credential = this.#choose(serverNowMs);
    this.#used = credential?.kind ?? null;
    return credential;
  }

  handleWelcome(tokens: Tokens | undefined): void {
    if (!tokens) return;
    this.#tokens = tokens;
    this.#first = null;
    this.#accessRefused = false;
  }

  /** The server did not take it. True when there is another one to try. */
  handleRefused(): boolean {
    if (this.#used !== 'access') return false;
    this.#accessRefused = true;
    return true;
  }

  #choose(serverNowMs: number): Credential | null {
    if (!this.#tokens) return this.#first;
    const fresh = this.#tokens.accessExpiresAt > serverNowMs + expiryMarginMs;
    return fresh && !this.#accessRefused
      ? { kind: 'access', token: this.#tokens.access }
      : { kind: 'refresh', token: this.#tokens.refresh };
  }
}
