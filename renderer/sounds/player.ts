/**
 * Plays the phone's own sounds, on the loudspeaker that was chosen for them. A loudspeaker that is gone, now or while
 * something plays, is no reason for silence: the system's own takes over.
 */
import type { Sound } from './index';

export interface PlayOptions {
  /** Again and again until it is stopped. */
  readonly loop?: boolean;
  /** The browser's id of a loudspeaker; absent or empty: the system's own. */
  readonly sinkId?: string | undefined;
  /** 0 to 1. */
  readonly volume?: number;
}

/**
 * Begins at once. The answer stops it, and may be called at any time and again; what sounds just then fades within some
 * 20 ms, since a cut is heard as a click. Neither ever throws.
 */
export type Play = (sound: Sound, options?: PlayOptions) => () => void;

/** The part of an audio element that is used here. */
export type SoundElement = Pick<
  HTMLAudioElement,
  'loop' | 'volume' | 'onended' | 'paused' | 'play' | 'pause' | 'setSinkId'
>;

export interface PlayerPorts {
  createElement(sound: Sound): SoundElement;
  /** Tells which loudspeakers are there, at once and at each look; null where the page may not know. Returns its end. */
  watchSpeakers(listener: (ids: readonly string[] | null) => void): () => void;
  /** Returns its cancel. */
  after(ms: number, task: () => void): () => void;
  warn(message: string, cause?: unknown): void;
}

/** The loudspeaker that the system uses. */
const systemSpeaker = '';
/** One that does not answer for so long is taken for gone. */
const speakerLimitMs = 1_000;
/** The end of a sound, in so many steps. A page shorter of time than that ends it with the last one all the same. */
const fadeStepMs = 4;
const fadeSteps = 5;

export function createPlayer(ports: PlayerPorts): Play {
  return (sound, options = {}) => {
    const playing = new PlayingSound(sound, options, ports);
    void playing.start();
    return () => playing.stop();
  };
}

class PlayingSound {
  readonly #sound: Sound;
  readonly #ports: PlayerPorts;
  readonly #element: SoundElement;
  readonly #stopWatching: () => void;
  #speaker: string;
  #isOver = false;

  constructor(sound: Sound, options: PlayOptions, ports: PlayerPorts) {
    const element = ports.createElement(sound);
    element.loop = options.loop ?? false;
    element.volume = Math.min(1, Math.max(0, options.volume ?? 1));
    element.onended = () => this.stop();
    this.#sound = sound;
    this.#ports = ports;
    this.#element = element;
    this.#speaker = options.sinkId ?? systemSpeaker;
    this.#stopWatching =
      this.#speaker === systemSpeaker
        ? () => undefined
        : ports.watchSpeakers((ids) => this.#checkSpeaker(ids));
  }

  async start(): Promise<void> {
    if (this.#speaker !== systemSpeaker && !(await this.#useSpeaker(this.#speaker))) {
      this.#speaker = systemSpeaker;
    }
    const problem = await this.#play();
    if (!problem) return;
    if (this.#speaker === systemSpeaker) this.#giveUp(problem.cause);
    else await this.#fallBack();
  }

  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopWatching();
    this.#element.onended = null;
    this.#fade(fadeSteps, this.#element.volume);
  }

  #fade(steps: number, volume: number): void {
    const element = this.#element;
    if (steps <= 1 || element.paused || volume === 0) {
      element.pause();
      return;
    }
    element.volume = volume * ((steps - 1) / fadeSteps);
    this.#ports.after(fadeStepMs, () => this.#fade(steps - 1, volume));
  }

  /** Asked after a wait: the compiler takes a field for what it was before. */
  #isStopped(): boolean {
    return this.#isOver;
  }

  /** The sound goes on elsewhere by itself, but would be lost when the former one comes back (seen on Linux). */
  #checkSpeaker(ids: readonly string[] | null): void {
    if (this.#isOver || this.#speaker === systemSpeaker || !ids) return;
    if (!ids.includes(this.#speaker)) void this.#fallBack();
  }

  async #fallBack(): Promise<void> {
    this.#speaker = systemSpeaker;
    await this.#useSpeaker(systemSpeaker);
    const problem = await this.#play();
    if (problem) this.#giveUp(problem.cause);
  }

  async #play(): Promise<{ readonly cause: unknown } | null> {
    if (this.#isOver) return null;
    const problem = await this.#element.play().then(
      () => null,
      (cause: unknown) => ({ cause }),
    );
    // What is stopped while it begins is no problem.
    return this.#isStopped() ? null : problem;
  }

  /** False when there is no such loudspeaker, it may not be used, or nobody says so. Never rejects. */
  #useSpeaker(id: string): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#ports.after(speakerLimitMs, () => resolve(false));
      this.#element
        .setSinkId(id)
        .then(
          () => resolve(true),
          () => resolve(false),
        )
        .finally(cancel);
    });
  }

  #giveUp(cause: unknown): void {
    this.#ports.warn(`sound ${this.#sound}: cannot be played`, cause);
    this.stop();
  }
}
