import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lostShareOf,
  noPackets,
  ownLevelOf,
  readingOf,
  voicePacketsOf,
} from '#renderer/media/link-reading';

const unknown = { lostShare: null, lateMs: null };

const report = [
  { type: 'transport', id: 'T', selectedCandidatePairId: 'P2' },
  { type: 'candidate-pair', id: 'P1', availableOutgoingBitrate: 1 },
  { type: 'candidate-pair', id: 'P2', availableOutgoingBitrate: 84_400 },
  { type: 'inbound-rtp', id: 'IS', trackIdentifier: 'screen', packetsReceived: 9, packetsLost: 9 },
  { type: 'inbound-rtp', id: 'IV', trackIdentifier: 'voice', packetsReceived: 90, packetsLost: 10 },
  { type: 'outbound-rtp', id: 'OS', kind: 'video' },
  {
    type: 'outbound-rtp',
    id: 'OC',
    kind: 'video',
    framesPerSecond: 15,
    qualityLimitationReason: 'cpu',
  },
  { type: 'media-source', id: 'SV', kind: 'video' },
  { type: 'media-source', id: 'SA', kind: 'audio', audioLevel: 0.2 },
];

describe('readingOf', () => {
  it('takes the route in use, and what the other end says of the line', () => {
    expect(readingOf(report, { lostShare: 0.05, lateMs: 460 })).toEqual({
      availableBitrate: 84_400,
      lateMs: 460,
      lostShare: 0.05,
      isCameraSent: true,
      isProcessorShort: true,
      ownLevel: 0.2,
    });
  });

  it('says that it does not know what is not there', () => {
    expect(readingOf([], unknown)).toEqual({
      availableBitrate: null,
      lateMs: null,
      lostShare: null,
      isCameraSent: false,
      isProcessorShort: false,
      ownLevel: 0,
    });
  });

  it('does not take a line without bandwidth for the processor', () => {
    const limited = [{ type: 'outbound-rtp', kind: 'video', qualityLimitationReason: 'bandwidth' }];
    expect(readingOf(limited, unknown).isProcessorShort).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.anything())), (stats) => {
        readingOf(stats, unknown);
        voicePacketsOf(stats, 'voice');
        ownLevelOf(stats);
      }),
    );
  });
});

describe('ownLevelOf', () => {
  it('is the level of the own voice, and silence where there is none', () => {
    expect(ownLevelOf(report)).toBe(0.2);
    expect(ownLevelOf([])).toBe(0);
  });
});

describe('the share of a voice that got lost', () => {
  it('is counted of that voice alone, from one reading to the next', () => {
    const before = voicePacketsOf(report, 'voice');
    expect(before).toEqual({ received: 90, lost: 10 });
    expect(lostShareOf({ received: 90, lost: 10 }, { received: 130, lost: 20 })).toBe(0.2);
    expect(voicePacketsOf(report, 'another')).toBeNull();
  });

  it('is unknown while hardly anything came', () => {
    expect(lostShareOf(noPackets, { received: 7, lost: 2 })).toBeNull();
    expect(lostShareOf(noPackets, { received: 10, lost: 0 })).toBe(0);
  });

  it('is none of a single one, which would be much of the seventeen in a second of long packets', () => {
    expect(lostShareOf(noPackets, { received: 16, lost: 1 })).toBe(0);
    expect(lostShareOf(noPackets, { received: 15, lost: 2 })).toBeCloseTo(0.118);
  });

  it('is none where packets that counted as lost came late after all', () => {
    expect(lostShareOf({ received: 100, lost: 5 }, { received: 155, lost: 3 })).toBe(0);
  });
});
