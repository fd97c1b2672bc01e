/** Listens for one tone in one received track, every 20 ms, and remembers what it heard. */
const sampleMs = 20;
/** A tone of ours arrives at about -20 dB, an idle track at -Infinity. */
const heardDb = -50;

interface Sample {
  readonly at: number;
  readonly heard: boolean;
}

export class Ear {
  readonly samples: Sample[] = [];
  readonly #analyser: AnalyserNode;
  readonly #timer: number;
  readonly #element = new Audio();
  readonly #source: MediaStreamAudioSourceNode;

  constructor(context: AudioContext, track: MediaStreamTrack, hz: number) {
    const stream = new MediaStream([track]);
    // Chromium decodes a received track for Web Audio only while an element plays it.
    this.#element.muted = true;
    this.#element.srcObject = stream;
    void this.#element.play();
    this.#analyser = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
    this.#source = context.createMediaStreamSource(stream);
    this.#source.connect(this.#analyser);
    const bins = new Float32Array(this.#analyser.frequencyBinCount);
    const bin = Math.round(hz / this.#hzPerBin);
    this.#timer = window.setInterval(() => {
      this.#analyser.getFloatFrequencyData(bins);
      const heard = Math.max(...bins.subarray(bin - 1, bin + 2)) > heardDb;
      this.samples.push({ at: performance.now(), heard });
    }, sampleMs);
  }

  get isHearing(): boolean {
    const last = this.samples.slice(-3);
    return last.length === 3 && last.every((sample) => sample.heard);
  }

  isHearingTone(hz: number): boolean {
    const bins = new Float32Array(this.#analyser.frequencyBinCount);
    this.#analyser.getFloatFrequencyData(bins);
    const bin = Math.round(hz / this.#hzPerBin);
    return Math.max(...bins.subarray(bin - 1, bin + 2)) > heardDb;
  }

  /** The largest sample of the last 40 ms; 1 is full scale. */
  get peak(): number {
    const wave = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(wave);
    return wave.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  }

  get peakHz(): number {
    const bins = new Float32Array(this.#analyser.frequencyBinCount);
    this.#analyser.getFloatFrequencyData(bins);
    return bins.indexOf(Math.max(...bins)) * this.#hzPerBin;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#source.disconnect();
    this.#element.srcObject = null;
  }

  get #hzPerBin(): number {
    return this.#analyser.context.sampleRate / this.#analyser.fftSize;
  }
}

/** The longest stretch between two samples that heard the tone, the ends of the window included. */
export function longestSilence(samples: readonly Sample[], from: number, to: number): number {
  const heardAt = samples.filter((one) => one.heard && one.at >= from).map((one) => one.at);
  const marks = [from, ...heardAt, to];
  return Math.max(...marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark)));
}
