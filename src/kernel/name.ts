export type NameOutcome =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: 'empty' | 'too_long' };

const LONGEST = 80;
/** No name of 80 characters needs more UTF-16 units; what is longer is refused before it costs time. */
const LONGEST_UNITS = 2000;

/**
 * Characters that can break a header, turn the text around or stand for nothing: controls, direction marks, lone
 * surrogates, byte-order marks. The joiners U+200C and U+200D stay: Persian names and emoji need them.
 */
const UNFIT =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u{061C}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E007F}]/gu;
const VISIBLE = /[^\p{C}\p{Z}\p{M}]/u;

/** The full-width forms of ASCII, as East Asian keyboards type it; their numbers are 0xFEE0 above the plain ones. */
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
/** A form that prints names is a channel for advertising: a name with an address of the web in it is never meant. */
const WEB = /(?:https?:\/\/|www\.)\S*/gi;

/** A name as typed, made fit for pages, documents and emails. Characters are counted as people count them. */
export function tidyName(text: string): NameOutcome {
  if (text.length > LONGEST_UNITS) return { ok: false, problem: 'too_long' };
  const name = text
    .replace(/\s+/gu, ' ')
    .replace(UNFIT, '')
    .replace(FULL_WIDTH, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(WEB, '')
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (!VISIBLE.test(name)) return { ok: false, problem: 'empty' };
  let characters = 0;
  for (const _ of graphemes().segment(name)) {
    characters += 1;
    if (characters > LONGEST) return { ok: false, problem: 'too_long' };
  }
  return { ok: true, name };
}

let segmenter: Intl.Segmenter | null = null;

function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}
