import { bytesOf } from '../../src/documents/model.ts';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Faces } from '../../src/documents/layout/faces.ts';
import { loadFaces } from '../../src/documents/layout/faces.ts';
import { fitLine } from '../../src/documents/layout/fit.ts';
import { printableName } from '../../src/documents/layout/names.ts';
import { FONTS, pressFor } from './fixture.ts';
import { beyondMargins, readPdf } from './read.ts';

const press = pressFor();
let faces: Faces;
beforeAll(async () => {
  faces = await loadFaces(FONTS);
});

describe('a name in print', () => {
  test.each([
    'Łukasz Żółkiewski',
    'Ελένη Παπαδοπούλου',
    'Дмитрий Щербаков',
    'Nguyễn Thị Ánh',
    'Ó Briain (née O’Neill) \\ Sons',
    'Şebnem Güneş',
  ])('shows %s as it was typed', async (name) => {
    expect(printableName(name, faces)).toBe(name);
    const { pages } = await readPdf(await makeGraphic(name));
    expect(pages[0]?.text).toContain(`Prepared for ${name}`);
  });

  test.each([
    ['decomposed letters are composed', 'Zoe\u0308 Mu\u0308ller', 'Zoë Müller'],
    ['emoji are left out', 'Ann 🎉 Lee 👩🏽‍🚀', 'Ann Lee'],
    ['what no font has is left out', '李 Wei', 'Wei'],
    ['soft hyphens are left out', 'Inter\u00adlaken', 'Interlaken'],
    ['marks of direction are left out', 'Ann\u202e\u2066 Lee', 'Ann Lee'],
    ['wide letters become plain', 'Ｍａｒｉａ', 'Maria'],
    ['line breaks become a blank', 'Ann\n\tLee', 'Ann Lee'],
    ['towers of marks are cut', `x${'\u0301'.repeat(60)}b`, 'x\u0301\u0301b'],
  ])('%s', (_, typed, shown) => {
    expect(printableName(typed, faces)).toBe(shown);
  });

  test.each(['', '   ', 'محمد', '李明', '🎉🎉', '\ud800', '()', '\u0301\u0301'])(
    'is left out when nothing readable remains of %j',
    async (name) => {
      expect(printableName(name, faces)).toBeNull();
      const paper = await readPdf(await makePaper(name));
      const all = paper.pages.map((page) => page.text).join(' ');
      expect(all).not.toContain('Prepared for');
      expect(all).toContain('This begins strongly');
      expect((await readPdf(await makeGraphic(name))).pages[1]?.text).toContain('Take your time.');
    },
  );

  test('shrinks to fit its line, and then ends in an ellipsis', () => {
    const room = 200;
    const long = fitLine('A name somewhat long', 'text', 22, room, faces);
    expect(long.text).toBe('A name somewhat long');
    expect(long.size).toBeLessThan(22);
    const endless = fitLine('W'.repeat(80), 'text', 20, room, faces);
    expect(endless.text).toMatch(/^W+…$/);
    expect(endless.width).toBeLessThanOrEqual(room);
  });

  test('cannot break the document, whatever it is', async () => {
    const cruel = [
      'W'.repeat(80),
      ') Tj ET (',
      '\\',
      '<</A>>',
      '{{name}}',
      '%PDF',
      'a\u0000b',
      'ﷺ'.repeat(80),
      '👨‍👩‍👧‍👦'.repeat(20),
    ];
    const anything = fc.oneof(
      fc.constantFrom(...cruel),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
    );
    await fc.assert(
      fc.asyncProperty(anything, anything, async (name, role) => {
        const made = await press.make({
          offer: 'graphic',
          reader: { name, situation: 'looking', role },
          paper: 'a4',
        });
        expect(Buffer.from(bytesOf(made)).subarray(0, 5).toString()).toBe('%PDF-');
        const shown = printableName(name, faces) ?? '';
        expect(faces.fonts.text.layout(shown).glyphs.filter(({ id }) => id === 0)).toEqual([]);
      }),
      { numRuns: 200 },
    );
    for (const name of cruel) {
      const { pages } = await readPdf(await makePaper(name));
      expect(beyondMargins(pages)).toEqual([]);
    }
  });
});

function makeGraphic(name: string) {
  return press.make({ offer: 'graphic', reader: { name, situation: 'looking', role: null }, paper: 'a4' });
}

function makePaper(name: string) {
  return press.make({ offer: 'paper', reader: { name, situation: null, role: name }, paper: 'a4' });
}
