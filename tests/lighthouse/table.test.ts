import { describe, expect, it } from 'vitest';
import type { Measured } from '../../lighthouse/measure.ts';
import { median } from '../../lighthouse/median.ts';
import { asTables, shortfalls } from '../../lighthouse/table.ts';

const FULL = {
  performance: 95,
  accessibility: 100,
  'best-practices': 100,
  seo: 100,
  'agentic-browsing': 100,
} as const;

function measured(
  scores: Partial<Measured['devices'][number]['scores']> = {},
  strangers: readonly string[] = [],
): Measured {
  return {
    page: { name: '/white-paper', url: 'http://127.0.0.1/white-paper', isPersonal: false },
    weight: { html: 9000, css: 3000, script: 200, fonts: 22_000, images: 60_000, others: 0 },
    devices: [
      {
        device: 'mobile',
        scores: { ...FULL, ...scores },
        vitals: { lcp: 1200, tbt: 30, shift: 0 },
        failed: ['seo: meta-description', 'performance: unused-css'],
        strangers,
      },
    ],
  };
}

describe('Lighthouse’s scores', () => {
  it('fail below their aims, each with the audits that cost it', () => {
    expect(shortfalls([measured()])).toEqual([]);
    expect(shortfalls([measured({ seo: 99 })])).toEqual([
      'MISSED: /white-paper, mobile: seo 99 of 100 (meta-description)',
    ]);
    expect(shortfalls([measured({ performance: 94 })])[0]).toContain('performance 94 of 95 (unused-css)');
  });

  it('fail when a page asks another host', () => {
    expect(shortfalls([measured({}, ['https://fonts.example/'])])).toEqual([
      'MISSED: /white-paper, mobile: asks another host: https://fonts.example/',
    ]);
  });

  it('say of which page one audit was left out, and what each weighs', () => {
    const page = measured();
    const text = asTables([page, { ...page, page: { ...page.page, isPersonal: true } }], 3);
    expect(text.match(/\| 100 \* \|/g)).toHaveLength(1);
    expect(text).toContain('is-crawlable');
    expect(text).toContain('91000');
  });

  it('are medians that were measured', () => {
    expect([median([3, 1, 2]), median([97, 100]), median([5])]).toEqual([2, 97, 5]);
  });
});
