/**
 * Is this the sentence? Two sounds are compared by the colour of every 20 ms: how loud each of five bands is beside the
 * others. Words leave a pattern there that survives codecs, gain control and noise suppression. Moments in which
 * nothing was heard say nothing: a busy machine makes gaps. Pure.
 */

/** The edges of the bands in Hz. */
export const bandEdges = [150, 300, 600, 1_200, 2_400, 4_800] as const;
export const frameMs = 20;

/** The loudness in dB of each band. */
export type Frame = readonly number[];

/** Chromium's analyser looks at 2048 samples at 48 kHz; a part of about that length is looked at here too. */
const windowMs = 43;
const floorPower = 1e-9;

export function framesOf(samples: Float32Array, sampleRate: number): Frame[] {
  const size = 2 ** Math.round(Math.log2((windowMs / 1000) * sampleRate));
  const step = (frameMs / 1000) * sampleRate;
  const count = Math.max(0, Math.floor((samples.length - size) / step) + 1);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.round(index * step);
    return bandsOf(powerSpectrum(samples.subarray(from, from + size)), sampleRate / size);
  });
}

/** Below this a band is silent. */
const silentDb = -75;
/** A moment counts when its loudest band is above this. */
const audibleDb = -60;
/** Less than a second of sound is no sentence. */
const fewestFrames = 50;

/**
 * 1 for the same sentence, below about 0.3 for another. What was heard may start anywhere in the sentence, which is
 * said again and again.
 */
export function likeness(heard: readonly Frame[], sentence: readonly Frame[]): number {
  const audible = heard.flatMap((frame, at) =>
    isAudible(frame) ? [{ at, colour: colourOf(frame) }] : [],
  );
  if (audible.length < fewestFrames) return 0;
  const colours = sentence.map(colourOf);
  const heardColours = audible.map(({ colour }) => colour);
  let best = -1;
  for (let shift = 0; shift < colours.length; shift += 1) {
    const said = audible.map(({ at }) => colours[(at + shift) % colours.length] ?? []);
    best = Math.max(best, correlation(heardColours, said));
  }
  return best;
}

/** How like a sentence must be what was heard, and how much more like it than one that was not said. */
const recognised = { likeness: 0.45, margin: 0.15 };

/** Whether a sentence was heard: by its likeness, and by that of the control, a sentence that was not said. */
export function isRecognised(like: number, unlike: number): boolean {
  return like >= recognised.likeness && like - unlike >= recognised.margin;
}

/** How much of it says anything. */
export function audibleFrames(frames: readonly Frame[]): number {
  return frames.filter(isAudible).length;
}

const isAudible = (frame: Frame): boolean => Math.max(...frame) > audibleDb;

function colourOf(frame: Frame): Frame {
  const bands = frame.map((db) => Math.max(silentDb, db));
  const loudness = mean(bands);
  return bands.map((db) => db - loudness);
}

/** Every band counts alike. */
function correlation(a: readonly Frame[], b: readonly Frame[]): number {
  const bands = bandEdges.slice(1).map((_, band) =>
    pearson(
      a.map((frame) => frame[band] ?? 0),
      b.map((frame) => frame[band] ?? 0),
    ),
  );
  return mean(bands);
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, onlyA, onlyB] = [0, 0, 0];
  a.forEach((value, index) => {
    const [x, y] = [value - meanA, (b[index] ?? 0) - meanB];
    both += x * y;
    onlyA += x * x;
    onlyB += y * y;
  });
  return onlyA === 0 || onlyB === 0 ? 0 : both / Math.sqrt(onlyA * onlyB);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function bandsOf(power: Float64Array, hzPerLine: number): Frame {
  return bandEdges.slice(1).map((to, band) => {
    const from = bandEdges[band] ?? 0;
    const lines = power.subarray(Math.ceil(from / hzPerLine), Math.ceil(to / hzPerLine));
    return 10 * Math.log10(Math.max(floorPower, mean([...lines])));
  });
}

/** Radix-2 transform of a power of two of samples under a Hann window; the lower half, as power. */
export function powerSpectrum(samples: Float32Array): Float64Array {
  const size = samples.length;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const bits = Math.log2(size);
  for (let at = 0; at < size; at += 1) {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size);
    real[reversed(at, bits)] = ((samples[at] ?? 0) * hann) / size;
  }
  for (let span = 2; span <= size; span *= 2) butterflies(real, imaginary, span);
  return Float64Array.from({ length: size / 2 }, (_, line) => {
    const [x, y] = [real[line] ?? 0, imaginary[line] ?? 0];
    return x * x + y * y;
  });
}

function butterflies(real: Float64Array, imaginary: Float64Array, span: number): void {
  const half = span / 2;
  for (let start = 0; start < real.length; start += span) {
    for (let step = 0; step < half; step += 1) {
      const angle = (-2 * Math.PI * step) / span;
      const [upper, lower] = [start + step, start + step + half];
      const [lowerReal, lowerImaginary] = [real[lower] ?? 0, imaginary[lower] ?? 0];
      const turnedReal = lowerReal * Math.cos(angle) - lowerImaginary * Math.sin(angle);
      const turnedImaginary = lowerReal * Math.sin(angle) + lowerImaginary * Math.cos(angle);
      const [upperReal, upperImaginary] = [real[upper] ?? 0, imaginary[upper] ?? 0];
      real[upper] = upperReal + turnedReal;
      imaginary[upper] = upperImaginary + turnedImaginary;
      real[lower] = upperReal - turnedReal;
      imaginary[lower] = upperImaginary - turnedImaginary;
    }
  }
}

function reversed(value: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit += 1) result = (result << 1) | ((value >> bit) & 1);
  return result;
}
