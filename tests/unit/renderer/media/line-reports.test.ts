import { beforeEach, describe, expect, it } from 'vitest';
import { parseLineReport } from '#renderer/media/line-report';
import { LineReports, type ReportChannel } from '#renderer/media/line-reports';

/** Two ends whose clocks have nothing to do with each other, and a line that holds back or loses what it likes. */
class End implements ReportChannel {
  readyState: RTCDataChannelState = 'open';
  bufferedAmount = 0;
  onmessage: ReportChannel['onmessage'] = null;
  readonly sent: string[] = [];
  readonly reports: LineReports;

  constructor(startsAt: number) {
    this.reports = new LineReports(() => startsAt + now);
    this.reports.use(this);
  }

  close = (): void => void (this.readyState = 'closed');
  send = (data: unknown): void => void this.sent.push(String(data));

  hear(data: unknown): void {
    this.onmessage?.call(this as unknown as RTCDataChannel, { data } as MessageEvent);
  }
}

let now: number;
let an: End;
let bao: End;

beforeEach(() => {
  now = 0;
  an = new End(1_000_000);
  bao = new End(5);
});

/** A second later both have told the other; what an says takes so long, what bao says 20 ms. */
function second(anTakesMs: number | null, lostByBao: number | null = 0): void {
  now += 1_000;
  an.reports.tell(0);
  bao.reports.tell(lostByBao);
  now += 20;
  an.hear(bao.sent.at(-1));
  if (anTakesMs === null) return;
  now += anTakesMs - 20;
  bao.hear(an.sent.at(-1));
  now -= anTakesMs - 20;
}

const lateIn = (report: string | undefined): number | null | undefined =>
  parseLineReport(report)?.lateMs;

describe('the reports of a line', () => {
  it('tell each end what the other lost of its voice', () => {
    second(20, 0.25);
    expect(an.reports.take().lostShare).toBe(0.25);
    expect(bao.reports.take().lostShare).toBe(0);
    second(null);
    expect(bao.reports.take().lostShare).toBeNull();
  });

  it('tell how much later than at best they come, whatever the clocks say', () => {
    for (const takes of [20, 20, 350, 350, 20]) second(takes);
    second(20);
    const late = [...new Set([...an.sent, ...bao.sent])].map(lateIn);
    expect(late.slice(0, 6)).toEqual([null, 0, 0, 0, 0, 0]);
    expect(late.slice(6)).toEqual([null, 0, 0, 330, 330, 0]);
  });

  it('say that nothing is known of the delay where none came', () => {
    second(20);
    second(null);
    second(null);
    expect([...new Set(bao.sent)].map(lateIn)).toEqual([null, 0, null]);
  });

  it('tell each report once, and send it twice: one of two gets through more often', () => {
    second(20, 0.1);
    expect(bao.sent).toHaveLength(2);
    expect(an.reports.take().lostShare).toBe(0.1);
    an.hear(bao.sent[0]);
    expect(an.reports.take()).toEqual({ lostShare: null, lateMs: null });
  });

  it('forget what was fast within two minutes: clocks part, and routes change', () => {
    second(20);
    second(220);
    second(220);
    expect(lateIn(bao.sent.at(-1))).toBe(200);
    for (let passed = 0; passed < 125; passed += 1) second(220);
    expect(lateIn(bao.sent.at(-1))).toBe(0);
  });

  it('forget it at once with a new route', () => {
    second(20);
    second(220);
    bao.reports.forgetFastest();
    second(220);
    second(220);
    expect(lateIn(bao.sent.at(-1))).toBe(0);
  });

  it('are not sent over a line that is closed or does not take them, and only the newest channel is heard', () => {
    an.readyState = 'connecting';
    second(20);
    an.readyState = 'open';
    an.bufferedAmount = 5_000;
    second(20);
    expect(an.sent).toEqual([]);
    const former = an.onmessage;
    an.reports.use(new End(0));
    expect(an.readyState).toBe('closed');
    an.reports.take();
    now += 1_000;
    bao.reports.tell(0.5);
    former?.call(an as unknown as RTCDataChannel, { data: bao.sent.at(-1) } as MessageEvent);
    expect(an.reports.take().lostShare).toBeNull();
  });

  it('that were overtaken are not heard', () => {
    second(20, 0.1);
    const older = bao.sent.at(-1);
    second(20, 0.2);
    an.reports.take();
    an.hear(older);
    expect(an.reports.take().lostShare).toBeNull();
  });
});
