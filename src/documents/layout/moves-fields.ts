import { tickBox } from './boxes.ts';
import { personalRow } from './personal.ts';
import { below, bound, textRows } from './rows.ts';
import type { Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Tag } from './shapes.ts';
import { plainSpan } from './spans.ts';

/** The post that the reader aims for, on a line; without it the line is there to be written on. */
export function targetRows(owner: Tag, setting: Setting): readonly Row[] {
  const { content, grid, styles, faces } = setting;
  const words = content.words.document.target_post;
  const box = tag('Div', owner);
  const side = { x: grid.left, width: grid.sideWidth };
  const label = { ...styles.label, leading: styles.body.leading, onGrid: true } as const;
  const named = textRows([plainSpan(words, label, tag('P', box))], label, side, faces);
  const column = { x: grid.textLeft, width: grid.textWidth };
  const post = personalRow(
    { field: 'role', before: '', after: '', without: '' },
    { ...styles.body, size: 11.5, color: styles.h3.color },
    column,
    tag('P', box),
  );
  const y = post.height + 1;
  const { field } = setting.look.colors.light;
  const line: Mark = {
    shape: {
      kind: 'rule',
      x1: column.x,
      y1: y,
      x2: column.x + column.width,
      y2: y,
      color: field,
      width: 0.4,
    },
    tag: null,
  };
  const height = Math.max(post.height, named.length * label.leading);
  const marks = named.flatMap((row, index) => row.marks.map((mark) => lowered(mark, index * label.leading)));
  return [{ ...post, height, marks: [...marks, ...post.marks, line] }];
}

/** By when, and a box to tick when it is done. */
export function doneRows(owner: Tag, setting: Setting): readonly Row[] {
  const { content, grid, styles, faces, look } = setting;
  const { by_when, done } = content.words.document;
  const { baseline } = look.print;
  const style = { ...styles.label, leading: baseline, onGrid: true, color: look.colors.light.muted } as const;
  const owned = tag('P', owner);
  const right = grid.textLeft + grid.textWidth;
  const doneWidth = faces.measure(style.plain, done, style.size).width;
  const doneLeft = right - doneWidth;
  const by = textRows(
    [plainSpan(by_when, style, owned)],
    style,
    { x: grid.textLeft, width: grid.textWidth / 2 },
    faces,
  );
  const ready = textRows(
    [plainSpan(`${done} `, style, owned)],
    style,
    { x: doneLeft, width: doneWidth + 4 },
    faces,
  );
  const from = grid.textLeft + faces.measure(style.plain, by_when, style.size).width + 8;
  const line: Mark = {
    shape: {
      kind: 'rule',
      x1: from,
      y1: 13,
      x2: doneLeft - 40,
      y2: 13,
      color: look.colors.light.field,
      width: 0.4,
    },
    tag: null,
  };
  const marks = [by, ready].flatMap(([row]) => row?.marks ?? []);
  const [first] = by;
  return first === undefined
    ? []
    : below(baseline / 2, [
        { ...bound(first, 'free'), marks: [...marks, line, ...tickBox(doneLeft - 18, setting)] },
      ]);
}

function lowered(mark: Mark, by: number): Mark {
  return mark.shape.kind === 'text' ? { ...mark, shape: { ...mark.shape, y: mark.shape.y + by } } : mark;
}
