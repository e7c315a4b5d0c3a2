import { ruleAcross } from '../layout/opening.ts';
import { editionRows, passedOnRows } from '../layout/small-line.ts';
import { roomOf } from '../layout/setting.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Page, Piece, Tag } from '../layout/shapes.ts';

/** The room that it takes at the foot of the last page. */
export const COLOPHON_LINES = 4;

/** The same pages with small print at the foot of the last one: which edition this is, and how to get an own copy. */
export function withColophon(pages: readonly Page[], root: Tag, setting: Setting): readonly Page[] {
  const { grid, look } = setting;
  const owner = tag('Sect', root);
  const column = { x: grid.textLeft, width: grid.textWidth };
  const rows = [...editionRows(column, owner, setting), ...passedOnRows(column, owner, setting)];
  const top = roomOf(setting).bottom - rows.reduce((sum, { height }) => sum + height, 0);
  let y = top;
  const pieces: Piece[] = rows.map((row) => {
    const piece = { x: 0, y, marks: row.marks };
    y += row.height;
    return piece;
  });
  const rule = {
    x: 0,
    y: top - look.print.baseline / 2,
    marks: [ruleAcross(setting, look.colors.light.line)],
  };
  return pages.map((page, index) =>
    index === pages.length - 1 ? { ...page, pieces: [...page.pieces, rule, ...pieces] } : page,
  );
}
