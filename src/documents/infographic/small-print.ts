import type { InfographicSource } from '../../content/model.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, moved, sideBySide, spanCell, stacked, textCell } from './panel.ts';
import { tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';

/** The sources in small print, in two columns. */
export function sourcesCell({ sources }: InfographicSource, width: number, bench: Bench): Cell {
  const { setting, owner, scale } = bench;
  if (sources.length === 0) return { height: 0, pieces: [] };
  const base = setting.styles.note;
  const style = { ...base, size: Math.max(6.6, 7 * Math.min(1, scale)), leading: 9 };
  const words = { ...style, plain: 'textBold' } as const;
  const heading = spanCell(
    [plainSpan(setting.content.words.document.sources, words, tag('H2', owner))],
    words,
    width,
    bench,
  );
  const list = tag('L', owner);
  const room = (width - GUTTER) / 2;
  const cells = sources.map(({ id, text }) => {
    const item = tag('LI', list);
    const label = spanCell([plainSpan(`${id} `, style, tag('Lbl', item))], style, LABEL, bench);
    const body = textCell(text, style, 'LBody', item, room - LABEL, bench);
    return { height: body.height, pieces: [...label.pieces, ...moved(body, LABEL, 0)] };
  });
  const columns = balanced(cells).map((column) => stacked(column, 1.5));
  return stacked([heading, sideBySide(columns, room + GUTTER)], 1.5);
}

const LABEL = 10;

/** Two columns in reading order, as equally high as can be. */
function balanced(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const tall = (some: readonly Cell[]): number => some.reduce((sum, { height }) => sum + height, 0);
  const splits = cells.map((_, index) => [cells.slice(0, index + 1), cells.slice(index + 1)] as const);
  return splits.reduce((best, split) =>
    Math.max(...split.map(tall)) < Math.max(...best.map(tall)) ? split : best,
  );
}
