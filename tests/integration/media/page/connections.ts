/** Remembers every real connection and data channel of the page, so that a fault can be put into them. */
const channels = new Map<RTCPeerConnection, RTCDataChannel[]>();

const createDataChannel = Object.getOwnPropertyDescriptor(
  RTCPeerConnection.prototype,
  'createDataChannel',
)?.value as RTCPeerConnection['createDataChannel'];

RTCPeerConnection.prototype.createDataChannel = function (label, options) {
  const channel = createDataChannel.call(this, label, options);
  channels.set(this, [...(channels.get(this) ?? []), channel]);
  return channel;
};

/** Open connections that send this track, oldest first. */
export function connectionsOf(track: MediaStreamTrack): RTCPeerConnection[] {
  return [...channels.keys()].filter(
    (pc) =>
      pc.signalingState !== 'closed' && pc.getSenders().some((sender) => sender.track === track),
  );
}

export function newestChannelOf(pc: RTCPeerConnection): RTCDataChannel | undefined {
  return channels.get(pc)?.at(-1);
}
