import type { Codes } from '../pdf/alphabet.ts';
import type { PersonalLine } from '../pdf/personal-stream.ts';
import type { Reader } from '../model.ts';

/** An answer as it can be printed; null: nothing readable is left of it. */
export type Answers = Readonly<Record<PersonalLine['field'], string | null>>;

export type AnswersReading =
  /** Every letter is in the alphabet of the personal lines. */
  | { readonly kind: 'slots'; readonly answers: Answers }
  /** Letters or marks that need another font, or shaping: the document has to be made whole. */
  | { readonly kind: 'beyond' };

/** What a reader typed, as far as the alphabet of the personal lines goes. Emoji and signs that it lacks are left out. */
export function readAnswers({ name, role }: Reader, codes: Codes): AnswersReading {
  const read = { name: readOne(name, codes), role: readOne(role ?? '', codes) };
  if (read.name.isBeyond || read.role.isBeyond) return { kind: 'beyond' };
  return { kind: 'slots', answers: { name: read.name.shown, role: read.role.shown } };
}

/** The words of a personal line for one reader. */
export function wordsFor(line: PersonalLine, answers: Answers): string {
  const answer = answers[line.field];
  return answer === null ? line.without : line.before + answer + line.after;
}

/** More than the form allows, and less than would be a burden. */
export const MOST_CHARACTERS = 100;

type Read = { readonly shown: string | null; readonly isBeyond: boolean };

function readOne(typed: string, codes: Codes): Read {
  let shown = '';
  const start = Array.from(typed.toWellFormed().normalize('NFC')).slice(0, MOST_CHARACTERS);
  for (const character of start) {
    if (/\s/u.test(character)) shown += ' ';
    else if (codes(character) !== null) shown += character;
    else if (/\p{C}/u.test(character)) continue;
    else {
      const plain = character.normalize('NFKC');
      if (Array.from(plain).every((each) => codes(each) !== null)) shown += plain;
      else if (/[\p{L}\p{M}\p{Nd}]/u.test(character)) return { shown: null, isBeyond: true };
    }
  }
  shown = shown.replace(/ {2,}/g, ' ').trim();
  return { shown: /[\p{L}\p{N}]/u.test(shown) ? shown : null, isBeyond: false };
}
