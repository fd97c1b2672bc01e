import { describe, expect, it } from 'vitest';
import tokens from '../../../../renderer/ui/tokens.css?raw';

type Scheme = 'light' | 'dark' | 'light with more contrast' | 'dark with more contrast';

const [usual = '', more = ''] = tokens.split('@media (prefers-contrast: more)');

/** The colour a token has in a scheme. */
function colour(name: string, scheme: Scheme): string {
  const find = (part: string) => new RegExp(`--color-${name}: ([^;]+);`).exec(part)?.[1];
  const value = (scheme.includes('more') ? find(more) : undefined) ?? find(usual);
  if (!value) throw new Error(`no token --color-${name}`);
  const pair = /light-dark\((#\w{6}), (#\w{6})\)/.exec(value);
  return (scheme.startsWith('light') ? pair?.[1] : pair?.[2]) ?? value;
}

/** WCAG 2 relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string, scheme: Scheme): number {
  const [low = 0, high = 0] = [colour(one, scheme), colour(other, scheme)]
    .map(luminance)
    .toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const texts = ['text', 'text-muted', 'accent'].flatMap((text) =>
  ['bg', 'surface', 'surface-raised'].map((ground) => [text, ground] as const),
);

describe.each(['light', 'dark', 'light with more contrast', 'dark with more contrast'] as const)(
  'the colours in %s',
  (scheme) => {
    it.each(texts)('let %s be read on %s (AA)', (text, ground) => {
      expect(contrast(text, ground, scheme)).toBeGreaterThanOrEqual(4.5);
    });

    it.each([
      ['text', 'surface-raised'],
      ['on-danger', 'danger'],
      ['on-success', 'success'],
    ])('let %s on %s in the incoming card be read from afar (AAA)', (text, ground) => {
      expect(contrast(text, ground, scheme)).toBeGreaterThanOrEqual(7);
    });

    it.each([
      ['on-accent', 'accent'],
      ['on-notice', 'notice'],
      ['text', 'hover'],
      ['text', 'chosen'],
      ['text-muted', 'hover'],
      ['text-muted', 'chosen'],
      ['accent', 'hover'],
      // A missed call.
      ['danger', 'surface'],
      ['danger', 'hover'],
      // A tooltip.
      ['bg', 'text'],
    ])('let %s be read on %s (AA)', (text, ground) => {
      expect(contrast(text, ground, scheme)).toBeGreaterThanOrEqual(4.5);
    });

    it.each(['focus', 'border-strong', 'away', 'success', 'danger'])(
      'let %s be seen on every ground (3:1)',
      (line) => {
        for (const ground of ['bg', 'surface']) {
          expect(contrast(line, ground, scheme)).toBeGreaterThanOrEqual(3);
        }
      },
    );

    it('let white initials be read on every avatar (AA)', () => {
      for (let n = 0; n < 8; n += 1) {
        expect(contrast('on-avatar', `avatar-${String(n)}`, scheme)).toBeGreaterThanOrEqual(4.5);
      }
    });
  },
);

describe('more contrast', () => {
  const grounds = ['bg', 'surface', 'surface-raised', 'hover', 'chosen'];

  it.each(['light with more contrast', 'dark with more contrast'] as const)(
    'is more: all text is AAA, and edges are seen, in %s',
    (scheme) => {
      for (const ground of grounds) {
        for (const text of ['text', 'text-muted', 'accent']) {
          expect([text, ground, contrast(text, ground, scheme) >= 7]).toEqual([text, ground, true]);
        }
      }
      for (const ground of grounds.slice(0, 3)) {
        expect(contrast('border', ground, scheme)).toBeGreaterThanOrEqual(3);
      }
      expect(contrast('on-notice', 'notice', scheme)).toBeGreaterThanOrEqual(7);
    },
  );
});
