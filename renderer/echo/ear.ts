/**
 * Listens to one person until they have said something and stopped. It gets everything that is heard, in pieces of some
 * 20 ms, and tells speech from a room by how much louder it is than the quietest of the last moments. Pure.
 */
export class Ear {
  readonly #sampleRate: number;
  readonly #floor = new NoiseFloor();
  /** The newest pieces, while nothing is said; from then on all of them. */
  #pieces: Float32Array[] = [];
  #keptMs = 0;
  /** Rises while there is speech, falls while there is none: a click is not enough to begin. */
  #speechMs = 0;
  #quietMs = 0;
  #isSaying = false;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** While Echo speaks itself: only how loud the room is. */
  overhear(piece: Float32Array): void {
    this.#floor.isSpeech(levelDb(piece), this.#msOf(piece));
  }

  /** All that was said, from a little before its beginning, once it is over or long enough; until then null. */
  hear(piece: Float32Array): Float32Array | null {
    const ms = this.#msOf(piece);
    const isSpeech = this.#floor.isSpeech(levelDb(piece), ms);
    this.#pieces.push(piece);
    this.#keptMs += ms;
    if (this.#isSaying) return this.#follow(isSpeech, ms);
    this.#speechMs = Math.max(0, this.#speechMs + (isSpeech ? ms : -ms));
    if (this.#speechMs >= beginsAfterMs) this.#isSaying = true;
    else this.#forgetAllBut(keptBeforeMs);
    return null;
  }

  #follow(isSpeech: boolean, ms: number): Float32Array | null {
    this.#quietMs = isSpeech ? 0 : this.#quietMs + ms;
    if (this.#quietMs < endsAfterMs && this.#keptMs < longestMs) return null;
    const said = joined(this.#pieces);
    this.#pieces = [];
    this.#keptMs = this.#speechMs = this.#quietMs = 0;
    this.#isSaying = false;
    return said;
  }

  #forgetAllBut(lastMs: number): void {
    while (this.#keptMs > lastMs) {
      const oldest = this.#pieces.shift();
      if (!oldest) return;
      this.#keptMs -= this.#msOf(oldest);
    }
  }

  #msOf(piece: Float32Array): number {
    return (piece.length / this.#sampleRate) * 1_000;
  }
}

const beginsAfterMs = 120;
/** A pause that no speaker makes between two words. */
const endsAfterMs = 900;
const longestMs = 10_000;
/** The first consonant is over before it is known that somebody speaks. */
const keptBeforeMs = 400;

/** Below this nobody speaks, however quiet the room is; above that somebody does, however loud it is. */
const quietestSpeechDb = -52;
const loudestNoiseDb = -28;
const speechAboveNoiseDb = 10;
const noiseRisesDbPerSecond = 4;

/** How loud the room is: what is quieter lowers it at once, what is louder raises it slowly. */
class NoiseFloor {
  #db = quietestSpeechDb - speechAboveNoiseDb;

  isSpeech(db: number, ms: number): boolean {
    this.#db = Math.min(db, this.#db + (noiseRisesDbPerSecond * ms) / 1_000);
    const threshold = this.#db + speechAboveNoiseDb;
    return db > Math.min(loudestNoiseDb, Math.max(quietestSpeechDb, threshold));
  }
}

function levelDb(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return power === 0 ? -120 : Math.max(-120, 10 * Math.log10(power));
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
