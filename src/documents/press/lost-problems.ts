import type { ContentProblem } from '../../content/model.ts';
import type { RareLine } from '../../content/rare-lines.ts';
import type { Lost } from './lost.ts';

/** A document's loss; `file` is that of the document. */
export type LostIn = { readonly one: Lost; readonly file: string };

/** What is lost in documents, told once for each line of the coach's files. */
export function lostProblems(lost: readonly LostIn[], lines: readonly RareLine[]): readonly ContentProblem[] {
  const found = lost.flatMap((each) => placesOf(each, lines).map((place) => ({ ...each.one, ...place })));
  const alike = Map.groupBy(found, ({ file, line, personal }) => {
    // One line of a file may stand in several lines of the document.
    const which = personal === null || line !== null ? personal !== null : personal;
    return JSON.stringify([file, line, which]);
  });
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
  return { problem: `This cannot be printed here: ${all}.`, remedy };
}

function inPersonal(words: string, all: string) {
  const remedy = 'Write it in letters and plain signs, without emoji.';
  return { problem: `The line “${words}” has characters that cannot be shown in it: ${all}.`, remedy };
}

type Found = Pick<ContentProblem, 'file' | 'line'>;

/**
 * The lines with that very word; else, since Markdown may spell it otherwise, those with its characters: of the document's own file first,
 * then of those that all documents print from. At last that file alone.
 */
function placesOf({ one, file }: LostIn, lines: readonly RareLine[]): readonly Found[] {
  const own = lines.filter((line) => line.file === file);
  const others = lines.filter((line) => !DOCUMENT.test(line.file));
  const whole = ({ text }: RareLine) => text.includes(one.within);
  const some = ({ text }: RareLine) => one.characters.some((character) => text.includes(character));
  const tried = [own.filter(whole), others.filter(whole), own.filter(some), others.filter(some)];
  return tried.find((fitting) => fitting.length > 0) ?? [{ file, line: null }];
}

const DOCUMENT = /(^|[/\\])offers[/\\][^/\\]+[/\\]document\.[a-z]+$/;
