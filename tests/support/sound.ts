/**
 * A sound card of one's own: a PulseAudio server with one microphone, into which a file is played without end, and
 * one speaker, whose sound is measured here, outside the program that claims to play it.
 */
import { join } from 'node:path';
import {
  type Frame,
  audibleFrames,
  framesOf,
  isRecognised,
  likeness,
} from '../../scripts/lib/likeness';
import { run, startChild, type Child, type Env } from './child';
import { building, type Cleanup } from './cleanup';
import { makeScratchDir } from './scratch';
import { dominantTone, longestGapMs, toneLevelDb, tonesIn, type Tone } from './tone';
import { waitFor } from './wait';
import { wallMs } from './x11';

export const sampleRate = 48_000;
const keptSeconds = 3;

export interface Sound {
  /** For the program that shall use these devices. */
  readonly env: Env;
  /** Plays a file into the microphone, again and again; replaces what was played before. */
  feedMicrophone(file: string): Promise<void>;
  /** The microphone disappears from the system, as if it had been unplugged; whoever records it hears so. */
  unplugMicrophone(): Promise<void>;
  plugMicrophone(): Promise<void>;
  /** Another microphone, under this name, into which a file is played; the first stays the system’s own. */
  plugOtherMicrophone(name: string, file: string): Promise<void>;
  /** Another loudspeaker, under this name; the first stays the system’s own. */
  plugSpeaker(name: string): Promise<OtherSpeaker>;
  /** Programs that record the microphone now. */
  recordings(): Promise<number>;
  /** What the speaker plays from now on, for so long. */
  recordSpeaker(ms: number): Promise<Float32Array>;
  /** The loudest tone of the speaker during the coming time. */
  hear(ms?: number): Promise<Tone | null>;
  /** Milliseconds until the tone was loud enough. */
  waitForTone(hz: number, options?: { withinMs?: number; aboveDb?: number }): Promise<number>;
  /** Waits until the loudest that is heard are these voices, and none of the others of `among` is heard at all. */
  waitForVoices(
    wantedHz: readonly number[],
    options: { among: readonly number[]; withinMs?: number },
  ): Promise<void>;
  /** Waits until the tone stays below the level for a whole second (more than a swell). */
  waitForToneGone(hz: number, options?: { withinMs?: number; belowDb?: number }): Promise<void>;
  /** Until nothing has been played for a second. */
  waitForSilence(options?: { withinMs?: number }): Promise<void>;
  /** Hears everything from now on; `stop` gives the longest time for which the tone was not heard. */
  listenForGaps(hz: number): { stop(): number };
  /** Waits until the sentence, and not the other one, was heard; gives the milliseconds that took. */
  waitForSentence(sentences: Sentences, options?: { withinMs?: number }): Promise<number>;
  /** The loudest that the tone was during the last second. */
  toneNow(hz: number): number;
  /** When anything at all was heard last, in milliseconds since 1970; up to a tenth of a second later than it was played. */
  lastHeardMs(): number;
  close(): Promise<void>;
}

export interface Sentences {
  readonly wanted: readonly Frame[];
  /** The control: it must be far less like what was heard. */
  readonly other: readonly Frame[];
}

/** So much of a sentence is enough to know it by. */
const recognisablePart = 0.8;

/** What a loudspeaker beside the first one plays. */
export interface OtherSpeaker {
  waitForTone(hz: number, withinMs?: number): Promise<void>;
}

/** A third of a second, a power of two. */
const spectrumSamples = 16_384;
/** Of several voices at once each is heard above this (seen: from -34 dB), and an absent one is below (to -42 dB). */
const voiceDb = -40;

/** Above this a tone counts as heard; a muted far end stays far below (seen: under -90 dB). */
export const heardDb = -45;
const goneDb = -60;
/** A sample as loud as this is no noise of a codec: -60 dB. */
const leastHeard = 0.001;

export interface SoundOptions {
  readonly withoutMicrophone?: boolean;
}

