/**
 * The data channel of one peer. Both ends agreed on its id beforehand, so it needs no negotiation; when it closes, the
 * next id is opened in its place and the media goes on. Ids only grow: an end that learns of a higher one follows, so
 * both meet again however often either closed. Each opening says hello, and a hello is answered with the media state
 * and the shown height.
 */
import { encodeChannelMessage, parseChannelMessage } from './channel-message';
import { maxChannelId } from './link-payload';
import type { LinkProblem, MediaState } from './ports';

/** Far more than everything we ever say; an end that asks without reading is told nothing more. */
const maxBufferedBytes = 64 * 1024;

export interface ChannelHandlers {
  onState(state: MediaState): void;
  onShownHeight(height: number): void;
  onMoved(id: number): void;
  onProblem(problem: LinkProblem): void;
}

export class PeerChannel {
  #id = 0;
  #channel: RTCDataChannel | null = null;
  #state: MediaState | null;
  #shownHeight: number | null = null;
  #isStopped = false;
  readonly #open: (id: number) => RTCDataChannel;
  readonly #handlers: ChannelHandlers;

  constructor(
    first: RTCDataChannel,
    options: { readonly state: MediaState | null; readonly open: (id: number) => RTCDataChannel },
    handlers: ChannelHandlers,
  ) {
    this.#state = options.state;
    this.#open = options.open;
    this.#handlers = handlers;
    this.#listen(first);
  }

  setState(state: MediaState): void {
    this.#state = state;
    this.#sendState();
  }

  setShownHeight(height: number): void {
    this.#shownHeight = height;
    this.#sendShownHeight();
  }

  follow(id: number): void {
    if (id > this.#id) this.#reopen(id);
  }

  /** The channel closes with its connection. */
  stop(): void {
    this.#isStopped = true;
    this.#channel = null;
  }

  #listen(channel: RTCDataChannel): void {
    this.#channel = channel;
    channel.onopen = () => {
      if (channel === this.#channel) this.#greet();
    };
    channel.onmessage = (event: MessageEvent<unknown>) => {
      if (channel === this.#channel) this.#receive(event.data);
    };
    // An error is always followed by the close.
    channel.onclose = () => {
      if (channel !== this.#channel) return;
      this.#handlers.onProblem('channel-lost');
      this.#reopen(this.#id + 1);
    };
    if (channel.readyState === 'open') this.#greet();
  }

  #reopen(id: number): void {
    if (this.#isStopped) return;
    const former = this.#channel;
    this.#channel = null;
    former?.close();
    if (id > maxChannelId) {
      this.#handlers.onProblem('channel-failed');
      return;
    }
    this.#id = id;
    try {
      this.#listen(this.#open(id));
      this.#handlers.onMoved(id);
    } catch {
      // The connection has ended for good; the link finds out by itself and rebuilds the peer.
      this.#handlers.onProblem('channel-failed');
    }
  }

  #greet(): void {
    this.#send({ type: 'hello' });
    this.#sendAll();
  }

  #receive(data: unknown): void {
    const message = parseChannelMessage(data);
    if (message?.type === 'hello') this.#sendAll();
    if (message?.type === 'shown') this.#handlers.onShownHeight(message.height);
    if (message?.type !== 'state') return;
    const { voiceMuted, cameraOff } = message;
    this.#handlers.onState({ voiceMuted, cameraOff });
  }

  #sendAll(): void {
    this.#sendState();
    this.#sendShownHeight();
  }

  #sendShownHeight(): void {
    if (this.#shownHeight !== null) this.#send({ type: 'shown', height: this.#shownHeight });
  }

  #sendState(): void {
    if (this.#state) this.#send({ type: 'state', ...this.#state });
  }

  /** What is not sent because the channel is closed is said again when one opens. */
  #send(message: Parameters<typeof encodeChannelMessage>[0]): void {
    const channel = this.#channel;
    if (channel?.readyState !== 'open' || channel.bufferedAmount > maxBufferedBytes) return;
    channel.send(encodeChannelMessage(message));
  }
}
