/** The parts of simple-peer's browser build that rtc-peer.ts uses or overrides, by the names its source gives them. */
declare module 'simple-peer/simplepeer.min.js' {
  export interface SimplePeerOptions {
    readonly initiator: boolean;
    readonly config: RTCConfiguration;
    readonly channelConfig: RTCDataChannelInit;
  }

  export default class SimplePeer {
    constructor(options: SimplePeerOptions);
    readonly destroyed: boolean;
    readonly destroying: boolean;
    _pc: RTCPeerConnection;
    _channel: RTCDataChannel;
    on(event: string, listener: (value: never) => void): this;
    emit(event: string, value?: unknown): boolean;
    destroy(error?: Error): void;
    negotiate(): void;
    _needsNegotiation(): void;
    _setupData(event: { channel: RTCDataChannel }): void;
    _onConnectionStateChange(): void;
    _onIceStateChange(): void;
    _onSignalingStateChange(): void;
    _onTrack(): void;
  }
}
