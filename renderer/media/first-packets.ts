/**
 * When does a received section first carry anything? Chromium un-mutes its track with the description, before a single
 * packet and also where none will ever come (no screen is shared), so the packets themselves are asked for.
 */

/** One packet of sound: whoever asks at the very moment of the connection asks too early, and then again too late. */
const firstLookMs = 20;
/** Chromium caches its counters this long; the first seconds of a connection are worth asking as often. */
const eagerMs = 50;
const eagerForMs = 10_000;
/** Later only a picture or a screen that is switched on for the first time is still missing. */
const patientMs = 500;

export interface Section<S> {
  readonly source: S;
  readonly receiver: RTCRtpReceiver;
}

/** Calls back once per section. Returns its stop. */
export function watchFirstPackets<S>(
  sections: readonly Section<S>[],
  onFirst: (section: Section<S>) => void,
): () => void {
  let missing = sections;
  let isStopped = false;
  const start = performance.now();

  const look = async (): Promise<void> => {
    const received = await Promise.all(missing.map(({ receiver }) => hasReceived(receiver)));
    if (isStopped) return;
    const arrived = missing.filter((_, index) => received[index]);
    missing = missing.filter((_, index) => !received[index]);
    for (const section of arrived) onFirst(section);
    const isEager = performance.now() - start < eagerForMs;
    if (missing.length > 0) timer = setTimeout(() => void look(), isEager ? eagerMs : patientMs);
  };
  let timer = setTimeout(() => void look(), firstLookMs);

  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** A connection that was closed meanwhile has no counters: nothing was received. */
async function hasReceived(receiver: RTCRtpReceiver): Promise<boolean> {
  const report = await receiver.getStats().catch(() => new Map<string, unknown>());
  let count = 0;
  report.forEach((entry: unknown) => {
    const stats = entry as Partial<RTCInboundRtpStreamStats>;
    if (stats.type === 'inbound-rtp') count += stats.packetsReceived ?? 0;
  });
  return count > 0;
}
