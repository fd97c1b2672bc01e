import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calculate } from '../../../bench/mesh/calculation';
import { chartOf } from '../../../bench/mesh/chart';
import { chartFile, documentFile, filled, newestResult } from '../../../bench/mesh/document';
import type { Measured } from '../../../bench/mesh/equal-part';
import type { Figures } from '../../../bench/mesh/figures';
import { rowsOf } from '../../../bench/mesh/report';

const figures = (costMs: number, more: Partial<Figures> = {}): Figures => ({
  ...{ costMs, cpuMsPerSecond: costMs * 12, delivered: 1, seenMs: 300, heardMs: 200 },
  ...{ fewestPictures: 15, sizes: ['320×180'], pictureKbits: 150, voiceKbits: 30 },
  ...{ concealed: 0, sentKbits: 600, problems: [], ...more },
});

const measured = (peal: readonly Figures[], bare: readonly Figures[]): Measured => ({
  ...{ setup: { kind: 'video', people: 4 }, processes: 11, restMs: 120, peal, bare },
});

describe('the report of the mesh bench', () => {
  it('compares the turns that came right after one another', () => {
    const peal = [figures(105), figures(210), figures(105)];
    const [row] = rowsOf([measured(peal, [figures(100), figures(200), figures(100)])]);
    expect(row).toMatchObject({ ratio: 1.05, met: true, alike: true });
  });

  it('shows a dearer mesh more clearly without what the windows take anyhow', () => {
    const [row] = rowsOf([measured([figures(110)], [figures(100)])]);
    expect(row).toMatchObject({ ratio: 1.1, ratioAboveRest: 1.111, met: true });
  });

  it('holds nothing for met that delivered something else', () => {
    const [row] = rowsOf([measured([figures(80, { delivered: 0.7 })], [figures(100)])]);
    expect(row).toMatchObject({ ratio: 0.8, alike: false, met: false });
  });
});

describe('the calculation for more people', () => {
  it('multiplies the cost of a stream at the largest call that was measured', () => {
    const [five, , , , nine] = [...calculate([measured([figures(50)], [figures(50)])])];
    expect(five).toEqual({
      ...{ kind: 'video', people: 5, measuredAt: 4, coresEach: 0.2, sentKbitsEach: 800 },
    });
    expect(nine).toMatchObject({ people: 9, coresEach: 0.4, sentKbitsEach: 1_600 });
  });
});

describe('docs/mesh.md', () => {
  it('shows the newest result, and so does its chart', async () => {
    const document = readFileSync(documentFile, 'utf8');
    const newest = newestResult();
    expect(await filled(document, newest)).toBe(document);
    if (newest) expect(readFileSync(chartFile, 'utf8')).toBe(chartOf(newest));
  });
});
