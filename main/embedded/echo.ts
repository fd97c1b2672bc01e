/**
 * The contact Echo: a second caller in a window nobody sees, there as long as this desktop is signed in to the server
 * inside the app. A window that dies is made anew, but not for ever.
 */
import type { EchoStart } from '#common/ipc';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { RestartLimit } from '../restart-limit';

/** The hidden window. */
export interface EchoPort {
  /** Safe to repeat: another start takes the place of the former. */
  open(start: EchoStart, onCrashed: () => void): void;
  /** Its page is loaded and listens: it gets its start. */
  handleReady(): void;
  /** Safe to repeat, and when nothing is open. */
  close(): void;
}

/** Where Echo signs in, and as what. */
export interface EchoPlace {
  readonly url: string;
  readonly token: string;
}

export interface EchoOptions {
  readonly window: EchoPort;
  readonly clock: Clock;
  readonly log: Log;
  readonly language: () => EchoStart['language'];
}

export class EchoContact {
  readonly #options: EchoOptions;
  readonly #restarts: RestartLimit;
  #place: EchoPlace | null = null;

  constructor(options: EchoOptions) {
    this.#options = options;
    this.#restarts = new RestartLimit(options.clock);
  }

  /** Where Echo should be now; null where there is none. A level: told again, nothing happens. */
  update(place: EchoPlace | null): void {
    if (place?.token === this.#place?.token && place?.url === this.#place?.url) return;
    this.#place = place;
    if (place) this.#open(place);
    else this.#options.window.close();
  }

  handleReady(): void {
    this.#options.window.handleReady();
  }

  #open(place: EchoPlace): void {
    const { window, language, log } = this.#options;
    log.info('echo: there');
    window.open({ ...place, language: language() }, () => this.#handleCrash(place));
  }

  #handleCrash(place: EchoPlace): void {
    if (this.#place !== place) return;
    if (this.#restarts.take()) this.#open(place);
    else this.#options.log.error('echo: its window died too often');
  }
}
