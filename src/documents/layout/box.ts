import { below, bound, headingRows, heightOf, space, textRows, together } from './rows.ts';
import type { Ground, Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Tag } from './shapes.ts';
import { plainSpan } from './spans.ts';

/** The title of a box, for the side column, with a small word above it. */
export function sideTitle(
  title: string,
  above: string | null,
  owner: Tag,
  setting: Setting,
  indent = PADDING,
): readonly Row[] {
  const { grid, styles, faces, look } = setting;
  const column = { x: grid.left + indent, width: grid.sideWidth - indent };
  const label = { ...styles.label, leading: look.print.baseline, color: look.colors.light.accent };
  const small =
    above === null ? [] : textRows([plainSpan(above, label, tag('P', owner))], label, column, faces);
  return [
    ...small,
    ...headingRows([plainSpan(title, styles.side, tag('P', owner))], styles.side, column, faces),
  ];
}

/** Sets a title beside the rows: its marks go to the first row, and the rows are made as high as it is. */
export function beside(title: readonly Row[], rows: readonly Row[]): readonly Row[] {
  const titleHeight = heightOf(title);
  const missing = titleHeight - heightOf(rows);
  const padded = missing > 0 ? [...rows.map((row) => bound(row, 'keep')), space(missing, 'free')] : rows;
  let y = 0;
  const marks = title.flatMap((row) => {
    const moved = row.marks.map((mark) => lowered(mark, y));
    y += row.height;
    return moved;
  });
  let reached = 0;
  return padded.map((row, index) => {
    reached += row.height + (index === 0 ? 0 : row.gap);
    const held = reached < titleHeight ? bound(row, 'keep') : row;
    return index === 0 ? { ...held, gap: 0, marks: [...marks, ...held.marks] } : held;
  });
}

function lowered(mark: Mark, by: number): Mark {
  return mark.shape.kind === 'text' ? { ...mark, shape: { ...mark.shape, y: mark.shape.y + by } } : mark;
}

/** How a box is painted: its ground, and the colour of the strong line along its top. */
export type Paint = { readonly fill: string | null; readonly rule: string | null };

/**
 * Rows as a box over the whole width, with space inside above and below, and white space around it. It is not torn while it
 * fits on a page.
 */
export function boxed(rows: readonly Row[], paint: Paint, setting: Setting): readonly Row[] {
  const { baseline } = setting.look.print;
  const isPainted = paint.fill !== null || paint.rule !== null;
  const pad = PAD * baseline;
  const held = rows.map((row, index) => (index === rows.length - 1 ? bound(row, 'keep') : row));
  const inside = together([space(pad, 'keep'), ...held, space(isPainted ? pad : 0, 'free')]);
  const ground = isPainted ? painted(paint, setting) : null;
  return below(
    OUTSIDE * baseline,
    inside.map((row) => ({ ...row, ground: ground ?? row.ground, side: row.height })),
  );
}

/** Above a box and, inside it, above and below its text: together two lines, so that its text falls on the grid. */
const OUTSIDE = 1.25;
const PAD = 0.75;
const PADDING = 15;

function painted({ fill, rule }: Paint, { grid }: Setting): Ground {
  const width = grid.right - grid.left;
  return (top, bottom) => {
    const marks: Mark[] = [];
    if (fill !== null)
      marks.push({
        shape: { kind: 'rect', x: grid.left, y: top, w: width, h: bottom - top, fill },
        tag: null,
      });
    if (rule !== null)
      marks.push({ shape: { kind: 'rect', x: grid.left, y: top, w: width, h: 1.5, fill: rule }, tag: null });
    return marks;
  };
}
