/**
 * What one section's sender may take, changed while it sends and never negotiated. The browser takes one change at a
 * time and wants its parameters read anew before each: changes that come meanwhile wait here, the newest alone.
 */

/** null lifts a limit. */
export interface SenderLimits {
  readonly isOn: boolean;
  readonly bitrate: number | null;
  readonly frameRate: number | null;
  /** How many times smaller than the track. */
  readonly scaleDownBy: number;
}

export const noLimits: SenderLimits = {
  isOn: true,
  bitrate: null,
  frameRate: null,
  scaleDownBy: 1,
};

/** The browser's part that is used here. */
export type LimitedSender = Pick<RTCRtpSender, 'getParameters' | 'setParameters'>;

export class SenderLimiter {
  readonly #sender: LimitedSender;
  readonly #kind: 'audio' | 'video';
  /** What holds in any case, as a priority does. */
  readonly #always: RTCRtpEncodingParameters;
  readonly #onRefused: () => void;
  #wanted = noLimits;
  #isDue = false;
  #isBusy = false;

  constructor(
    sender: LimitedSender,
    encoding: { readonly kind: 'audio' | 'video'; readonly always: RTCRtpEncodingParameters },
    onRefused: () => void,
  ) {
    this.#sender = sender;
    this.#kind = encoding.kind;
    this.#always = encoding.always;
    this.#onRefused = onRefused;
  }

  set(limits: SenderLimits): void {
    if (JSON.stringify(limits) === JSON.stringify(this.#wanted)) return;
    this.#wanted = limits;
    this.#apply();
  }

  /** Once the first description is agreed: an adopted sender has no parameters before that. */
  applyAdopted(): void {
    if (this.#wanted !== noLimits || Object.keys(this.#always).length > 0) this.#apply();
  }

  #apply(): void {
    this.#isDue = true;
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    while (this.#isDue) {
      this.#isDue = false;
      await this.#write().catch(this.#onRefused);
    }
    this.#isBusy = false;
  }

  async #write(): Promise<void> {
    const parameters = this.#sender.getParameters();
    if (parameters.encodings.length === 0) return;
    const encodings = parameters.encodings.map((encoding) => this.#limited(encoding));
    await this.#sender.setParameters({ ...parameters, encodings });
  }

  #limited(encoding: RTCRtpEncodingParameters): RTCRtpEncodingParameters {
    const { isOn, bitrate, frameRate, scaleDownBy } = this.#wanted;
    const limited = { ...encoding, ...this.#always, active: isOn };
    delete limited.maxBitrate;
    delete limited.maxFramerate;
    if (bitrate !== null) limited.maxBitrate = bitrate;
    if (frameRate !== null) limited.maxFramerate = frameRate;
    if (this.#kind === 'video') limited.scaleResolutionDownBy = scaleDownBy;
    return limited;
  }
}
