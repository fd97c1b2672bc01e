/**
 * Echo's mouth and ear in one call, in WebAudio: what it says becomes the track that is sent in place of a microphone,
 * and what the person says is listened to, never played. Owner of both until close().
 */
import { Ear } from './ear';
import earProcessorUrl from './ear-processor?worker&url';
import { soundUrls } from '../sounds';
import type { Voice, Words } from './turns';

const sampleRate = 48_000;
/** A sound that is said for so much longer than it lasts has got stuck. */
const sayingLimitMs = 2_000;

/** The compiler does not know yet that a context may go without a loudspeaker. */
const silently = { sampleRate, sinkId: { type: 'none' } } as AudioContextOptions;

export class AudioVoice implements Voice<AudioBuffer> {
  readonly #context: AudioContext;
  readonly #mouth: MediaStreamAudioDestinationNode;
  readonly #pieces: AudioWorkletNode;
  readonly #ear = new Ear(sampleRate);
  /** Whoever waits for what the person says. */
  #give: ((said: AudioBuffer | null) => void) | null = null;
  #stopSaying: () => void = () => undefined;
  #source: MediaStreamAudioSourceNode | null = null;
  #pump: HTMLAudioElement | null = null;
  #isClosed = false;

  /** It makes no sound of its own here, so no loudspeaker is opened for it. */
  static async open(): Promise<AudioVoice> {
    const context = new AudioContext(silently);
    try {
      await context.audioWorklet.addModule(earProcessorUrl);
      return new AudioVoice(context);
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  private constructor(context: AudioContext) {
    this.#context = context;
    this.#mouth = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    this.#pieces = new AudioWorkletNode(context, 'ear', { channelCount: 1, numberOfOutputs: 1 });
    this.#pieces.port.onmessage = ({ data }) => this.#take(data as Float32Array);
    // Silence; a node that leads nowhere would not run.
    this.#pieces.connect(context.destination);
  }

  /** To be sent. Always there: the node makes it. */
  get track(): MediaStreamTrack | undefined {
    return this.#mouth.stream.getAudioTracks()[0];
  }

  /** From now on this is what the person says. */
  hear(track: MediaStreamTrack): void {
    if (this.#isClosed) return;
    this.#letGo();
    const stream = new MediaStream([track]);
    this.#source = this.#context.createMediaStreamSource(stream);
    this.#source.connect(this.#pieces);
    // Chromium decodes what comes over the network only for an element, be it a silent one.
    this.#pump = Object.assign(new Audio(), { muted: true, autoplay: true, srcObject: stream });
  }

  say(sound: AudioBuffer): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const source = new AudioBufferSourceNode(this.#context, { buffer: sound });
      const finish = (): void => {
        clearTimeout(timer);
        source.disconnect();
        resolve(!this.#isClosed);
      };
      const timer = setTimeout(finish, sound.duration * 1_000 + sayingLimitMs);
      source.onended = finish;
      this.#stopSaying = finish;
      source.connect(this.#mouth);
      source.start();
    });
  }

  listen(): Promise<AudioBuffer | null> {
    if (this.#isClosed) return Promise.resolve(null);
    return new Promise((give) => {
      this.#give = give;
    });
  }

  /** Safe to repeat. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#letGo();
    this.#pieces.port.onmessage = null;
    this.#give?.(null);
    this.#give = null;
    this.#stopSaying();
    void this.#context.close();
  }

  #take(piece: Float32Array): void {
    if (!this.#give) {
      this.#ear.overhear(piece);
      return;
    }
    const said = this.#ear.hear(piece);
    if (!said) return;
    const sound = new AudioBuffer({ length: said.length, sampleRate });
    sound.getChannelData(0).set(said);
    this.#give(sound);
    this.#give = null;
  }

  #letGo(): void {
    this.#source?.disconnect();
    this.#source = null;
    if (this.#pump) this.#pump.srcObject = null;
    this.#pump = null;
  }
}

/** Both in the form in which they are said. */
export async function loadWords(language: 'en' | 'zh-CN'): Promise<Words<AudioBuffer>> {
  const decoder = new OfflineAudioContext({ length: 1, sampleRate });
  const load = async (url: string): Promise<AudioBuffer> => {
    const file = await fetch(url);
    return decoder.decodeAudioData(await file.arrayBuffer());
  };
  const [sentence, beep] = await Promise.all([
    load(language === 'en' ? soundUrls.echoEn : soundUrls.echoZh),
    load(soundUrls.beep),
  ]);
  return { sentence, beep };
}
