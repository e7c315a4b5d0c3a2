import type { ContentProblem } from '../../content/model.ts';
import type { RareLine } from '../../content/rare-lines.ts';
import type { Lost } from './lost.ts';

/**
 * What is lost in the documents, told once for each line of the coach's files.
 * @param lines those of the document's own file, and those of others; a word is looked for in its own first.
 * @param file for what no line shows as it is printed.
 */
export function lostProblems(
  lost: readonly Lost[],
  lines: { readonly own: readonly RareLine[]; readonly others: readonly RareLine[] },
  file: string,
): readonly ContentProblem[] {
  const found = lost.flatMap((one) => placesOf(one, lines, file).map((place) => ({ ...place, ...one })));
  const alike = Map.groupBy(found, ({ file, line, personal }) => JSON.stringify([file, line, personal]));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { file, line, personal } = first;
    const all = [...new Set(group.flatMap(({ characters }) => characters))].join(' ');
    return [{ file, line, ...(personal === null ? inText(all) : inPersonal(personal, all)) }];
  });
}

function inText(all: string) {
  const remedy =
    'Write it in other words; emoji and letters other than Latin, Greek and Cyrillic cannot be printed.';
  return { problem: `This cannot be printed: ${all}.`, remedy };
}

function inPersonal(words: string, all: string) {
  const remedy = 'Write it in letters and plain signs, without emoji.';
  return { problem: `The line “${words}” has characters that cannot be shown in it: ${all}.`, remedy };
}

type Found = Pick<ContentProblem, 'file' | 'line'>;

/** The lines with that very word; else, since Markdown may spell it otherwise, those with its characters. */
function placesOf(
  { within, characters }: Lost,
  { own, others }: Parameters<typeof lostProblems>[1],
  file: string,
): readonly Found[] {
  const has = (lines: readonly RareLine[], fits: (text: string) => boolean) =>
    lines.filter(({ text }) => fits(text));
  const whole = (text: string) => text.includes(within);
  const some = (text: string) => characters.some((one) => text.includes(one));
  const tried = [has(own, whole), has(others, whole), has(own, some), has(others, some)];
  return tried.find((lines) => lines.length > 0) ?? [{ file, line: null }];
}
