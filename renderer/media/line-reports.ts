/**
 * The reports of one connection (line-report.ts), over a data channel that repeats nothing: a late report would tell of
 * a line that is no more, and one that came after being said again would look late. The channel closes with its
 * connection, and is opened anew together with the other one (rtc-peer.ts); where it alone was lost, nothing is known of
 * the line any more but what the browser estimates.
 */
import { type LineReport, encodeLineReport, longestLateMs, parseLineReport } from './line-report';

export const lineReportChannel = { negotiated: true, ordered: false, maxRetransmits: 0 } as const;

/** The fastest of so long is what the others are late by: clocks part, and routes change. */
const rememberedMs = 60_000;
/** A line that cannot even carry these is told nothing more. */
const maxBufferedBytes = 1_000;

/** The part of a data channel that is used here. */
export type ReportChannel = Pick<
  RTCDataChannel,
  'readyState' | 'bufferedAmount' | 'send' | 'close' | 'onmessage'
>;

const nothingKnown: LineReport = { lostShare: null, lateMs: null };

export class LineReports {
  readonly #now: () => number;
  #channel: ReportChannel | null = null;
  #heard: LineReport = nothingKnown;
  /** By the other end's clock: the same report again, or one that was overtaken, tells nothing. */
  #heardFrom = -Infinity;
  /** How long the fastest took of this minute and of the one before, between two clocks: it says nothing by itself. */
  #fastestMs = { now: Infinity, before: Infinity, since: -Infinity };
  #lateMs: number | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** From now on over this one. */
  use(channel: ReportChannel): void {
    this.#channel?.close();
    this.#channel = channel;
    channel.onmessage = (event: MessageEvent<unknown>) => {
      if (channel === this.#channel) this.#receive(event.data);
    };
  }

  /** What the other end has said since this was asked last; one report is not told twice. */
  take(): LineReport {
    const heard = this.#heard;
    this.#heard = nothingKnown;
    return heard;
  }

  /** `lostShare`: of the other end's voice, since this was told last. */
  tell(lostShare: number | null): void {
    const channel = this.#channel;
    const lateMs = this.#lateMs;
    this.#lateMs = null;
    if (channel?.readyState !== 'open' || channel.bufferedAmount > maxBufferedBytes) return;
    const report = encodeLineReport({ sentAt: Math.round(this.#now()), lostShare, lateMs });
    // Twice: they are small, and of a line that loses one in three the next one would come a second later.
    channel.send(report);
    channel.send(report);
  }

  /** What was fast so far says nothing of what comes now. */
  forgetFastest(): void {
    this.#fastestMs = { now: Infinity, before: Infinity, since: this.#now() };
  }

  stop(): void {
    this.#channel = null;
  }

  #receive(data: unknown): void {
    const report = parseLineReport(data);
    if (!report || report.sentAt <= this.#heardFrom) return;
    this.#heardFrom = report.sentAt;
    const { lostShare, lateMs } = report;
    this.#heard = { lostShare, lateMs };
    this.#lateMs = this.#lateness(this.#now() - report.sentAt);
  }

  #lateness(tookMs: number): number {
    const now = this.#now();
    const fastest = this.#fastestMs;
    const isOver = now - fastest.since > rememberedMs;
    this.#fastestMs = isOver
      ? { now: tookMs, before: fastest.now, since: now }
      : { ...fastest, now: Math.min(fastest.now, tookMs) };
    const best = Math.min(this.#fastestMs.now, this.#fastestMs.before);
    return Math.min(Math.round(tookMs - best), longestLateMs);
  }
}
