import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Font } from 'fontkit';
import { loadFaces } from '../../src/documents/layout/faces.ts';
import { runsOf } from '../../src/documents/layout/runs.ts';
import { scriptFontsIn } from '../../src/documents/layout/script-fonts.ts';
import { PERSONAL_FACE } from '../../src/documents/layout/shapes.ts';
import { shapedRun } from '../../src/documents/pdf/shaped-run.ts';
import { ROOT } from '../../src/root.ts';
import { FONTS } from './fixture.ts';

describe('a line of several scripts', () => {
  test.each([
    ['keeps what goes from left to right', 'Prepared for Ann', ['Prepared for Ann']],
    ['turns words that go from right to left', 'for אב גד', ['for ', 'גד<', ' ', 'אב<']],
    ['goes on behind them', 'for אב, and', ['for ', 'אב<', ', and']],
    ['leaves the comma of a greeting behind the name', 'אב,', ['אב<', ',']],
    ['keeps a date out of them where it is told to', 'אב\u200e · 23. May', ['אב<', ' · 23. May']],
    ['keeps numbers as they are', 'אב 2024 גד', ['גד<', ' 2024 ', 'אב<']],
    ['keeps a number with its points', 'אב 1,234.5', ['1,234.5 ', 'אב<']],
    ['keeps Arabic numbers as they are', 'سنة ٢٠٢٤', ['٢٠٢٤', ' ', 'سنة<']],
    ['leaves a number before them where it is', '7 אב', ['7 ', 'אב<']],
    ['turns brackets between them', 'אב (גד) הו', ['הו<', ' (', 'גד<', ') ', 'אב<']],
    ['puts the ellipsis where the words were cut', 'for אב…', ['for …', 'אב<']],
    ['keeps marks and joiners with their letters', 'מַר علی\u200cرضا', ['علی\u200cرضا<', ' ', 'מַר<']],
    ['has Hindi go from left to right', 'for प्रिया १२', ['for ', 'प्रिया', ' ', '१२']],
  ])('%s', (_, line, runs) => {
    const found = runsOf(line).map(({ text, rightToLeft }) => text + (rightToLeft ? '<' : ''));
    expect(found).toEqual(runs);
  });
});

/** What HarfBuzz 15.0.0 makes of names (`number,x,y` of each glyph, and the width, in thousandths of an em), with no kerning in Inter. */
const HARFBUZZ = JSON.parse(readFileSync(join(ROOT, 'tests/documents/harfbuzz.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

test.each(Object.entries(HARFBUZZ))('%s is shaped as HarfBuzz shapes it', async (name, expected) => {
  const [run, ...others] = runsOf(name);
  const font =
    run?.script === null || run === undefined
      ? (await loadFaces(FONTS)).fonts[PERSONAL_FACE]
      : (await scriptFontsIn(FONTS)(name)).get(run.script.name);
  if (run === undefined || font === undefined) throw new Error('There is no run.');
  expect(others).toEqual([]);
  expect(shaped(run, font)).toBe(expected);
});

function shaped(run: Parameters<typeof shapedRun>[0], font: Font): string {
  const { glyphs, width } = shapedRun(run, {
    name: '',
    font,
    scale: 1000 / font.unitsPerEm,
    include: () => 0,
    // Nothing is written here.
    ref: undefined as never,
  });
  // Empty glyphs that only carry letters to be copied are ours.
  const blank =
    run.script?.blank === undefined ? null : font.glyphForCodePoint(run.script.blank.codePointAt(0) ?? 0).id;
  const placed = glyphs
    .filter(({ glyph }) => glyph.id !== blank)
    .map(({ glyph, x, y }) => [glyph.id, Math.round(x), Math.round(y)].join(','));
  return `${placed.sort().join(' ')} | ${Math.round(width)}`;
}
