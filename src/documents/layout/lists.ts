import type { Block, Inline } from '../../content/paper-model.ts';
import { below, textRows, together } from './rows.ts';
import type { Column, Ground, Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Tag } from './shapes.ts';
import { plainSpan, spansOf } from './spans.ts';

/** A list with numbers or dashes; not torn while it fits on a page. */
export function listRows(
  list: Extract<Block, { kind: 'list' }>,
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const parent = tag('L', owner);
  const items = list.items.map((item, index) =>
    itemRows(item, list.ordered ? `${(list.start ?? 1) + index}.` : '–', column, tag('LI', parent), setting),
  );
  // Items of several lines are told apart by white space, single lines are not.
  const isAiry = 2 * items.filter((rows) => rows.length > 1).length > items.length;
  const gap = isAiry ? setting.look.print.baseline : 0;
  return together(items.flatMap((rows, index) => below(index === 0 ? 0 : gap, rows)));
}

function itemRows(
  item: readonly Inline[],
  sign: string,
  column: Column,
  entry: Tag,
  setting: Setting,
): readonly Row[] {
  const { styles, faces, look } = setting;
  const inner = { x: column.x + INDENT, width: column.width - INDENT };
  const rows = textRows(spansOf(item, styles.body, tag('LBody', entry), setting), styles.body, inner, faces);
  const color = look.colors.light.accent;
  const label = { ...plainSpan(`${sign} `, styles.body, tag('Lbl', entry)), color };
  const [mark] = textRows([label], styles.body, column, faces);
  return rows.map((row, index) =>
    index === 0 ? { ...row, marks: [...(mark?.marks ?? []), ...row.marks] } : row,
  );
}

/** Words to say or write, set apart by a thin line along their left; not torn while they fit on a page. */
export function excerptRows(
  excerpt: Extract<Block, { kind: 'excerpt' }>,
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { styles, faces, look } = setting;
  const parent = tag('BlockQuote', owner);
  const inner = { x: column.x + INDENT, width: column.width - INDENT };
  const x = column.x + 1;
  const color = look.colors.light.line;
  const bar: Ground = (top, bottom) => [
    { shape: { kind: 'rule', x1: x, y1: top + 2, x2: x, y2: bottom - 2, color, width: 1.25 }, tag: null },
  ];
  const rows = excerpt.paragraphs.flatMap((paragraph, index) => {
    const spans = spansOf(paragraph, styles.speech, tag('P', parent), setting);
    const lines = textRows(spans, styles.speech, inner, faces).map((row) => ({ ...row, ground: bar }));
    return below(index === 0 ? 0 : look.print.baseline, lines);
  });
  return together(rows);
}

const INDENT = 18;
