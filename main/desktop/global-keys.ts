/**
 * The keys that answer a ring from anywhere on this computer. Held only while it rings here, since no other program gets
 * them meanwhile. One that another program holds is no error: the card does not name it, the settings say so. One that is
 * held down since before the ring answers nothing.
 */
import type { AnswerKeys, KeysState } from '#common/ipc';
import type { Clock } from '../clock';
import { FreshPress } from './fresh-press';

export type AnswerVerb = keyof AnswerKeys;

/** Electron's globalShortcut, as far as it is needed. */
export interface ShortcutPort {
  /** False, or an error for what is no key: it does not work. */
  register(keys: string, run: () => void): boolean;
  unregister(keys: string): void;
}

export interface GlobalKeysOptions {
  readonly shortcuts: ShortcutPort;
  /** As they are in the settings now. */
  readonly chosen: () => AnswerKeys;
  readonly onPressed: (verb: AnswerVerb) => void;
  /** What is held works also while another program is in front. */
  readonly isSure: boolean;
  readonly clock: Clock;
}

interface Held {
  readonly keys: string;
  readonly fresh: FreshPress;
}

const verbs = ['accept', 'decline'] as const;

export class GlobalKeys {
  readonly #options: GlobalKeysOptions;
  readonly #held = new Map<AnswerVerb, Held>();

  constructor(options: GlobalKeysOptions) {
    this.#options = options;
  }

  /** Those that work now. */
  get held(): AnswerKeys {
    const keysOf = (verb: AnswerVerb): string | null => this.#held.get(verb)?.keys ?? null;
    return { accept: keysOf('accept'), decline: keysOf('decline') };
  }

  /** May be said again and again: a key that was taken may be free by now, another one may be chosen. */
  set(on: boolean): void {
    const chosen = on ? this.#options.chosen() : { accept: null, decline: null };
    // All that go first: the two may have changed places.
    for (const verb of verbs) if (this.held[verb] !== chosen[verb]) this.#release(verb);
    for (const verb of verbs) this.#hold(verb, chosen[verb]);
  }

  /** Whether these keys could be held now: tried out. */
  stateOf(keys: string): KeysState {
    if (!this.#isFree(keys)) return 'taken';
    return this.#options.isSure ? 'free' : 'unsure';
  }

  #isFree(keys: string): boolean {
    if ([...this.#held.values()].some((held) => held.keys === keys)) return true;
    const isFree = this.#register(keys, () => undefined);
    if (isFree) this.#options.shortcuts.unregister(keys);
    return isFree;
  }

  #hold(verb: AnswerVerb, keys: string | null): void {
    if (keys === null || this.#held.has(verb)) return;
    const { clock, onPressed } = this.#options;
    const fresh = new FreshPress(clock, () => onPressed(verb));
    if (this.#register(keys, () => fresh.press())) this.#held.set(verb, { keys, fresh });
  }

  #release(verb: AnswerVerb): void {
    const held = this.#held.get(verb);
    if (!held) return;
    held.fresh.end();
    this.#held.delete(verb);
    this.#options.shortcuts.unregister(held.keys);
  }

  /** A settings file may hold what no keyboard has. */
  #register(keys: string, run: () => void): boolean {
    try {
      return this.#options.shortcuts.register(keys, run);
    } catch {
      return false;
    }
  }
}
