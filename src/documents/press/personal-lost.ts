import type { Sheets } from '../layout/shapes.ts';
import type { Codes } from '../pdf/alphabet.ts';
import { lostIn } from './lost.ts';
import type { Lost } from './lost.ts';

/** Words around an answer that the font of the personal lines cannot show: they would be left out without a word. */
export function personalLost({ pages }: Pick<Sheets, 'pages'>, codes: Codes): readonly Lost[] {
  const lines = pages.flatMap(({ pieces }) =>
    pieces.flatMap(({ marks }) => marks.flatMap(({ shape }) => (shape.kind === 'personal' ? [shape] : []))),
  );
  return lines.flatMap(({ before, after, without }) =>
    [before, after, without].flatMap((part) => {
      const characters = lostIn(part, (character) => codes(character) !== null);
      return characters.length === 0
        ? []
        : [{ characters, within: part.trim(), personal: `${before}…${after}` }];
    }),
  );
}