export async function startSound(options: SoundOptions = {}): Promise<Sound> {
  return building(async (cleanup) => {
    const dir = cleanup.own(makeScratchDir('s'));
    const env = {
      XDG_RUNTIME_DIR: dir.path,
      PULSE_RUNTIME_PATH: join(dir.path, 'pulse'),
      PULSE_SERVER: `unix:${join(dir.path, 'native')}`,
      // No program shall start a second server behind our back when this one is gone.
      PULSE_CLIENTCONFIG: undefined,
      HOME: dir.path,
    };
    // On a bus there is room for one sound server; several of ours may share the bus of whoever runs the tests.
    const alone = { ...env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
    const server = cleanup.own(startChild('pulseaudio', pulseArguments(dir.path), { env: alone }));
    await waitFor(() => serverAnswers(env, server), { what: 'the sound server answers' });
    const speaker = cleanup.own(new Speaker(env));
    await speaker.started();
    const sound = new PulseSound(env, speaker, cleanup);
    if (!options.withoutMicrophone) await sound.plugMicrophone();
    return sound;
  });
}

function pulseArguments(dir: string): string[] {
  const load = (module: string): string[] => ['-L', module];
  const sink = (name: string, description: string): string[] =>
    load(
      `module-null-sink sink_name=${name} rate=${sampleRate} sink_properties=device.description=${description}`,
    );
  return [
    ...['-n', '--daemonize=no', '--exit-idle-time=-1', '--disallow-exit', '--use-pid-file=no'],
    ...load(`module-native-protocol-unix auth-anonymous=1 socket=${join(dir, 'native')}`),
    // The first sink is the default one.
    ...sink('speaker', 'Speaker'),
    ...sink('micfeed', 'Feed'),
  ];
}

async function serverAnswers(env: Env, server: Child): Promise<boolean> {
  if (!server.isRunning()) throw new Error(`pulseaudio ended early:\n${server.stderr()}`);
  try {
    // Streams of the default source move along when it changes: the speaker's must never be it.
    await run('pactl', ['set-default-source', 'micfeed.monitor'], env);
    return true;
  } catch {
    return false;
  }
}

class PulseSound implements Sound {
  private feed: Child | undefined;

  constructor(
    readonly env: Env,
    private readonly speaker: Speaker,
    private readonly cleanup: Cleanup,
  ) {}

  async feedMicrophone(file: string): Promise<void> {
    await this.feed?.close();
    const input = ['-nostdin', '-loglevel', 'error', '-re', '-stream_loop', '-1', '-i', file];
    const output = ['-f', 'pulse', '-device', 'micfeed', 'feed'];
    this.feed = startChild('ffmpeg', [...input, ...output], { env: this.env });
    await waitFor(() => this.hasFeed(), { what: `${file} plays into the microphone` });
  }

  async plugMicrophone(): Promise<void> {
    const source = ['source_name=microphone', 'master=micfeed.monitor'];
    const properties = 'source_properties=device.description=Microphone';
    await run('pactl', ['load-module', 'module-remap-source', ...source, properties], this.env);
    await run('pactl', ['set-default-source', 'microphone'], this.env);
    await this.speaker.stayAtSpeaker();
  }

  async plugOtherMicrophone(name: string, file: string): Promise<void> {
    const feed = `${name}feed`;
    await run('pactl', ['load-module', 'module-null-sink', `sink_name=${feed}`], this.env);
    const source = [`source_name=${name}`, `master=${feed}.monitor`];
    const properties = `source_properties=device.description=${name}`;
    await run('pactl', ['load-module', 'module-remap-source', ...source, properties], this.env);
    const input = ['-nostdin', '-loglevel', 'error', '-re', '-stream_loop', '-1', '-i', file];
    const output = ['-f', 'pulse', '-device', feed, 'feed'];
    this.cleanup.own(startChild('ffmpeg', [...input, ...output], { env: this.env }));
  }

  async plugSpeaker(name: string): Promise<OtherSpeaker> {
    const sink = [`sink_name=${name}`, `sink_properties=device.description=${name}`];
    await run('pactl', ['load-module', 'module-null-sink', ...sink], this.env);
    const speaker = this.cleanup.own(new Speaker(this.env, name));
    await speaker.started();
    const level = (hz: number): number => toneLevelDb(speaker.latest(sampleRate), sampleRate, hz);
    return {
      waitForTone: async (hz, withinMs = 5_000) => {
        const what = `${hz} Hz at the loudspeaker ${name}`;
        await waitFor(() => level(hz) > heardDb, { what, withinMs });
      },
    };
  }

  async unplugMicrophone(): Promise<void> {
    await run('pactl', ['unload-module', 'module-remap-source'], this.env);
  }

  async recordings(): Promise<number> {
    const list = await run('pactl', ['list', 'short', 'source-outputs'], this.env);
    const microphone = await run('pactl', ['list', 'short', 'sources'], this.env);
    const index = /^(\d+)\tmicrophone\t/m.exec(microphone)?.[1];
    return list.split('\n').filter((line) => line.split('\t')[1] === index).length;
  }

  private async hasFeed(): Promise<boolean> {
    if (!this.feed?.isRunning()) throw new Error(`the feed ended: ${this.feed?.stderr() ?? ''}`);
    return (await run('pactl', ['list', 'short', 'sink-inputs'], this.env)).trim() !== '';
  }

  async recordSpeaker(ms: number): Promise<Float32Array> {
    const from = this.speaker.position();
    const wanted = Math.round((ms / 1000) * sampleRate);
    await waitFor(() => this.speaker.position() - from >= wanted, {
      what: `${ms} ms of the speaker`,
      withinMs: ms + 5_000,
    });
    return this.speaker.latest(this.speaker.position() - from).subarray(0, wanted);
  }

  async hear(ms = 1_000): Promise<Tone | null> {
    return dominantTone(await this.recordSpeaker(ms), sampleRate);
  }

  async waitForTone(
    hz: number,
    { withinMs = 10_000, aboveDb = heardDb }: { withinMs?: number; aboveDb?: number } = {},
  ): Promise<number> {
    const started = performance.now();
    // In two windows running: the edge of another sound that breaks off has a little of every tone, but in one only.
    const size = Math.round(sampleRate * 0.35);
    const heard = (): boolean => {
      const latest = this.speaker.latest(2 * size);
      const windows = [latest.subarray(0, size), latest.subarray(size)];
      return windows.every((part) => toneLevelDb(part, sampleRate, hz) > aboveDb);
    };
    await waitFor(heard, { what: `${hz} Hz at the speaker, above ${aboveDb} dB`, withinMs });
    return performance.now() - started;
  }

  async waitForVoices(
    wantedHz: readonly number[],
    { among, withinMs = 10_000 }: { among: readonly number[]; withinMs?: number },
  ): Promise<void> {
    let heard: readonly Tone[] = [];
    const isExact = (part: Float32Array): boolean => {
      heard = tonesIn(part, sampleRate, voiceDb);
      return areVoices(heard, wantedHz, among);
    };
    // In two windows running, as above.
    const areExact = (): boolean => {
      const latest = this.speaker.latest(2 * spectrumSamples);
      const [former, last] = [
        latest.subarray(0, spectrumSamples),
        latest.subarray(spectrumSamples),
      ];
      return last.length === spectrumSamples && isExact(former) && isExact(last);
    };
    const what = `exactly ${wantedHz.join(', ')} Hz at the speaker`;
    await waitFor(areExact, { what, withinMs, everyMs: 150 }).catch((cause: unknown) => {
      const peaks = heard.map(({ hz, levelDb }) => `${hz.toFixed()} at ${levelDb.toFixed()} dB`);
      throw new Error(`${what} not within ${withinMs} ms, but ${peaks.join(', ')}`, { cause });
    });
  }

  async waitForToneGone(
    hz: number,
    { withinMs = 10_000, belowDb = goneDb }: { withinMs?: number; belowDb?: number } = {},
  ): Promise<void> {
    const gone = (): boolean => this.toneNow(hz) < belowDb;
    await waitFor(gone, { what: `${hz} Hz gone from the speaker (${belowDb} dB)`, withinMs });
  }

  async waitForSentence(
    { wanted, other }: Sentences,
    { withinMs = 20_000 }: { withinMs?: number } = {},
  ): Promise<number> {
    const started = performance.now();
    const tape = this.speaker.tape();
    const enough = audibleFrames(wanted) * recognisablePart;
    let best = 'nothing';
    const isHeard = (): boolean => {
      const heard = framesOf(tape.heard(), sampleRate);
      if (audibleFrames(heard) < enough) return false;
      const [like, unlike] = [likeness(heard, wanted), likeness(heard, other)];
      best = `likeness ${like.toFixed(2)}, of the other ${unlike.toFixed(2)}`;
      return isRecognised(like, unlike);
    };
    try {
      await waitFor(isHeard, { what: 'the sentence at the speaker', withinMs, everyMs: 500 });
    } catch (error) {
      throw new Error(`the sentence was not recognised (${best})`, { cause: error });
    } finally {
      tape.stop();
    }
    return performance.now() - started;
  }

  async waitForSilence({ withinMs = 15_000 }: { withinMs?: number } = {}): Promise<void> {
    const silent = (): boolean =>
      audibleFrames(framesOf(this.speaker.latest(sampleRate), sampleRate)) === 0;
    await waitFor(silent, { what: 'a second of silence at the speaker', withinMs });
  }

  listenForGaps(hz: number): { stop(): number } {
    const tape = this.speaker.tape();
    return { stop: () => longestGapMs(tape.stop(), sampleRate, { hz, belowDb: heardDb }) };
  }

  toneNow(hz: number): number {
    return toneLevelDb(this.speaker.latest(sampleRate), sampleRate, hz);
  }

  lastHeardMs(): number {
    return this.speaker.lastHeardMs;
  }

  async close(): Promise<void> {
    await this.feed?.close();
    await this.cleanup.close();
  }
}

/** Beside voices is what noise suppression and codec make of them: quieter, and in no place of a voice. */
function areVoices(
  heard: readonly Tone[],
  wantedHz: readonly number[],
  among: readonly number[],
): boolean {
  const has = (tones: readonly Tone[], hz: number): boolean =>
    tones.some((tone) => Math.abs(tone.hz - hz) <= 5);
  const loudest = heard.slice(0, wantedHz.length);
  const others = among.filter((hz) => !wantedHz.includes(hz));
  return wantedHz.every((hz) => has(loudest, hz)) && !others.some((hz) => has(heard, hz));
}

interface SourceOutput {
  readonly index: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** Listens to the speaker without a pause and keeps the last seconds. */
class Speaker {
  private readonly ring = new Float32Array(sampleRate * keptSeconds);
  private written = 0;
  private heardAtMs = 0;
  private oddByte: Buffer | undefined;
  private readonly tapes = new Set<number[]>();
  private readonly recorder: Child;

  constructor(
    private readonly env: Env,
    sink = 'speaker',
  ) {
    // The latency: without it an idle speaker gives nothing at all instead of silence.
    const format = ['--format=s16le', `--rate=${sampleRate}`, '--channels=1', '--raw'];
    const source = ['--latency-msec=30', '-d', `${sink}.monitor`];
    this.recorder = startChild('parec', [...source, ...format], {
      env,
      onStdout: (chunk) => this.take(chunk),
    });
  }

  async started(): Promise<void> {
    await waitFor(() => this.written > 0, { what: 'the speaker can be heard', withinMs: 5_000 });
  }

  /** Everything that is heard until it is stopped. */
  tape(): { heard(): Float32Array; stop(): Float32Array } {
    const heard: number[] = [];
    this.tapes.add(heard);
    return {
      heard: () => Float32Array.from(heard),
      stop: () => {
        this.tapes.delete(heard);
        return Float32Array.from(heard);
      },
    };
  }

  /** A new default source takes the streams of the former one along, which the speaker's may have become. */
  async stayAtSpeaker(): Promise<void> {
    const list = await run('pactl', ['-f', 'json', 'list', 'source-outputs'], this.env);
    for (const { index, properties } of JSON.parse(list) as readonly SourceOutput[]) {
      if (properties['application.name'] !== 'parec') continue;
      await run('pactl', ['move-source-output', String(index), 'speaker.monitor'], this.env);
    }
  }

  get lastHeardMs(): number {
    return this.heardAtMs;
  }

  /** Samples heard since the start. */
  position(): number {
    return this.written;
  }

  latest(count: number): Float32Array {
    const size = Math.min(Math.floor(count), this.ring.length, this.written);
    const from = (this.written - size) % this.ring.length;
    const upToEnd = this.ring.subarray(from, from + size);
    const samples = new Float32Array(size);
    samples.set(upToEnd);
    samples.set(this.ring.subarray(0, size - upToEnd.length), upToEnd.length);
    return samples;
  }

  private take(chunk: Buffer): void {
    const bytes = this.oddByte ? Buffer.concat([this.oddByte, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % 2);
    this.oddByte = whole < bytes.length ? bytes.subarray(whole) : undefined;
    let isHeard = false;
    for (let at = 0; at < whole; at += 2) {
      const sample = bytes.readInt16LE(at) / 32_768;
      isHeard ||= Math.abs(sample) > leastHeard;
      this.ring[this.written % this.ring.length] = sample;
      for (const tape of this.tapes) tape.push(sample);
      this.written += 1;
    }
    if (isHeard) this.heardAtMs = wallMs();
  }

  close(): Promise<void> {
    return this.recorder.close();
  }
}
