/** Whether there is a glyph for a character. */
export type Shows = (character: string) => boolean;

/**
 * What can be read of a typed answer in print; null when no letter or digit is left. A word with a letter that cannot be shown is left out
 * whole, since half a name is worse than none; emoji, signs, and marks that cannot be shown are only left out of it.
 */
export function legible(typed: string, shows: Shows): string | null {
  if (isPlain(typed)) return onlyIfReadable(typed);
  const words = tidied(typed).split(' ');
  const shown = words.map((word) => shownOf(word, shows)).join(' ');
  const text = Array.from(withoutTowers(shown)).slice(0, MOST_CHARACTERS).join('');
  return onlyIfReadable(text);
}

function onlyIfReadable(text: string): string | null {
  const tidy = text.replace(/ {2,}/g, ' ').trim();
  return /[\p{L}\p{N}]/u.test(tidy) ? tidy : null;
}

/** What most people type, and every font has: there is nothing to look into, and a document costs so little that looking would show. */
export function isPlain(typed: string): boolean {
  return PLAIN.test(typed);
}

const PLAIN = /^[\x20-\x7e]{0,250}$/;

/** Composed (NFC), on one line, without lone surrogates and without what is only an instruction (controls, marks of direction, tags). */
export function tidied(typed: string): string {
  const composed = typed.slice(0, MOST_UNITS).toWellFormed().normalize('NFC');
  return composed.replace(/\s/gu, ' ').replace(INSTRUCTIONS, '');
}

/** The character itself, or plain ones in its place: for wide letters, ligatures, letters of mathematics (NFKC). Null: neither. */
export function shownAs(character: string, shows: Shows): string | null {
  if (shows(character)) return character;
  const plain = character.normalize('NFKC').replace(APOSTROPHE, '’');
  return Array.from(plain).every(shows) ? plain : null;
}

/** The form takes 80 letters; with their marks they can be more characters. */
const MOST_CHARACTERS = 250;
/** No answer that the form takes is longer. Units of UTF-16. */
const MOST_UNITS = 2000;

/** The joiners shape Persian and Indian names; anywhere else they only hold emoji together. */
const INSTRUCTIONS =
  /(?<![\p{Script=Arabic}\p{Script=Devanagari}])[\u200c\u200d]|[\u200c\u200d](?![\p{Script=Arabic}\p{Script=Devanagari}])|(?![\u200c\u200d])\p{C}/gu;
/** The letter that Unicode keeps for Ukrainian names and others; in print it is the apostrophe that most people type. */
const APOSTROPHE = '\u02bc';

function shownOf(word: string, shows: Shows): string {
  let shown = '';
  for (const character of word) {
    const form = shownAs(character, shows);
    if (form === null && /[\p{L}\p{Nd}]/u.test(character)) return '';
    shown += form ?? '';
  }
  return shown;
}

/** Marks stand on letters: two at most where they are stacked, three where they stand around it as in Hebrew, Thai and Hindi. */
function withoutTowers(text: string): string {
  return text
    .replace(/(?<![\p{L}\p{M}\p{N}\u200c\u200d])\p{M}+/gu, '')
    .replace(/([\u0300-\u036f]{2})[\u0300-\u036f]+/g, '$1')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
}
