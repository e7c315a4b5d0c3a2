import type { Faces } from '../layout/faces.ts';
import { printableName } from '../layout/names.ts';
import type { Reader } from '../model.ts';
import type { PersonalLine } from '../pdf/personal-stream.ts';
import { wordsFor } from './answers.ts';

/** The words of the personal lines for a reader whose document is made whole. What no font can show is left out. */
export function wholeWords(reader: Reader, faces: Faces): (line: PersonalLine) => string {
  const answers = {
    name: printableName(reader.name, faces),
    role: printableName(reader.role ?? '', faces),
  };
  return (line) => wordsFor(line, answers);
}
