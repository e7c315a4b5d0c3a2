import { scriptOf } from '../layout/scripts.ts';
import type { Reader } from '../model.ts';
import { codesOf } from '../pdf/alphabet.ts';
import type { Alphabet, Codes } from '../pdf/alphabet.ts';
import type { PersonalLine } from '../pdf/personal-stream.ts';
import { isPlain, legible, shownAs, tidied } from '../layout/legible.ts';

/** An answer as it can be printed; null: nothing readable is left of it. */
export type Answers = Readonly<Record<PersonalLine['field'], string | null>>;

/** What the font of the personal lines has: characters that can be filled in afterwards, and those for which a document is made whole. */
export type Letters = { readonly codes: Codes; readonly rare: ReadonlySet<string> };

export function lettersOf(alphabet: Alphabet): Letters {
  return { codes: codesOf(alphabet), rare: new Set(alphabet.rare) };
}

export type AnswersReading =
  /** All that can be shown is in the alphabet of the personal lines. */
  | { readonly kind: 'slots'; readonly answers: Answers }
  /** Letters or marks that need another font, or shaping: the document has to be made whole. The answers are what is left without that. */
  | { readonly kind: 'beyond'; readonly answers: Answers };

export function readAnswers({ name, role }: Reader, letters: Letters): AnswersReading {
  const typed = [name, role ?? ''];
  const kind = typed.some((answer) => isBeyond(answer, letters)) ? 'beyond' : 'slots';
  const [shownName = null, shownRole = null] = typed.map((answer) =>
    legible(answer, (character) => letters.codes(character) !== null),
  );
  return { kind, answers: { name: shownName, role: shownRole } };
}

/** Letters that no font has (Chinese, for one) do not count: they are left out either way. */
function isBeyond(typed: string, { codes, rare }: Letters): boolean {
  if (isPlain(typed)) return false;
  const isInAlphabet = (character: string) => codes(character) !== null;
  return Array.from(tidied(typed)).some(
    (character) =>
      shownAs(character, isInAlphabet) === null && (rare.has(character) || scriptOf(character) !== null),
  );
}
