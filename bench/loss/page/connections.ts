/** Remembers every open connection of the page, whoever made it: all contenders are read the same way. */
import type { Received, Totals } from './party-api';

const open = new Set<RTCPeerConnection>();
let isRedundant = false;

class RememberedConnection extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    open.add(this);
  }

  override addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): RTCRtpSender {
    const sender = super.addTrack(track, ...streams);
    const section = this.getTransceivers().find((one) => one.sender === sender);
    if (isRedundant && track.kind === 'audio') section?.setCodecPreferences(redundantFirst());
    return sender;
  }

  override close(): void {
    open.delete(this);
    super.close();
  }
}
window.RTCPeerConnection = RememberedConnection;

/** Of connections that are made from now on, where no mesh decides for itself. */
export function makeRedundant(wanted: boolean): void {
  isRedundant = wanted;
}

/** `personOf` knows to whom a received track belongs. */
export async function readConnections(
  personOf: (trackId: string) => number | undefined,
): Promise<Totals> {
  const reports = await Promise.all([...open].map((connection) => connection.getStats()));
  const stats = reports.flatMap((report) => valuesOf(report));
  const inbound = stats.filter(isInbound);
  const people = new Set(inbound.flatMap((stat) => personOf(stat.trackIdentifier) ?? []));
  const voices = stats.filter(isOutbound).filter(({ kind }) => kind === 'audio');
  return {
    received: [...people].map((from) => {
      const streams = inbound.filter((stat) => personOf(stat.trackIdentifier) === from);
      return receivedFrom(from, streams);
    }),
    voiceBytesSent: voices.reduce((sum, { bytesSent = 0 }) => sum + bytesSent, 0),
  };
}

function receivedFrom(from: number, streams: readonly RTCInboundRtpStreamStats[]): Received {
  const voice = streams.find(({ kind }) => kind === 'audio');
  const picture = streams.find(({ kind }) => kind === 'video');
  return {
    from,
    samples: voice?.totalSamplesReceived ?? 0,
    concealedSamples: voice?.concealedSamples ?? 0,
    pictures: picture?.framesDecoded ?? 0,
  };
}

function redundantFirst(): RTCRtpCodec[] {
  const { codecs = [] } = RTCRtpReceiver.getCapabilities('audio') ?? {};
  const isRed = ({ mimeType }: RTCRtpCodec): boolean => mimeType === 'audio/red';
  return [...codecs.filter(isRed), ...codecs.filter((codec) => !isRed(codec))];
}

function valuesOf(report: RTCStatsReport): RTCStats[] {
  const values: RTCStats[] = [];
  report.forEach((stat: RTCStats) => values.push(stat));
  return values;
}

const isInbound = (stat: RTCStats): stat is RTCInboundRtpStreamStats => stat.type === 'inbound-rtp';
const isOutbound = (stat: RTCStats): stat is RTCOutboundRtpStreamStats =>
  stat.type === 'outbound-rtp';
