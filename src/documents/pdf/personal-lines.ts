import type { Faces } from '../layout/faces.ts';
import type { ScriptFonts } from '../layout/script-fonts.ts';
import type { PersonalShape } from '../layout/shapes.ts';
import { alphabetOf, codeOf, glyphsOf } from './alphabet.ts';
import type { Codes } from './alphabet.ts';
import { lineFontsOf } from './line-fonts.ts';
import type { LineFont, LineFonts } from './line-fonts.ts';
import { ELLIPSIS, personalStream, STREAM_BYTES } from './personal-stream.ts';
import { shapedStream } from './shaped-stream.ts';

/** How the personal lines of a file come about: `later` keeps room for them, `now` has the words for each. */
export type Filling =
  | { readonly kind: 'later' }
  /** `says` gives a line's words, in characters that Inter or one of the scripts' fonts has. */
  | {
      readonly kind: 'now';
      readonly says: (line: PersonalShape) => string;
      /** None are needed for words of the alphabet. */
      readonly scripts?: ScriptFonts;
    };

export interface PersonalPen {
  /** Those that were drawn, in this order. */
  readonly lines: readonly PersonalShape[];
  draw(shape: PersonalShape, x: number, y: number): void;
  /** Writes what was kept open. Call it after `doc.end()`, so that the room for personal lines stands at the end of the file. */
  finish(): void;
}

/** What stands in the room for the line of this number until it is filled in. */
export function emptySlot(number: number): string {
  return `%personal-${number} `.padEnd(STREAM_BYTES);
}

/**
 * Draws the personal lines of one file. Each is a form of its own: a separate object in the file, whose few bytes can be overwritten. Make
 * the pen before anything is written, so that the numbers of its glyphs are the same in every file.
 */
export function personalPen(doc: PDFKit.PDFDocument, faces: Faces, filling: Filling): PersonalPen {
  const fonts = lineFontsOf(doc, faces, (filling.kind === 'now' ? filling.scripts : null) ?? new Map());
  const own = fonts(null);
  const codes = codesIn(own, filling);
  const lines: PersonalShape[] = [];
  const open: { readonly form: PDFKit.PDFKitReference; readonly stream: string }[] = [];
  const drawn = (shape: PersonalShape) =>
    filling.kind === 'later'
      ? { stream: emptySlot(open.length), fonts: [own] }
      : streamFor(shape, filling.says(shape), codes, fonts);
  return {
    lines,
    draw: (shape, x, y) => {
      const { stream, fonts: used } = drawn(shape);
      if (stream === '') return;
      const form = formFor(doc, shape, used);
      const name = `Personal${open.length}`;
      doc.page.xobjects[name] = form;
      doc.fillColor(shape.color);
      // The page is drawn upside down by pdfkit; the form is not.
      doc.addContent(`q 1 0 0 -1 ${round(x)} ${round(y)} cm /${name} Do Q`);
      open.push({ form, stream });
      lines.push(shape);
    },
    finish: () => {
      for (const { form, stream } of open) form.end(Buffer.from(stream, 'latin1'));
    },
  };
}

/** Plain lines are drawn as they are filled in; the others need shaping. */
function streamFor(shape: PersonalShape, text: string, codes: Codes, fonts: LineFonts) {
  if (Array.from(text).some((character) => codes(character) === null))
    return shapedStream(shape, text, fonts);
  const stream = personalStream(shape, glyphsOf(text, codes), glyphsOf(ELLIPSIS, codes));
  return { stream, fonts: [fonts(null)] };
}

/** The whole alphabet before anything else, or each character when it is first used. */
function codesIn(own: LineFont, filling: Filling): Codes {
  const { font } = own;
  const { characters } = alphabetOf(font);
  const known = new Set(characters);
  const codes: Codes = (character) => {
    if (!known.has(character)) return null;
    const point = character.codePointAt(0) ?? 0;
    const { id, advanceWidth } = font.glyphForCodePoint(point);
    const number = own.include({ id, advanceWidth, codePoints: [point] });
    return codeOf(number, advanceWidth / font.unitsPerEm);
  };
  if (filling.kind === 'later') for (const character of characters) codes(character);
  return codes;
}

function formFor(
  doc: PDFKit.PDFDocument,
  { room, size }: PersonalShape,
  fonts: readonly LineFont[],
): PDFKit.PDFKitReference {
  const { compress } = doc;
  // To be overwritten, it has to stand there as it is read.
  doc.compress = false;
  const form = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [-1, round(-size), round(room + 1), round(size * 2)],
    Resources: { Font: Object.fromEntries(fonts.map(({ name, ref }) => [name, ref])) },
  });
  doc.compress = compress;
  return form;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
