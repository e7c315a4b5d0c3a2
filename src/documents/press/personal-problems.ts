import type { LayoutProblem, PersonalShape, Sheets } from '../layout/shapes.ts';
import type { Codes } from '../pdf/alphabet.ts';

/** Words around an answer that the font of the personal lines cannot show: they would be left out without a word. */
export function personalProblems({ pages }: Pick<Sheets, 'pages'>, codes: Codes): readonly LayoutProblem[] {
  const lines = pages.flatMap(({ pieces }) =>
    pieces.flatMap(({ marks }) => marks.flatMap(({ shape }) => (shape.kind === 'personal' ? [shape] : []))),
  );
  return lines.flatMap((line) => {
    const strange = strangeIn(line, codes);
    if (strange.length === 0) return [];
    return [
      {
        line: null,
        problem: `The line “${line.before}…${line.after}” has characters that cannot be shown in it: ${strange.join(' ')}`,
        remedy: 'Write it in letters and plain signs, without emoji.',
      },
    ];
  });
}

function strangeIn({ before, after, without }: PersonalShape, codes: Codes): readonly string[] {
  return [...new Set(before + after + without)].filter((character) => codes(character) === null);
}
