/**
 * Is this the sentence? Two sounds are compared by the colour of every 20 ms: how loud each of five bands is beside the
 * others. Words leave a pattern there that survives codecs, gain control and noise suppression. Moments in which
 * nothing was heard say nothing: a busy machine makes gaps, over the sentence or in it. Pure.
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
 * 1 for the same sentence, below about 0.4 for another. What was heard may start anywhere in the sentence, which is
 * said again and again, and a silence in it may be one in which the sentence waited: a player that had nothing to play
 * says the rest later.
 */
export function likeness(heard: readonly Frame[], sentence: readonly Frame[]): number {
  const pieces = piecesOf(heard);
  const colours = sentence.map(colourOf);
  const audible = pieces.flatMap((piece) => piece.colours);
  if (audible.length < fewestFrames) return 0;
  const said = placesOf(pieces, colours).flatMap((start, index) =>
    (pieces[index]?.colours ?? []).map((_, at) => colours[(start + at) % colours.length] ?? []),
  );
  return correlation(audible, said);
}

/** What was heard between two silences. */
interface Piece {
  readonly at: number;
  /** Frames since the piece before. */
  readonly silence: number;
  readonly colours: Frame[];
}

function piecesOf(heard: readonly Frame[]): Piece[] {
  const pieces: Piece[] = [];
  let silence = 0;
  heard.forEach((frame, at) => {
    if (!isAudible(frame)) {
      silence += 1;
      return;
    }
    if (silence > 0 || pieces.length === 0) pieces.push({ at, silence, colours: [] });
    pieces.at(-1)?.colours.push(colourOf(frame));
    silence = 0;
  });
  return pieces;
}

/**
 * Where in the sentence each piece starts, so that all fit best: the shift of a piece is that of the piece before, less
 * what the sentence waited between them.
 */
function placesOf(pieces: readonly Piece[], sentence: readonly Frame[]): number[] {
  const size = sentence.length;
  const fits = fitsOf(pieces, sentence);
  const waits: number[][] = [];
  let sums = Array.from({ length: size }, () => 0);
  pieces.forEach(({ silence }, index) => {
    const former = sums;
    const longest = index === 0 ? 0 : Math.min(silence, size - 1);
    const wait = former.map((_, shift) => bestWait(former, shift, longest));
    waits.push(wait);
    sums = former.map(
      (_, shift) =>
        (former[(shift + (wait[shift] ?? 0)) % size] ?? 0) + (fits[index]?.[shift] ?? 0),
    );
  });
  let shift = sums.indexOf(Math.max(...sums));
  const starts: number[] = [];
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    starts.unshift(((pieces[index]?.at ?? 0) + shift) % size);
    shift = (shift + (waits[index]?.[shift] ?? 0)) % size;
  }
  return starts;
}

/** How long the sentence waited before a piece of this shift. */
function bestWait(sums: readonly number[], shift: number, longest: number): number {
  let best = 0;
  for (let wait = 1; wait <= longest; wait += 1) {
    const [here, there] = [sums[(shift + best) % sums.length], sums[(shift + wait) % sums.length]];
    if ((there ?? 0) > (here ?? 0)) best = wait;
  }
  return best;
}

/** For each piece how well it fits at each shift of the sentence. */
function fitsOf(pieces: readonly Piece[], sentence: readonly Frame[]): number[][] {
  const said = standardised(sentence);
  const heard = standardised(pieces.flatMap((piece) => piece.colours));
  let from = 0;
  return pieces.map(({ at, colours }) => {
    const piece = heard.slice(from, from + colours.length);
    from += colours.length;
    return said.map((_, shift) =>
      piece.reduce(
        (sum, frame, index) => sum + product(frame, said[(at + index + shift) % said.length]),
        0,
      ),
    );
  });
}

/** Every band about zero, and as wide as every other. */
function standardised(frames: readonly Frame[]): Frame[] {
  const scales = bandEdges.slice(1).map((_, band) => {
    const values = frames.map((frame) => frame[band] ?? 0);
    const middle = mean(values);
    const width = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
    return { middle, width: width || 1 };
  });
  return frames.map((frame) =>
    frame.map((value, band) => (value - (scales[band]?.middle ?? 0)) / (scales[band]?.width ?? 1)),
  );
}

function product(a: Frame, b: Frame = []): number {
  return a.reduce((sum, value, band) => sum + value * (b[band] ?? 0), 0);
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

/** Sines are dear: each is asked for once, and serves all pairs that turn alike. */
function butterflies(real: Float64Array, imaginary: Float64Array, span: number): void {
  const half = span / 2;
  for (let step = 0; step < half; step += 1) {
    const angle = (-2 * Math.PI * step) / span;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    for (let upper = step; upper < real.length; upper += span) {
      const lower = upper + half;
      const [lowerReal, lowerImaginary] = [real[lower] ?? 0, imaginary[lower] ?? 0];
      const turnedReal = lowerReal * cosine - lowerImaginary * sine;
      const turnedImaginary = lowerReal * sine + lowerImaginary * cosine;
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
