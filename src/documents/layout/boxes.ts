import type { Block, Inline } from '../../content/model.ts';
import { personalRow } from './personal.ts';
import { below, bound, headingRows, heightOf, space, textRows, together } from './rows.ts';
import type { Column, Ground, Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Tag } from './shapes.ts';
import { plainSpan, spansOf } from './spans.ts';

/** A box over the whole width: its title in the side column, its text in line with the text of the page. */
export function keyRows(
  title: string,
  inner: (column: Column, owner: Tag) => readonly Row[],
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const box = tag('Div', owner);
  const { grid, look } = setting;
  const heading = sideTitle(title, box, setting, PADDING);
  const rows = inner({ x: grid.textLeft, width: grid.textWidth - PADDING }, box);
  const ground: Ground = (top, bottom) => [
    {
      shape: {
        kind: 'rect',
        x: grid.left,
        y: top,
        w: grid.right - grid.left,
        h: bottom - top,
        fill: look.colors.light.wash,
      },
      tag: null,
    },
  ];
  return boxed(beside(heading, rows), ground, PADDING - 3, setting);
}

/** Things to do, each with a box to tick. */
export function tickRows(
  title: string,
  items: readonly (readonly Inline[])[],
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const box = tag('Div', owner);
  const { grid, styles, faces, look } = setting;
  const heading = sideTitle(title, box, setting, 0);
  const list = tag('L', box);
  const rows = items.flatMap((item, index) => {
    const spans = spansOf(item, styles.body, tag('LBody', tag('LI', list)), setting);
    const column = { x: grid.textLeft + TICK, width: grid.textWidth - TICK };
    const tick: Mark = {
      shape: {
        kind: 'frame',
        x: grid.textLeft + 0.5,
        y: 2.5,
        w: 10,
        h: 10,
        color: look.colors.light.field,
        width: 0.9,
      },
      tag: null,
    };
    const lines = textRows(spans, styles.body, column, faces);
    return below(index === 0 ? 0 : look.print.baseline / 2, withMarks([tick], lines));
  });
  return boxed(beside(heading, rows), hairline(setting), 0, setting);
}

/** Prompts, each with lines to write on. */
export function writingRows(
  { title, above, items }: Extract<Block, { kind: 'worksheet' }>,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const box = tag('Div', owner);
  const { grid, styles, faces, look } = setting;
  const heading = sideTitle(title, box, setting, 0);
  const column = { x: grid.textLeft, width: grid.textWidth };
  const personal = above.map((line) =>
    personalRow(line, { ...styles.body, color: look.colors.light.accent }, column, tag('P', box)),
  );
  const list = tag('L', box);
  const rows = items.flatMap((item, index) => {
    const spans = spansOf(item, styles.body, tag('LBody', tag('LI', list)), setting);
    const prompt = textRows(spans, styles.body, column, faces).map((row) => bound(row, 'keep'));
    return below(index === 0 ? (above.length === 0 ? 0 : look.print.baseline / 2) : look.print.baseline, [
      ...prompt,
      ...linesToWriteOn(column, WRITTEN_LINES, setting),
    ]);
  });
  return boxed(beside(heading, [...personal, ...rows]), hairline(setting), 0, setting);
}

/** Empty lines for a hand: 8 mm apart. */
export function linesToWriteOn(column: Column, count: number, setting: Setting): readonly Row[] {
  const color = setting.look.colors.light.field;
  const y = HAND - 0.5;
  const line: Mark = {
    shape: { kind: 'rule', x1: column.x, y1: y, x2: column.x + column.width, y2: y, color, width: 0.4 },
    tag: null,
  };
  return Array.from({ length: count }, (_, index) => ({
    ...space(HAND, index === count - 1 ? ('whole' as const) : ('keep' as const)),
    marks: [line],
  }));
}

const PADDING = 15;
const TICK = 20;
const HAND = 22.5;
const WRITTEN_LINES = 2;

function sideTitle(title: string, owner: Tag, setting: Setting, indent: number): readonly Row[] {
  const { grid, styles, faces } = setting;
  const column = { x: grid.left + indent, width: grid.sideWidth - indent };
  return headingRows([plainSpan(title, styles.side, tag('P', owner))], styles.side, column, faces);
}

/** Sets a title beside the rows: its marks go to the first row, and the rows are made as high as it is. */
function beside(title: readonly Row[], rows: readonly Row[]): readonly Row[] {
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
  return withMarks(marks, padded).map((row) => {
    reached += row.height + (reached === 0 ? 0 : row.gap);
    return reached < titleHeight ? bound(row, 'keep') : row;
  });
}

function lowered(mark: Mark, by: number): Mark {
  return mark.shape.kind === 'text' ? { ...mark, shape: { ...mark.shape, y: mark.shape.y + by } } : mark;
}

function withMarks(marks: readonly Mark[], rows: readonly Row[]): readonly Row[] {
  return rows.map((row, index) => (index === 0 ? { ...row, gap: 0, marks: [...marks, ...row.marks] } : row));
}

/**
 * Rows as a box: with space inside above, and below where it has a ground of its own (`foot`), and white space around it.
 * It is not torn while it fits on a page.
 */
function boxed(rows: readonly Row[], ground: Ground, foot: number, setting: Setting): readonly Row[] {
  const { baseline } = setting.look.print;
  const held = rows.map((row, index) => (index === rows.length - 1 ? bound(row, 'keep') : row));
  const inside = together([space(PADDING - 3, 'keep'), ...held, space(foot, 'free')]);
  const box = below(
    baseline * 1.25,
    inside.map((row) => ({ ...row, ground })),
  );
  // An empty row of no height carries the white space below, so that a heading after a box keeps its own.
  return [...box, { ...space(0, 'free'), gap: baseline / 2 }];
}

function hairline(setting: Setting): Ground {
  const { grid, look } = setting;
  const ends = { x1: grid.left, x2: grid.right, color: look.colors.light.ink, width: 0.75 };
  return (top) => [{ shape: { kind: 'rule', y1: top, y2: top, ...ends }, tag: null }];
}
