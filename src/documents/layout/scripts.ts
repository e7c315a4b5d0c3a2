/**
 * A script that the documents' own families lack. Its letters come from a font of their own, in the one cut of the personal lines, which is
 * read only when somebody's name asks for it.
 */
export type Script = {
  readonly name: 'Arabic' | 'Hebrew' | 'Devanagari' | 'Thai' | 'Georgian' | 'Armenian';
  /** In the folder of the fonts. */
  readonly file: string;
  readonly has: RegExp;
  readonly rightToLeft: boolean;
  /** A character of which the font's glyph is empty and has no width. */
  readonly blank?: string;
  /** The order of characters in which fontkit 2.0.4 places them as they should be; without it, the order of NFC. */
  readonly ordered?: (text: string) => string;
};

/** Each was compared with HarfBuzz, glyph for glyph, before it was let in. */
const SCRIPTS: readonly Script[] = [
  {
    name: 'Arabic',
    file: 'Vazirmatn-SemiBold.ttf',
    has: /[\p{Script=Arabic}\u060c\u061b\u061f\u0640\u064b-\u0655\u0660-\u0669\u0670]/u,
    rightToLeft: true,
    blank: '\u200b',
    // NFC puts a vowel before the shadda on which it stands (Unicode Technical Report 53 puts it behind).
    ordered: (text) => text.replace(/([\u064b-\u0650\u0670]+)\u0651/g, '\u0651$1'),
  },
  {
    name: 'Hebrew',
    file: 'NotoSansHebrew-SemiBold.ttf',
    has: /\p{Script=Hebrew}/u,
    rightToLeft: true,
    blank: '\u034f',
  },
  {
    name: 'Devanagari',
    file: 'NotoSansDevanagari-SemiBold.ttf',
    has: /[\p{Script=Devanagari}\u0964\u0965]/u,
    rightToLeft: false,
  },
  {
    name: 'Thai',
    file: 'NotoSansThai-SemiBold.ttf',
    has: /\p{Script=Thai}/u,
    rightToLeft: false,
    // The ring of SARA AM stands below the tone that is typed before it.
    ordered: (text) => text.replace(/([\u0e48-\u0e4b]*)\u0e33/g, '\u0e4d$1\u0e32'),
  },
  {
    name: 'Georgian',
    file: 'NotoSansGeorgian-SemiBold.ttf',
    has: /\p{Script=Georgian}/u,
    rightToLeft: false,
  },
  {
    name: 'Armenian',
    file: 'NotoSansArmenian-SemiBold.ttf',
    has: /[\p{Script=Armenian}\u0589]/u,
    rightToLeft: false,
  },
];

/** Null for the scripts of the documents' own families, and for those of which no font is at hand. */
export function scriptOf(character: string): Script | null {
  return SCRIPTS.find(({ has }) => has.test(character)) ?? null;
}
