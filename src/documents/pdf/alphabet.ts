import type { Font } from 'fontkit';

/** A character's glyph in one file's font: its number in four hexadecimal digits, and how far it moves the pen (in em). */
export type Code = { readonly hex: string; readonly em: number };
/** Null: the font of the personal lines has no glyph for it. */
export type Codes = (character: string) => Code | null;

export type Alphabet = {
  /** All that a personal line can be filled with afterwards, in the order of their numbers (from 1). */
  readonly characters: string;
  /** How wide each of them is (em). */
  readonly widths: readonly number[];
  /** What the font has as well, and hardly a name needs: not worth its bytes in everybody's file, so it is drawn in whole runs only. */
  readonly rare: string;
};

/** The letters of Latin, Greek and Cyrillic languages, Vietnamese among them, with what stands between them. */
export function alphabetOf(font: Font): Alphabet {
  const taken = new Set<number>();
  let characters = '';
  const widths: number[] = [];
  for (const character of charactersIn(RANGES, font)) {
    const { id, advanceWidth } = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
    // Two characters of one glyph could not be told apart by those who copy the text.
    if (taken.has(id) || /\p{M}/u.test(character)) continue;
    taken.add(id);
    characters += character;
    widths.push(advanceWidth / font.unitsPerEm);
  }
  const known = new Set(characters);
  const rare = charactersIn(RARE, font).filter((character) => !known.has(character));
  return { characters, widths, rare: rare.join('') };
}

/** The codes of a file whose font began with the whole alphabet. */
export function codesOf({ characters, widths }: Pick<Alphabet, 'characters' | 'widths'>): Codes {
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

type Ranges = readonly (readonly [number, number])[];

/** None lies beyond the first plane of Unicode. Control characters, the no-break space and the soft hyphen are left out. */
const RANGES: Ranges = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x24f],
  // Hausa, Ewe, Akan, Azerbaijani and their neighbours.
  ...[0x253, 0x254, 0x256, 0x257, 0x259, 0x25b, 0x263, 0x268, 0x272, 0x289, 0x28b, 0x292].map(
    (point) => [point, point] as const,
  ),
  // Hawaiian and Uzbek; names from Arabic, spelt by the book.
  [0x2bb, 0x2bb],
  [0x2be, 0x2bf],
  [0x370, 0x3ff],
  [0x400, 0x45f],
  [0x48a, 0x52f],
  [0x1e00, 0x1eff],
  [0x2010, 0x2026],
  [0x2039, 0x203a],
  [0x20ac, 0x20ac],
];

/** Marks that the font can place on a letter, letters of phonetics, of old Cyrillic, and of Greek as it was written until 1982. */
const RARE: Ranges = [
  [0x250, 0x2af],
  [0x300, 0x304],
  [0x306, 0x30a],
  [0x30c, 0x30c],
  [0x30f, 0x30f],
  [0x323, 0x323],
  [0x326, 0x326],
  [0x460, 0x481],
  [0x1f00, 0x1fff],
];

function charactersIn(ranges: Ranges, font: Font): readonly string[] {
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index)
      .filter((point) => font.hasGlyphForCodePoint(point))
      .map((point) => String.fromCodePoint(point)),
  );
}
