import { emptySlot } from '../pdf/personal-lines.ts';
import type { ChapterPlace } from '../model.ts';
import type { PersonalLine } from '../pdf/personal-stream.ts';
import type { Alphabet } from '../pdf/alphabet.ts';
import { placeOfId } from './file-id.ts';

/** Room for a personal line; `at` counts from the start of the tail. */
export type Slot = { readonly at: number; readonly line: PersonalLine };

/** A finished document of one variant in which only the personal lines are missing. */
export type Base = {
  /** The larger part of the file, the same for every reader. */
  readonly head: Uint8Array;
  /** The end of the file: the room for the personal lines, the table of objects, the trailer. */
  readonly tail: Uint8Array;
  readonly slots: readonly Slot[];
  /** Where in the tail the second half of the file's identifier stands, as hexadecimal digits. */
  readonly idAt: number;
  readonly alphabet: Alphabet;
  readonly pages: number;
  readonly chapters: readonly ChapterPlace[];
};

/** Cuts a file that was drawn with room for personal lines where the first of them begins. */
export function baseFrom(
  bytes: Uint8Array,
  lines: readonly PersonalLine[],
  alphabet: Alphabet,
  { pages, chapters }: Pick<Base, 'pages' | 'chapters'>,
): Base {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = lines.map((line, number) => ({ line, place: file.lastIndexOf(emptySlot(number)) }));
  const idPlace = placeOfId(file);
  const start = Math.min(idPlace, ...places.map(({ place }) => place));
  if (start < 0) throw new Error('The file lacks the room for a personal line.');
  return {
    head: bytes.slice(0, start),
    tail: bytes.slice(start),
    slots: places.map(({ line, place }) => ({ line: plainLine(line), at: place - start })),
    idAt: idPlace - start,
    alphabet,
    pages,
    chapters,
  };
}

/** Only what filling in needs: this goes from one process to another, and stays in memory. */
function plainLine({ field, before, after, without, size, least, room, align }: PersonalLine): PersonalLine {
  return { field, before, after, without, size, least, room, align };
}
