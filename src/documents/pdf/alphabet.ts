import type { Font } from 'fontkit';

/** A character's glyph in one file's font: its number in four hexadecimal digits, and how far it moves the pen (in em). */
export type Code = { readonly hex: string; readonly em: number };
/** Null: the font of the personal lines has no glyph for it. */
export type Codes = (character: string) => Code | null;

/** Every character that a personal line can be filled with afterwards, in the order of their numbers (from 1), and how wide each is (em). */
export type Alphabet = { readonly characters: string; readonly widths: readonly number[] };

/** The letters of Latin, Greek and Cyrillic languages, Vietnamese among them, with the marks that stand between them. */
export function alphabetOf(font: Font): Alphabet {
  const taken = new Set<number>();
  let characters = '';
  const widths: number[] = [];
  for (const [first, last] of RANGES) {
    for (let point = first; point <= last; point++) {
      if (!font.hasGlyphForCodePoint(point)) continue;
      const { id, advanceWidth } = font.glyphForCodePoint(point);
      // Two characters of one glyph could not be told apart by those who copy the text.
      if (taken.has(id)) continue;
      taken.add(id);
      characters += String.fromCodePoint(point);
      widths.push(advanceWidth / font.unitsPerEm);
    }
  }
  return { characters, widths };
}

/** The codes of a file whose font began with the whole alphabet. */
export function codesOf({ characters, widths }: Alphabet): Codes {
  const codes = new Map(
    Array.from(characters, (character, at) => [character, codeOf(at + 1, widths[at] ?? 0)]),
  );
  return (character) => codes.get(character) ?? null;
}

export function codeOf(number: number, em: number): Code {
  return { hex: number.toString(16).padStart(4, '0'), em };
}

/** The glyphs of a text; characters without a code are left out. */
export function glyphsOf(text: string, codes: Codes): readonly Code[] {
  const glyphs: Code[] = [];
  for (const character of text) {
    const code = codes(character);
    if (code !== null) glyphs.push(code);
  }
  return glyphs;
}

/** None lies beyond the first plane of Unicode. Control characters, the no-break space and the soft hyphen are left out. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x24f],
  [0x370, 0x3ff],
  [0x400, 0x52f],
  [0x1e00, 0x1eff],
  [0x2010, 0x2026],
];
