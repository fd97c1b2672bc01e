import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkSpacingMs, staggeredStarts } from '#renderer/media/stagger';

const order = (legIds: readonly string[], speakers: readonly string[]): string[] =>
  staggeredStarts(legIds, speakers).map(({ legId }) => legId);

describe('the starts of a later joiner', () => {
  it('begin with who speaks, then follow the order of joining', () => {
    expect(order(['an', 'bao', 'chen', 'dai'], ['chen', 'bao'])).toEqual([
      'chen',
      'bao',
      'an',
      'dai',
    ]);
  });

  it('do not name a speaker who needs no link', () => {
    expect(order(['an', 'bao'], ['gone', 'bao'])).toEqual(['bao', 'an']);
  });

  it('do not keep the first one waiting, and space the others evenly', () => {
    expect(staggeredStarts(['an', 'bao', 'chen'], []).map(({ afterMs }) => afterMs)).toEqual([
      0,
      linkSpacingMs,
      2 * linkSpacingMs,
    ]);
  });

  it('are over within half a second in a full call', () => {
    const legIds = Array.from({ length: 8 }, (_, at) => `leg-${at}`);
    expect(staggeredStarts(legIds, []).at(-1)?.afterMs).toBeLessThanOrEqual(500);
  });

  it('name everybody exactly once', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
    fc.assert(
      fc.property(names, fc.array(fc.constantFrom('a', 'b', 'x')), (legIds, speakers) => {
        expect(order(legIds, speakers).sort()).toEqual([...legIds].sort());
      }),
    );
  });
});
