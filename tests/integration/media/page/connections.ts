/** Remembers every real connection and data channel of the page: faults are put into them, and they are counted. */
const made: RTCPeerConnection[] = [];
const channels = new Map<RTCPeerConnection, RTCDataChannel[]>();
let gathered = 0;

class WatchedConnection extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    made.push(this);
    this.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) gathered += 1;
    });
  }

  override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
    const channel = super.createDataChannel(label, options);
    channels.set(this, [...(channels.get(this) ?? []), channel]);
    return channel;
  }
}
window.RTCPeerConnection = WatchedConnection;

/** Since the page was loaded: connections made, and addresses of this machine that any of them learned. */
export const totals = (): { made: number; gathered: number } => ({ made: made.length, gathered });

/** Open connections that send this track, oldest first. */
export function connectionsOf(track: MediaStreamTrack): RTCPeerConnection[] {
  return [...channels.keys()].filter(
    (pc) =>
      pc.signalingState !== 'closed' && pc.getSenders().some((sender) => sender.track === track),
  );
}

/** Of those over which ends talk; beside each is one for reports of the line. */
export function newestChannelOf(pc: RTCPeerConnection): RTCDataChannel | undefined {
  return channels.get(pc)?.findLast(({ label }) => label !== 'peal-line');
}

/** What arrived over a connection so far. */
export interface Received {
  readonly videoBytes: number;
  readonly audioPackets: number;
  readonly audioBytes: number;
}

export async function receivedBy(pc: RTCPeerConnection): Promise<Received> {
  let [videoBytes, audioPackets, audioBytes] = [0, 0, 0];
  (await pc.getStats()).forEach((entry: RTCInboundRtpStreamStats) => {
    if (entry.type !== 'inbound-rtp') return;
    if (entry.kind === 'video') videoBytes += entry.bytesReceived ?? 0;
    if (entry.kind === 'audio') audioPackets += entry.packetsReceived ?? 0;
    if (entry.kind === 'audio') audioBytes += entry.bytesReceived ?? 0;
  });
  return { videoBytes, audioPackets, audioBytes };
}
