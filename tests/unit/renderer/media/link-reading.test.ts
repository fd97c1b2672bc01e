import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownLevelOf, readingOf } from '#renderer/media/link-reading';

const report = [
  { type: 'transport', id: 'T', selectedCandidatePairId: 'P2' },
  { type: 'candidate-pair', id: 'P1', availableOutgoingBitrate: 1 },
  { type: 'candidate-pair', id: 'P2', availableOutgoingBitrate: 84_400 },
  { type: 'remote-inbound-rtp', id: 'RV', kind: 'video', roundTripTime: 9, fractionLost: 0.9 },
  { type: 'remote-inbound-rtp', id: 'RA', kind: 'audio', roundTripTime: 0.46, fractionLost: 0.05 },
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
  it('takes the route in use, and loss and round trip of the voice', () => {
    expect(readingOf(report)).toEqual({
      availableBitrate: 84_400,
      roundTripMs: 460,
      lostShare: 0.05,
      isCameraSent: true,
      isProcessorShort: true,
    });
  });

  it('says that it does not know what is not there', () => {
    expect(readingOf([])).toEqual({
      availableBitrate: null,
      roundTripMs: null,
      lostShare: null,
      isCameraSent: false,
      isProcessorShort: false,
    });
  });

  it('does not take a line without bandwidth for the processor', () => {
    const limited = [{ type: 'outbound-rtp', kind: 'video', qualityLimitationReason: 'bandwidth' }];
    expect(readingOf(limited).isProcessorShort).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.anything())), (stats) => {
        readingOf(stats);
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
