/** Remembers every open connection of the page, whoever made it: both contenders are read the same way. */
import type { Received } from './stage-api';

const open = new Set<RTCPeerConnection>();

class RememberedConnection extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    open.add(this);
  }

  override close(): void {
    open.delete(this);
    super.close();
  }
}
window.RTCPeerConnection = RememberedConnection;

export const openConnections = (): number => open.size;

/** `personOf` knows to whom a received track belongs. */
export async function readConnections(
  personOf: (trackId: string) => number | undefined,
): Promise<{ received: Received[]; sentBytes: number }> {
  const reports = await Promise.all([...open].map((connection) => connection.getStats()));
  const stats = reports.flatMap((report) => valuesOf(report));
  const inbound = stats.filter(isInbound);
  const people = new Set(inbound.flatMap((stat) => personOf(stat.trackIdentifier) ?? []));
  return {
    received: [...people].map((from) =>
      receivedFrom(
        from,
        inbound.filter((stat) => personOf(stat.trackIdentifier) === from),
      ),
    ),
    sentBytes: stats.filter(isTransport).reduce((sum, { bytesSent = 0 }) => sum + bytesSent, 0),
  };
}

export async function heldBack(): Promise<number> {
  const reports = await Promise.all([...open].map((connection) => connection.getStats()));
  return reports
    .flatMap((report) => valuesOf(report))
    .filter(isOutbound)
    .filter(({ qualityLimitationReason }) => qualityLimitationReason === 'bandwidth').length;
}

function receivedFrom(from: number, streams: readonly RTCInboundRtpStreamStats[]): Received {
  const of = (wanted: string): Partial<RTCInboundRtpStreamStats> =>
    streams.find(({ kind }) => kind === wanted) ?? {};
  const { totalSamplesReceived = 0, concealedSamples = 0, ...voice } = of('audio');
  const { framesDecoded = 0, frameWidth = 0, frameHeight = 0, ...picture } = of('video');
  return {
    ...{ from, pictures: framesDecoded, width: frameWidth, height: frameHeight },
    pictureBytes: picture.bytesReceived ?? 0,
    ...{ samples: totalSamplesReceived - concealedSamples, concealedSamples },
    voiceBytes: voice.bytesReceived ?? 0,
  };
}

function valuesOf(report: RTCStatsReport): RTCStats[] {
  const values: RTCStats[] = [];
  report.forEach((stat: RTCStats) => values.push(stat));
  return values;
}

const isInbound = (stat: RTCStats): stat is RTCInboundRtpStreamStats => stat.type === 'inbound-rtp';
const isOutbound = (stat: RTCStats): stat is RTCOutboundRtpStreamStats =>
  stat.type === 'outbound-rtp';
const isTransport = (stat: RTCStats): stat is RTCTransportStats => stat.type === 'transport';
