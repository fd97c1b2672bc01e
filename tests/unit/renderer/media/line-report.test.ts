import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLineReport, parseLineReport } from '#renderer/media/line-report';

describe('parseLineReport', () => {
  it.each([
    { sentAt: 12, lostShare: 0.2, lateMs: 330 },
    { sentAt: 12, lostShare: null, lateMs: null },
  ])('reads what encodeLineReport wrote', (report) => {
    expect(parseLineReport(encodeLineReport(report))).toEqual(report);
  });

  it.each([
    null,
    new ArrayBuffer(4),
    '',
    'null',
    '{}',
    '{"sentAt":"1","lost":0,"late":0}',
    '{"sentAt":1,"lost":1.1,"late":0}',
    '{"sentAt":1,"lost":-0.1,"late":0}',
    '{"sentAt":1,"lost":0,"late":60001}',
    '{"sentAt":1,"late":0}',
    `{"sentAt":1,"lost":0,"late":0,"x":"${'x'.repeat(200)}"}`,
  ])('leaves alone what is none: %j', (data) => {
    expect(parseLineReport(data)).toBeNull();
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json()), (data) => {
        parseLineReport(data);
      }),
    );
  });
});
