import { describe, expect, it } from 'vitest';
import { linkSpacingMs, staggeredStarts } from '#renderer/media/stagger';

describe('the starts of a later joiner', () => {
  it('do not keep the first one waiting, and space the others evenly, in their order', () => {
    expect(staggeredStarts(['chen', 'an', 'bao'])).toEqual([
      { legId: 'chen', afterMs: 0 },
      { legId: 'an', afterMs: linkSpacingMs },
      { legId: 'bao', afterMs: 2 * linkSpacingMs },
    ]);
  });

  it('are over within half a second in a full call', () => {
    const legIds = Array.from({ length: 8 }, (_, at) => `leg-${at}`);
    expect(staggeredStarts(legIds).at(-1)?.afterMs).toBeLessThanOrEqual(500);
  });
});
