// What the phone's sounds are made of: small bells, added up sample by sample. The same bytes on every machine.
//
// The notes are an F and those that agree with it; none of them is near a tone that tests listen for.

export const SAMPLE_RATE = 16_000;

const F4 = 349.23;
const C5 = 523.25;
const F5 = 698.46;
const A5 = 880;
const C6 = 1046.5;

/** What a bell is made of beside its note: how much higher, how loud, how fast it is gone. */
const PARTIALS = [
  { ratio: 1, loudness: 1, seconds: 0.55 },
  { ratio: 2, loudness: 0.35, seconds: 0.35 },
  { ratio: 3, loudness: 0.12, seconds: 0.2 },
  { ratio: 4.2, loudness: 0.05, seconds: 0.1 },
];
const STRIKE_SECONDS = 0.012;
const BELL_SECONDS = 1.3;

/** A struck bell: everything of it fades, the high parts first. */
const bell =
  (note, loudness = 1) =>
  (time) => {
    if (time < 0 || time > BELL_SECONDS) return 0;
    const envelope = Math.min(1, time / STRIKE_SECONDS) * (1 - time / BELL_SECONDS);
    const parts = PARTIALS.map(
      ({ ratio, loudness: part, seconds }) =>
        part * Math.exp(-time / seconds) * Math.sin(2 * Math.PI * note * ratio * time),
    );
    return loudness * envelope * parts.reduce((sum, part) => sum + part, 0);
  };

/** An even tone with soft ends. */
const tone =
  (note, seconds, loudness = 1) =>
  (time) => {
    const edge = Math.min(time, seconds - time) / 0.03;
    if (edge <= 0) return 0;
    const softness = 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, edge));
    const wave = Math.sin(2 * Math.PI * note * time) + 0.2 * Math.sin(4 * Math.PI * note * time);
    return loudness * softness * wave;
  };

/** Two small bells that a hammer strikes in turn, very fast: a telephone of old. */
const hammered = (notes, seconds, loudness = 1) => {
  const gap = 0.045;
  const strikes = Array.from({ length: Math.floor(seconds / gap) }, (_, index) => {
    const note = notes[index % notes.length];
    return at(index * gap, shortBell(note, loudness));
  });
  return (time) => strikes.reduce((sum, strike) => sum + strike(time), 0);
};

const shortBell = (note, loudness) => (time) => {
  if (time < 0 || time > 0.4) return 0;
  const envelope = Math.min(1, time / 0.004) * (1 - time / 0.4) * Math.exp(-time / 0.14);
  const wave =
    Math.sin(2 * Math.PI * note * time) +
    0.35 * Math.sin(2 * Math.PI * note * 2.76 * time) +
    0.12 * Math.sin(2 * Math.PI * note * 4.1 * time);
  return loudness * envelope * wave;
};

/** A bar of wood: a soft stroke, and two octaves above it a second tone that is gone at once. */
const bar =
  (note, loudness = 1) =>
  (time) => {
    if (time < 0 || time > 0.7) return 0;
    const envelope = Math.min(1, time / 0.005) * (1 - time / 0.7);
    const low = Math.exp(-time / 0.16) * Math.sin(2 * Math.PI * note * time);
    const high = 0.3 * Math.exp(-time / 0.035) * Math.sin(8 * Math.PI * note * time);
    return loudness * envelope * (low + high);
  };

/** A chord that swells and ebbs. */
const swell = (notes, seconds) => (time) => {
  if (time < 0 || time > seconds) return 0;
  const envelope = Math.sin((Math.PI * time) / seconds) ** 2;
  const chord = notes.reduce(
    (sum, note) =>
      sum + Math.sin(2 * Math.PI * note * time) + 0.4 * Math.sin(2 * Math.PI * note * 1.004 * time),
    0,
  );
  return envelope * chord;
};

/** As small electronic phones have it: an even tone with odd overtones. */
const chirp = (note, seconds) => (time) => {
  const edge = Math.min(time, seconds - time) / 0.008;
  if (edge <= 0) return 0;
  const softness = 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, edge));
  const wave = [1, 3, 5].reduce(
    (sum, over) => sum + Math.sin(2 * Math.PI * note * over * time) / over ** 1.5,
    0,
  );
  return softness * wave;
};

const melody = (sound, seconds, notes) =>
  notes.map((note, index) => at(index * seconds, sound(note)));

const at = (start, sound) => (time) => sound(time - start);

/** `peak` is the loudest sample of the whole, 1 being the most there can be. */
function render({ seconds, peak, parts }) {
  const samples = Float64Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, index) =>
    parts.reduce((sum, part) => sum + part(index / SAMPLE_RATE), 0),
  );
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return Int16Array.from(samples, (sample) => Math.round((sample / loudest) * peak * 32_767));
}

/** Those that are repeated (the rings, ringback, busy) end with the silence between two times. */
const SOUNDS = {
  ring: {
    seconds: 3,
    peak: 0.8,
    parts: [at(0, bell(A5)), at(0.28, bell(F5)), at(0.84, bell(A5)), at(1.12, bell(F5))],
  },
  'ring-classic': {
    seconds: 2.4,
    peak: 0.82,
    parts: [at(0, hammered([A5, C6], 0.5)), at(0.8, hammered([A5, C6], 0.5))],
  },
  'ring-marimba': {
    seconds: 2.2,
    peak: 0.82,
    parts: melody(bar, 0.15, [F4, C5, F5, C5, A5, F5, C5, F5]),
  },
  'ring-soft': {
    seconds: 2.8,
    peak: 0.66,
    parts: [swell([F4, C5, F5], 1.3), at(1, swell([C5, F5, A5], 1.3))],
  },
  'ring-pulse': {
    seconds: 1.8,
    peak: 0.45,
    parts: [0, 0.16, 0.32, 0.8, 0.96, 1.12].map((start) =>
      at(start, chirp(start < 0.5 ? F5 : C6, 0.1)),
    ),
  },
  ringback: { seconds: 3, peak: 0.4, parts: [tone(F4, 1), tone(C5, 1, 0.3)] },
  busy: { seconds: 0.9, peak: 0.4, parts: [tone(F4, 0.4)] },
  ended: { seconds: 0.5, peak: 0.4, parts: [tone(C5, 0.16), at(0.2, tone(F4, 0.24))] },
  test: { seconds: 1.1, peak: 0.6, parts: [tone(C5, 1.1)] },
  beep: { seconds: 0.24, peak: 0.5, parts: [at(0.02, tone(A5, 0.18))] },
};

export const synthetic = Object.keys(SOUNDS);

/** The sound file `name`, one of `synthetic`: WAV, one channel, 16 bits. */
export function soundFile(name) {
  const samples = render(SOUNDS[name]);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  const body = Buffer.alloc(samples.byteLength);
  samples.forEach((sample, index) => body.writeInt16LE(sample, index * 2));
  return Buffer.concat([header, body]);
}
