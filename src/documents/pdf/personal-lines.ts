import type { Faces } from '../layout/faces.ts';
import { PERSONAL_FACE } from '../layout/shapes.ts';
import type { PersonalShape } from '../layout/shapes.ts';
import { alphabetOf, codeOf, glyphsOf } from './alphabet.ts';
import type { Codes } from './alphabet.ts';
import { ELLIPSIS, FONT, personalStream, STREAM_BYTES } from './personal-stream.ts';

/** How the personal lines of a file come about: `later` keeps room for them, `now` has the words for each. */
export type Filling =
  | { readonly kind: 'later' }
  /** `says` gives a line's words, in characters that the alphabet has. */
  | { readonly kind: 'now'; readonly says: (line: PersonalShape) => string };

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
  const codes = codesIn(doc, faces, filling);
  const lines: PersonalShape[] = [];
  const open: { readonly form: PDFKit.PDFKitReference; readonly stream: string }[] = [];
  return {
    lines,
    draw: (shape, x, y) => {
      const stream =
        filling.kind === 'later'
          ? emptySlot(open.length)
          : personalStream(shape, glyphsOf(filling.says(shape), codes), glyphsOf(ELLIPSIS, codes));
      if (stream === '') return;
      const form = formFor(doc, shape);
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

/** The whole alphabet before anything else, or each character when it is first used. */
function codesIn(doc: PDFKit.PDFDocument, faces: Faces, filling: Filling): Codes {
  const font = faces.fonts[PERSONAL_FACE];
  const embedded = fontOf(doc);
  const { characters } = alphabetOf(font);
  const known = new Set(characters);
  const codes: Codes = (character) => {
    if (!known.has(character)) return null;
    const { id, advanceWidth } = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
    const number = embedded.subset.includeGlyph(id);
    embedded.widths[number] ??= advanceWidth * embedded.scale;
    embedded.unicode[number] ??= [character.codePointAt(0) ?? 0];
    return codeOf(number, advanceWidth / font.unitsPerEm);
  };
  if (filling.kind === 'later') for (const character of characters) codes(character);
  return codes;
}

function fontOf(doc: PDFKit.PDFDocument): PDFKit.EmbeddedFont {
  return doc.font(PERSONAL_FACE)._font;
}

function formFor(doc: PDFKit.PDFDocument, { room, size }: PersonalShape): PDFKit.PDFKitReference {
  const { compress } = doc;
  // To be overwritten, it has to stand there as it is read.
  doc.compress = false;
  const form = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [-1, round(-size), round(room + 1), round(size * 2)],
    Resources: { Font: { [FONT]: fontOf(doc).ref() } },
  });
  doc.compress = compress;
  return form;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
