import { beforeEach, describe, expect, it } from 'vitest';
import { parseLineReport } from '#renderer/media/line-report';
import { LineReports, type ReportChannel } from '#renderer/media/line-reports';

let now: number;
let underWay: { readonly at: number; readonly to: End; readonly data: unknown }[];
let an: End;
let bao: End;

/** Two ends whose clocks have nothing to do with each other, and a line that holds back or loses what it likes. */
class End implements ReportChannel {
  readyState: RTCDataChannelState = 'open';
  bufferedAmount = 0;
  onmessage: ReportChannel['onmessage'] = null;
  /** What this end says takes so long; null: it gets lost. */
  takesMs: number | null = 20;
  other: End | null = null;
  readonly sent: unknown[] = [];
  readonly reports: LineReports;

  constructor(startsAt: number) {
    this.reports = new LineReports(() => startsAt + now);
    this.reports.use(this);
  }

  send = (data: unknown): void => {
    this.sent.push(data);
    if (this.takesMs === null || !this.other) return;
    underWay.push({ at: now + this.takesMs, to: this.other, data });
  };

  close = (): void => void (this.readyState = 'closed');

  hear(data: unknown): void {
    this.onmessage?.call(this as unknown as RTCDataChannel, { data } as MessageEvent);
  }
}

beforeEach(() => {
  now = 0;
  underWay = [];
  [an, bao] = [new End(1_000_000), new End(5)];
  [an.other, bao.other] = [bao, an];
});

function pass(ms: number): void {
  for (const until = now + ms; now < until; now += 1) {
    const arrived = underWay.filter(({ at }) => at <= now);
    underWay = underWay.filter(({ at }) => at > now);
    for (const { to, data } of arrived) to.hear(data);
  }
}

/** Both tell the other, and a second passes. */
function seconds(count: number, lostByBao = 0): void {
  for (let left = count; left > 0; left -= 1) {
    an.reports.tell(0);
    bao.reports.tell(lostByBao);
    pass(1_000);
  }
}

describe('the reports of a line', () => {
  it('are few while nothing is lost', () => {
    seconds(20);
    expect([an.sent.length, bao.sent.length]).toEqual([4, 4]);
    expect(an.reports.take().lostShare).toBe(0);
  });

  it('tell loss at once, and that what arrives is punctual', () => {
    seconds(20);
    an.reports.take();
    seconds(1, 0.2);
    expect(an.reports.take()).toEqual({ lostShare: 0.2, lateMs: 0 });
    expect(bao.reports.take().lostShare).toBeNull();
  });

  it('tell at once that what arrives has waited, whatever the clocks say', () => {
    seconds(20);
    an.takesMs = 350;
    seconds(1, 0.3);
    expect(an.reports.take()).toEqual({ lostShare: 0.3, lateMs: 330 });
    expect(bao.reports.take().lateMs).not.toBe(330);
  });

  it('say that nothing is known of the delay where no word of it arrives', () => {
    seconds(20);
    an.takesMs = null;
    seconds(2, 0.3);
    expect(an.reports.take()).toEqual({ lostShare: 0.3, lateMs: null });
  });

  it('come every second and twice for a while after a loss: one of two gets through more often', () => {
    seconds(20);
    seconds(1, 0.2);
    const before = bao.sent.length;
    seconds(5);
    expect(bao.sent.length - before).toBe(10);
    seconds(30);
    expect(bao.sent.length - before).toBeLessThan(30);
  });

  it('are told once', () => {
    seconds(1, 0.1);
    expect(an.reports.take().lostShare).toBe(0.1);
    an.hear(bao.sent.at(-1));
    expect(an.reports.take()).toEqual({ lostShare: null, lateMs: null });
  });

  it('that were overtaken are not heard', () => {
    seconds(1, 0.1);
    const older = bao.sent.at(-1);
    seconds(1, 0.2);
    an.reports.take();
    an.hear(older);
    expect(an.reports.take().lostShare).toBeNull();
  });

  it('forget what was fast within two minutes: clocks part, and routes change', () => {
    seconds(1);
    an.takesMs = 220;
    seconds(10, 0.1);
    expect(lateIn(bao)).toBe(200);
    seconds(125, 0.1);
    expect(lateIn(bao)).toBe(0);
  });

  it('forget it at once with a new route', () => {
    seconds(1);
    an.takesMs = 220;
    bao.reports.forgetFastest();
    seconds(10, 0.1);
    expect(lateIn(bao)).toBe(0);
  });

  it('are not sent over a line that is closed or does not take them', () => {
    an.readyState = 'connecting';
    seconds(1);
    an.readyState = 'open';
    an.bufferedAmount = 5_000;
    seconds(1);
    expect(an.sent).toEqual([]);
    an.bufferedAmount = 0;
    seconds(1);
    expect(an.sent).toHaveLength(1);
  });

  it('are heard over the newest channel alone, and the former one is closed', () => {
    const former = an.onmessage;
    an.reports.use(new End(0));
    expect(an.readyState).toBe('closed');
    bao.reports.tell(0.5);
    const fresh = { data: bao.sent.at(-1) } as MessageEvent;
    former?.call(an as unknown as RTCDataChannel, fresh);
    expect(an.reports.take().lostShare).toBeNull();
  });
});

function lateIn({ sent }: End): number | null | undefined {
  return parseLineReport(sent.at(-1))?.lateMs;
}
