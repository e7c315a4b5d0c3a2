import { loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { leastWidth, qrOf, qrPath, qrPng, qrSvg } from '../../src/desk/qr.ts';
import { pictureSays } from '../support/read-qr.ts';

const SHORT = 'https://f.example/white-paper?utm_source=card';
const LONG = `https://funnel.wordrightcareer.example/articles/the-hidden-job-market?utm_source=linkedin&utm_medium=social&utm_campaign=${'autumn-talk-'.repeat(10)}&utm_content=%C3%A9t%C3%A9`;

describe('a QR code', () => {
  it.each([SHORT, LONG])('is read back from the PNG and from the SVG: %s', async (link) => {
    const code = qrOf(link);
    expect(await pictureSays(qrPng(code), 1200)).toBe(link);
    expect(await pictureSays(Buffer.from(qrSvg(code, 'Link')), 600)).toBe(link);
  });

  it('has a quiet zone of four modules on all sides', () => {
    const code = qrOf(SHORT);
    const last = code.length - 1;
    const dark = code.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [[x, y]] : []))).flat();
    expect([Math.min(...dark), Math.max(...dark)]).toEqual([4, last - 4]);
  });

  it('grows with its link, and asks for more paper', () => {
    expect(leastWidth(qrOf(SHORT))).toBeLessThan(leastWidth(qrOf(LONG)));
    expect(leastWidth(qrOf(SHORT))).toBeGreaterThanOrEqual(15);
  });

  it('has whole pixels for each module, ten centimetres of them at 300 dpi', async () => {
    const code = qrOf(LONG);
    const { width, height } = await loadImage(Buffer.from(qrPng(code)));
    expect([width % code.length, height]).toEqual([0, width]);
    expect(width).toBeGreaterThanOrEqual(1200);
  });

  it('draws each run of dark modules once', () => {
    expect(
      qrPath([
        [true, true, false, true],
        [false, false, false, false],
        [false, true, true, false],
      ]),
    ).toBe('M0 0.5h2M3 0.5h1M1 2.5h2');
  });

  it('names itself without breaking its own markup', () => {
    expect(qrSvg(qrOf(SHORT), 'a<b & c')).toContain('<title>a&#60;b &#38; c</title>');
  });
});
