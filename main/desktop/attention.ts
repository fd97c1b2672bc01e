/** How the person is at this computer, as its system says: when it was touched last, and whether its screen is locked. */
import type { AttentionPort } from '../session/presence-report';

/** Electron's powerMonitor, as far as it is needed; tests bring their own. */
export interface PowerPort {
  /** `locked` where the system tells. */
  getSystemIdleState(thresholdSeconds: number): 'active' | 'idle' | 'locked' | 'unknown';
  on(event: 'lock-screen' | 'unlock-screen' | 'resume', listener: () => void): unknown;
  off(event: 'lock-screen' | 'unlock-screen' | 'resume', listener: () => void): unknown;
}

/** What the system of this computer says of "do not disturb" (quiet-mode.ts). */
export interface QuietPort {
  readonly isQuiet: boolean;
  onChanged(listener: () => void): () => void;
}

/** Of a system that cannot be asked. */
export const noQuiet: QuietPort = { isQuiet: false, onChanged: () => () => undefined };

export interface AttentionOptions {
  readonly power: PowerPort;
  readonly quiet: QuietPort;
  /** Null: nobody is ever away. */
  readonly awayAfterMinutes: () => number | null;
}

const events = ['lock-screen', 'unlock-screen', 'resume'] as const;

export class Attention implements AttentionPort {
  readonly #options: AttentionOptions;

  constructor(options: AttentionOptions) {
    this.#options = options;
  }

  isLeftAlone(): boolean {
    const { power, awayAfterMinutes } = this.#options;
    const minutes = awayAfterMinutes();
    if (minutes === null) return false;
    const state = power.getSystemIdleState(minutes * 60);
    return state === 'idle' || state === 'locked';
  }

  isQuiet(): boolean {
    return this.#options.quiet.isQuiet;
  }

  onChanged(listener: () => void): () => void {
    const { power, quiet } = this.#options;
    for (const event of events) power.on(event, listener);
    const stopHearing = quiet.onChanged(listener);
    return () => {
      for (const event of events) power.off(event, listener);
      stopHearing();
    };
  }
}
