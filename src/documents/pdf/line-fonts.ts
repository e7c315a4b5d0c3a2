import type { Font, Glyph } from 'fontkit';
import type { Faces } from '../layout/faces.ts';
import type { ScriptFonts } from '../layout/script-fonts.ts';
import type { Script } from '../layout/scripts.ts';
import { PERSONAL_FACE } from '../layout/shapes.ts';
import { FONT } from './personal-stream.ts';

/** A font that draws personal lines in one file. */
export type LineFont = {
  /** What it is called in the forms' resources. */
  readonly name: string;
  readonly font: Font;
  /** Thousandths of an em for each unit of the font. */
  readonly scale: number;
  readonly ref: PDFKit.PDFKitReference;
  /** The number of a glyph in this file, which takes it in and remembers what it stands for. */
  include(glyph: Glyph): number;
};

/** Null: the documents' own. */
export type LineFonts = (script: Script | null) => LineFont;

/** The fonts of a file's personal lines. Only those that are asked for become a part of it. */
export function lineFontsOf(doc: PDFKit.PDFDocument, faces: Faces, scripts: ScriptFonts): LineFonts {
  const known = new Map<string, LineFont>();
  for (const [name, font] of scripts) doc.registerFont(name, font);
  return (script) => {
    const name = script?.name ?? FONT;
    const font = script === null ? faces.fonts[PERSONAL_FACE] : scripts.get(script.name);
    if (font === undefined) throw new Error(`The font of ${name} was not read.`);
    const found = known.get(name) ?? lineFont(name, font, doc.font(script?.name ?? PERSONAL_FACE)._font);
    known.set(name, found);
    return found;
  };
}

function lineFont(name: string, font: Font, embedded: PDFKit.EmbeddedFont): LineFont {
  const numbers = new Map<string, number>();
  const taken = ({ id, advanceWidth, codePoints }: Glyph): number => {
    let number = embedded.subset.includeGlyph(id);
    // One glyph can stand for several letters, in Arabic above all. Each has its own number then, or else the text would be copied wrongly.
    if (embedded.unicode[number] !== undefined) number = embedded.subset.glyphs.push(id) - 1;
    embedded.widths[number] = advanceWidth * embedded.scale;
    // A part of a letter that the font draws in two: each glyph must stand for something (PDF/UA-1, 7.21.7).
    embedded.unicode[number] = codePoints.length > 0 ? codePoints : [ZERO_WIDTH_SPACE];
    return number;
  };
  return {
    name,
    font,
    scale: embedded.scale,
    ref: embedded.ref(),
    include: (glyph) => {
      const key = `${glyph.id} ${glyph.codePoints.join(' ')}`;
      const number = numbers.get(key) ?? taken(glyph);
      numbers.set(key, number);
      return number;
    },
  };
}

const ZERO_WIDTH_SPACE = 0x200b;
