import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Font } from 'fontkit';
import type { Face } from './shapes.ts';
import { MOST_WORDS, remembering } from './shaping.ts';

/** The fonts of all documents, parsed once: 22.8 ms a document without that, 2.9 ms with it. */
export type Faces = {
  readonly fonts: Readonly<Record<Face, Font>>;
  /** What this face can show of a text, and how wide that is at `size` points. */
  measure(face: Face, text: string, size: number): { readonly text: string; readonly width: number };
};

export async function loadFaces(dir: string): Promise<Faces> {
  const { create } = await import('fontkit');
  const open = async (file: string): Promise<Font> => remembering(create(await readFile(join(dir, file))));
  const [text, textItalic, textBold, serif, serifItalic, serifBold] = await Promise.all([
    open('Inter-Regular.ttf'),
    open('Inter-Italic.ttf'),
    open('Inter-SemiBold.ttf'),
    open('SourceSerif4-Regular.ttf'),
    open('SourceSerif4-Italic.ttf'),
    open('SourceSerif4-SemiBold.ttf'),
  ]);
  const fonts = { text, textItalic, textBold, serif, serifItalic, serifBold };
  const known = new Map<string, { text: string; em: number }>();
  return {
    fonts,
    measure: (face, raw, size) => {
      const key = `${face} ${raw}`;
      let found = known.get(key);
      if (found === undefined) {
        const shown = showable(fonts[face], raw);
        found = { text: shown, em: fonts[face].layout(shown).advanceWidth / fonts[face].unitsPerEm };
        if (known.size > MOST_WORDS) known.clear();
        known.set(key, found);
      }
      return { text: found.text, width: found.em * size };
    },
  };
}

/**
 * What a font can show of a text: a missing glyph would be printed as a box. Soft hyphens go too, since Inter prints
 * one in mid-line, and so does everything else that is only an instruction (controls, joiners, marks of direction).
 */
function showable(font: Font, raw: string): string {
  let shown = '';
  for (const character of raw.toWellFormed().normalize('NFC').replace(/\s/gu, toSpace)) {
    if (/\p{C}/u.test(character)) continue;
    shown += [character, character.normalize('NFKC')].find((form) => hasGlyphs(font, form)) ?? '';
  }
  return shown;
}

/** Blanks at which no line breaks keep their width: the narrow one stands in French before ; ! ? and between thousands. */
function toSpace(space: string): string {
  return space === '\u00a0' || space === '\u202f' ? space : ' ';
}

function hasGlyphs(font: Font, text: string): boolean {
  return Array.from(text).every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
}
