/** Runs in the audio thread: hands what is heard to the page, in pieces that it owns. */

// What an audio thread has; the compiler's own types are those of a page.
interface Processor {
  readonly port: MessagePort;
}
declare const AudioWorkletProcessor: new () => Processor;
declare function registerProcessor(name: string, processor: new () => Processor): void;

/** 20 ms at 48 kHz. */
const pieceSamples = 960;

class EarProcessor extends AudioWorkletProcessor {
  #piece = new Float32Array(pieceSamples);
  #filled = 0;

  /** Called for every 128 samples; without a connected input there is none. Answers that it wants to go on. */
  process([input]: readonly (readonly Float32Array[])[]): boolean {
    for (const sample of input?.[0] ?? []) {
      this.#piece[this.#filled] = sample;
      this.#filled += 1;
      if (this.#filled === pieceSamples) this.#handOver();
    }
    return true;
  }

  #handOver(): void {
    this.port.postMessage(this.#piece, [this.#piece.buffer]);
    this.#piece = new Float32Array(pieceSamples);
    this.#filled = 0;
  }
}

registerProcessor('ear', EarProcessor);
