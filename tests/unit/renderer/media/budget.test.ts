import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CallFacts,
  type LinkFacts,
  budgetOf,
  linkRooms,
  mostStrain,
} from '#renderer/media/budget';

const call = (change: Partial<CallFacts> = {}): CallFacts => ({
  participants: 3,
  isSpeaking: false,
  strain: 0,
  ...change,
});
const link = (change: Partial<LinkFacts> = {}): LinkFacts => ({
  shownHeight: null,
  room: 'free',
  isLossy: false,
  ...change,
});

const anyCall = fc.record({
  participants: fc.integer({ min: 2, max: 9 }),
  isSpeaking: fc.boolean(),
  strain: fc.integer({ min: 0, max: mostStrain }),
});
const anyLink = fc.record({
  shownHeight: fc.option(fc.integer({ min: 0, max: 2160 })),
  room: fc.constantFrom(...linkRooms),
  isLossy: fc.boolean(),
});

/** Bits per second of the picture, for comparing. */
function bitrate(callFacts: CallFacts, linkFacts: LinkFacts): number {
  const { camera } = budgetOf(callFacts, linkFacts);
  return camera.isOn ? (camera.bitrate ?? Infinity) : 0;
}

describe('the budget of a link', () => {
  it('leaves a call of two as it is', () => {
    expect(budgetOf(call({ participants: 2 }), link())).toEqual({
      camera: { isOn: true, height: null, frameRate: null, bitrate: null },
      voiceBitrate: null,
      voiceForm: 'plain',
    });
  });

  it.each([
    [3, 480, 480],
    [4, 360, 180],
    [5, 360, 180],
    [6, 360, 180],
    [7, 180, 120],
    [9, 180, 120],
  ])(
    'sends, of %i people, a speaker at %i lines and a listener at %i',
    (participants, ...lines) => {
      const heights = [true, false].map(
        (isSpeaking) => budgetOf(call({ participants, isSpeaking }), link()).camera.height,
      );
      expect(heights).toEqual(lines);
    },
  );

  it('sends no picture that nobody sees, and the voice all the same', () => {
    const budget = budgetOf(call(), link({ shownHeight: 0 }));
    expect(budget.camera.isOn).toBe(false);
    expect(budget.voiceBitrate).toBeNull();
  });

  it.each([
    [100, 120],
    [180, 180],
    [181, 360],
    [2000, 480],
  ])('sends, for a tile of %i lines, %i', (shownHeight, height) => {
    expect(budgetOf(call(), link({ shownHeight })).camera.height).toBe(height);
  });

  it('gives a narrow link a voice of 16 kbit/s and a stamp of 25', () => {
    expect(budgetOf(call({ participants: 2, isSpeaking: true }), link({ room: 'narrow' }))).toEqual(
      {
        camera: { isOn: true, height: 120, frameRate: 5, bitrate: 25_000 },
        voiceBitrate: 16_000,
        voiceForm: 'long',
      },
    );
  });

  it('lets narrow links share the bits of one stamp: it is mostly one line for all of them', () => {
    const bitrates = [2, 3, 6].map(
      (participants) => budgetOf(call({ participants }), link({ room: 'narrow' })).camera.bitrate,
    );
    expect(bitrates).toEqual([25_000, 12_500, 5_000]);
  });

  it('sends the voice twice over a link that loses some, but never over a full one', () => {
    const forms = linkRooms.map(
      (room) => budgetOf(call(), link({ room, isLossy: true })).voiceForm,
    );
    expect(forms).toEqual(['twice', 'long', 'long']);
    expect(budgetOf(call(), link()).voiceForm).toBe('plain');
    expect(budgetOf(call(), link({ shownHeight: 0, isLossy: true })).voiceForm).toBe('twice');
  });

  it.each([0.3, 179.5, 180.5])('takes a height of %d lines as it comes', (shownHeight) => {
    const { camera } = budgetOf(call(), link({ shownHeight }));
    expect(camera.isOn).toBe(true);
    expect(camera.height).toBeGreaterThanOrEqual(shownHeight);
  });

  it('sends a pinned picture at what the number of people allows, and no more', () => {
    const heights = [3, 5, 9].map(
      (participants) =>
        budgetOf(call({ participants }), link({ shownHeight: 1_400 })).camera.height,
    );
    expect(heights).toEqual([480, 180, 120]);
  });

  it('gives the narrowest link a voice alone', () => {
    expect(budgetOf(call(), link({ room: 'voice' })).camera.isOn).toBe(false);
  });

  it.each([
    [3, 'listens', [480, 360, 180, 120, 120]],
    [3, 'speaks', [480, 480, 360, 180, 120]],
    [4, 'listens', [180, 120, 120, 120, 120]],
    [4, 'speaks', [360, 360, 180, 120, 120]],
    [7, 'listens', [120, 120, 120, 120, 120]],
    [7, 'speaks', [180, 180, 120, 120, 120]],
  ])(
    'leaves, of %i people, who %s this much as strain grows, whose first step is taken from listeners',
    (participants, does, lines) => {
      const facts = { participants, isSpeaking: does === 'speaks' };
      const heights = [0, 1, 2, 3, 4].map(
        (strain) => budgetOf(call({ ...facts, strain }), link()).camera.height,
      );
      expect(heights).toEqual(lines);
    },
  );

  it('leaves a stamp under the most strain, and of a speaker among two 180 lines', () => {
    fc.assert(
      fc.property(anyCall, (callFacts) => {
        const { camera } = budgetOf({ ...callFacts, strain: mostStrain }, link());
        const isSpared = callFacts.participants === 2 && callFacts.isSpeaking;
        expect(camera).toMatchObject({ isOn: true, height: isSpared ? 180 : 120 });
      }),
    );
  });

  it('never takes the voice below what carries speech, whatever happens', () => {
    fc.assert(
      fc.property(anyCall, anyLink, (callFacts, linkFacts) => {
        expect(budgetOf(callFacts, linkFacts).voiceBitrate ?? 32_000).toBeGreaterThanOrEqual(
          16_000,
        );
      }),
    );
  });

  it('makes the voice smaller only after the picture has become the smallest', () => {
    fc.assert(
      fc.property(anyCall, anyLink, (callFacts, linkFacts) => {
        if (budgetOf(callFacts, linkFacts).voiceBitrate === null) return;
        expect(bitrate(callFacts, linkFacts)).toBeLessThanOrEqual(25_000);
      }),
    );
  });

  it('never gives more for more people, more strain, a smaller tile or silence', () => {
    fc.assert(
      fc.property(anyCall, anyLink, (callFacts, linkFacts) => {
        const given = bitrate(callFacts, linkFacts);
        const { participants, strain } = callFacts;
        const shownHeight = Math.floor((linkFacts.shownHeight ?? 2160) / 2);
        for (const worse of [
          bitrate({ ...callFacts, participants: participants + 1 }, linkFacts),
          bitrate({ ...callFacts, strain: strain + 1 }, linkFacts),
          bitrate({ ...callFacts, isSpeaking: false }, linkFacts),
          bitrate(callFacts, { ...linkFacts, shownHeight }),
          bitrate(callFacts, { ...linkFacts, room: 'narrow' }) *
            (linkFacts.room === 'voice' ? 0 : 1),
        ]) {
          expect(worse).toBeLessThanOrEqual(given);
        }
      }),
    );
  });

  it('asks no line to send more than 2 Mbit/s of pictures from three people on', () => {
    for (let participants = 3; participants <= 9; participants += 1) {
      const each = bitrate(call({ participants, isSpeaking: true }), link());
      expect(each * (participants - 1)).toBeLessThanOrEqual(2_000_000);
    }
  });
});
