import { LEFT_TO_RIGHT } from '../layout/runs.ts';
import type { ScriptFonts } from '../layout/script-fonts.ts';
import { scriptOf } from '../layout/scripts.ts';
import type { Reader } from '../model.ts';
import type { Alphabet } from '../pdf/alphabet.ts';
import type { PersonalLine } from '../pdf/personal-stream.ts';
import { legible } from '../layout/legible.ts';
import type { Shows } from '../layout/legible.ts';

/** The words of the personal lines for a reader whose document is made whole. What no font can show is left out. */
export function wholeWords(
  reader: Reader,
  alphabet: Alphabet,
  scripts: ScriptFonts,
): (line: PersonalLine) => string {
  const shows = showsIn(alphabet, scripts);
  const answers = { name: legible(reader.name, shows), role: legible(reader.role ?? '', shows) };
  const plain = new Set(alphabet.characters);
  const plainly = (words: string): string =>
    Array.from(words)
      .filter((character) => plain.has(character))
      .join('');
  return ({ field, before, after, without }) => {
    const answer = answers[field];
    // The coach's words are as they are in everybody's document.
    return answer === null ? plainly(without) : plainly(before) + apart(answer) + plainly(after);
  };
}

/** Keeps a date that follows a name from right to left out of it. */
function apart(answer: string): string {
  const turns = Array.from(answer).some((character) => scriptOf(character)?.rightToLeft === true);
  return turns ? answer + LEFT_TO_RIGHT : answer;
}

function showsIn({ characters, rare }: Alphabet, scripts: ScriptFonts): Shows {
  const own = new Set(characters + rare);
  return (character) => {
    const point = character.codePointAt(0) ?? 0;
    const script = scriptOf(character);
    if (script !== null) return scripts.get(script.name)?.hasGlyphForCodePoint(point) === true;
    // A joiner is drawn by the font of the letters around it.
    if (/[\u200c\u200d]/.test(character))
      return [...scripts.values()].every((font) => font.hasGlyphForCodePoint(point));
    return own.has(character);
  };
}
