import { PLAIN, baselineOf } from './rows.ts';
import type { Column, Row } from './rows.ts';
import type { PersonalField, PersonalShape, Tag } from './shapes.ts';
import type { TextStyle } from './styles.ts';

/** The words around the reader's answer, and those that stand there without one. */
export type PersonalWords = Pick<PersonalShape, 'field' | 'before' | 'after' | 'without'>;

/** A phrase of the content with the one field that stands in it: "Prepared for {{name}}". */
export function personalWords(phrase: string, field: PersonalField, without: string): PersonalWords {
  const [before = '', after = ''] = phrase.split(`{{${field}}}`);
  return { field, before, after, without };
}

/** A personal line that begins at 0, 0 with its baseline. */
export function personalShape(
  words: PersonalWords,
  size: number,
  room: number,
  color: string,
  align: 'left' | 'right' = 'left',
): PersonalShape {
  const least = size * LEAST;
  return { kind: 'personal', x: 0, y: 0, room, size, least, align, color, ...withPlainBlanks(words) };
}

/** No personal line breaks anywhere, and the letters kept for filling them in have but one blank. */
function withPlainBlanks({ field, before, after, without }: PersonalWords): PersonalWords {
  const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');
  return { field, before: plain(before), after: plain(after), without: plain(without) };
}

/** A personal line as a row of a column. */
export function personalRow(words: PersonalWords, style: TextStyle, column: Column, owner: Tag): Row {
  const shape = personalShape(words, style.size, column.width, style.color);
  return {
    ...PLAIN,
    height: style.leading,
    marks: [{ shape: { ...shape, x: column.x, y: baselineOf(style) }, tag: owner }],
    bond: 'keep',
    onGrid: style.onGrid === true,
  };
}

/** A long name is set smaller down to this part of its size, and then cut. */
const LEAST = 0.6;
