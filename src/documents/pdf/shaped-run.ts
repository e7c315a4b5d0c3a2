import type { Glyph } from 'fontkit';
import type { Run } from '../layout/runs.ts';
import type { LineFont } from './line-fonts.ts';

/** A glyph and where it stands, from the left end of its line. Thousandths of an em. */
export type PlacedGlyph = {
  readonly font: LineFont;
  readonly glyph: Glyph;
  readonly x: number;
  readonly y: number;
};

/** Glyphs from left to right, and how far they reach (thousandths of an em). */
export type ShapedRun = {
  readonly glyphs: readonly PlacedGlyph[];
  readonly width: number;
  readonly run: Run;
};

/** A run as its font shapes it. */
export function shapedRun(run: Run, font: LineFont): ShapedRun {
  const { text, script, rightToLeft } = run;
  const features = script === null ? PLAIN : undefined;
  const direction = rightToLeft ? 'rtl' : 'ltr';
  const shaped = font.font.layout(script?.ordered?.(text) ?? text, features, null, null, direction);
  const glyphs: PlacedGlyph[] = [];
  let width = 0;
  for (const [at, glyph] of shaped.glyphs.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = shaped.positions[at] ?? {};
    const isAdrift = script === null && xOffset === 0 && yOffset === 0 && isMark(glyph);
    if (!isAdrift) {
      const x = width + xOffset * font.scale;
      width += xAdvance * font.scale;
      const [first, ...others] = rightToLeft ? partsOf(glyph, run, font) : [glyph];
      glyphs.push({ font, glyph: first, x, y: yOffset * font.scale });
      for (const other of others) glyphs.push({ font, glyph: other, x: width, y: yOffset * font.scale });
    }
  }
  return { glyphs, width, run };
}

/** The documents' own letters stand as they do in the lines that are filled in: nothing drawn nearer together, nothing replaced. */
const PLAIN = { kern: false, calt: false, liga: false, clig: false };

/**
 * Programs that copy text turn what goes from right to left glyph by glyph, and not the letters that one glyph stands for. So a glyph for
 * several letters stands for the last of them, and empty ones on its right for those before.
 */
function partsOf(glyph: Glyph, { script }: Run, { font }: LineFont): readonly [Glyph, ...Glyph[]] {
  const [last, ...before] = glyph.codePoints.toReversed();
  if (last === undefined || before.length === 0 || script?.blank === undefined) return [glyph];
  const { id, advanceWidth } = font.glyphForCodePoint(script.blank.codePointAt(0) ?? 0);
  const blanks = before.map((point) => ({ id, advanceWidth, codePoints: [point] }));
  return [{ ...glyph, codePoints: [last] }, ...blanks];
}

/** Inter has no place for some marks on some letters; such a mark would stand on the next one. */
function isMark({ codePoints }: Glyph): boolean {
  return codePoints.length > 0 && codePoints.every((point) => /\p{M}/u.test(String.fromCodePoint(point)));
}
