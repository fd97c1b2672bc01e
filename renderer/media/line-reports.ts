/**
 * The reports of one connection (line-report.ts): one in a few seconds while all is well, one a second once an end has
 * seen loss or delay. They go over a data channel that repeats nothing: a late report would tell of a line that is no
 * more, and one that came after being said again would look late. The channel closes with its connection, and is opened
 * anew together with the other one (rtc-peer.ts); where it alone was lost, nothing is known of the line any more but what
 * the browser estimates.
 */
import { type LineReport, encodeLineReport, longestLateMs, parseLineReport } from './line-report';

export const lineReportChannel = { negotiated: true, ordered: false, maxRetransmits: 0 } as const;

/** On a line on which nothing is lost or late, reports only keep the delay known. */
const quietEveryMs = 5_000;
/** So long after something was, each second counts. */
const watchfulMs = 10_000;
/** Of a report that waited so long one wants to know more. */
const suspectLateMs = 100;
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
  #sentAt = -Infinity;
  #watchfulUntil = -Infinity;
  /** What was told last to be lost, while nothing was known of the delay. */
  #toldWithoutDelay: number | null = null;

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
    const report = { lostShare, lateMs: this.#lateMs };
    this.#lateMs = null;
    this.#suspect(report);
    this.#toldWithoutDelay = report.lateMs === null && (lostShare ?? 0) > 0 ? lostShare : null;
    // Twice: they are small, and of a line that loses one in three the next one would come a second later.
    if (this.#isWatchful) this.#send(report, 2);
    else if (this.#now() - this.#sentAt >= quietEveryMs) this.#send(report, 1);
  }

  /** What was fast so far says nothing of what comes now. */
  forgetFastest(): void {
    this.#fastestMs = { now: Infinity, before: Infinity, since: this.#now() };
  }

  stop(): void {
    this.#channel = null;
  }

  get #isWatchful(): boolean {
    return this.#now() < this.#watchfulUntil;
  }

  /** Whichever end has seen something: the other one needs reports then, to measure the delay by. */
  #suspect(report: LineReport): void {
    if (isSuspect(report)) this.#watchfulUntil = this.#now() + watchfulMs;
  }

  #send(report: LineReport, times: 1 | 2): void {
    const channel = this.#channel;
    if (channel?.readyState !== 'open' || channel.bufferedAmount > maxBufferedBytes) return;
    this.#sentAt = Math.round(this.#now());
    const text = encodeLineReport({ ...report, sentAt: this.#sentAt });
    for (let time = 0; time < times; time += 1) channel.send(text);
  }

  #receive(data: unknown): void {
    const report = parseLineReport(data);
    if (!report || report.sentAt <= this.#heardFrom) return;
    this.#heardFrom = report.sentAt;
    this.#heard = { lostShare: report.lostShare, lateMs: report.lateMs };
    this.#lateMs = this.#lateness(this.#now() - report.sentAt);
    this.#answer(report);
  }

  /** At once where the other end waits for a word to measure the delay by, or for what this end has just measured. */
  #answer(report: LineReport): void {
    const isAsked = !this.#isWatchful && isSuspect(report);
    this.#suspect(report);
    if (this.#toldWithoutDelay !== null) {
      this.#send({ lostShare: this.#toldWithoutDelay, lateMs: this.#lateMs }, 2);
      this.#toldWithoutDelay = null;
    } else if (isAsked) {
      this.#send({ lostShare: null, lateMs: null }, 2);
    }
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

const isSuspect = ({ lostShare, lateMs }: LineReport): boolean =>
  (lostShare ?? 0) > 0 || (lateMs ?? 0) > suspectLateMs;
