import type { Block, Inline } from '../../content/paper-model.ts';
import { beside, boxed, sideTitle } from './box.ts';
import { personalRow } from './personal.ts';
import { below, bound, space, textRows } from './rows.ts';
import type { Column, Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Tag } from './shapes.ts';
import { plainSpan, spansOf } from './spans.ts';

/** What to remember: a tinted box over the whole width, its title in the side column. */
export function keyRows(
  title: string,
  inner: (column: Column, owner: Tag) => readonly Row[],
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const box = tag('Div', owner);
  const { grid, look } = setting;
  const rows = inner({ x: grid.textLeft, width: grid.textWidth - EDGE }, box);
  const { wash } = look.colors.light;
  return boxed(beside(sideTitle(title, null, box, setting), rows), { fill: wash, rule: null }, setting);
}

/** Things to do, each with a box to tick. */
export function tickRows(
  title: string,
  items: readonly (readonly Inline[])[],
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const box = tag('Div', owner);
  const { grid, styles, faces, look, content } = setting;
  const list = tag('L', box);
  const column = { x: grid.textLeft + TICK, width: grid.textWidth - TICK - EDGE };
  const rows = items.flatMap((item, index) => {
    const spans = spansOf(item, styles.body, tag('LBody', tag('LI', list)), setting);
    const [first, ...others] = textRows(spans, styles.body, column, faces);
    if (first === undefined) return [];
    const ticked = { ...first, marks: [...tickBox(grid.textLeft, setting), ...first.marks] };
    return below(index === 0 ? 0 : look.print.baseline / 2, [ticked, ...others]);
  });
  const heading = sideTitle(title, content.words.document.to_fill_in, box, setting);
  return boxed(beside(heading, rows), sheet(setting), setting);
}

/** Prompts, each with lines to write on. */
export function writingRows(
  { title, above, items }: Extract<Block, { kind: 'worksheet' }>,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const box = tag('Div', owner);
  const { grid, styles, faces, look, content } = setting;
  const column = { x: grid.textLeft, width: grid.textWidth - EDGE };
  const personal = above.map((line) =>
    personalRow(line, { ...styles.body, color: look.colors.light.accent }, column, tag('P', box)),
  );
  const list = tag('L', box);
  const rows = items.flatMap((item, index) => {
    const entry = tag('LI', list);
    const number = {
      ...plainSpan(`${index + 1} `, { ...styles.body, plain: 'serif' }, tag('Lbl', entry)),
      color: look.colors.light.accent,
    };
    const [label] = textRows([number], styles.body, column, faces);
    const inner = { x: column.x + TICK, width: column.width - TICK };
    const spans = spansOf(item, styles.body, tag('LBody', entry), setting);
    const prompt = textRows(spans, styles.body, inner, faces).map((row, at) =>
      bound(at === 0 ? { ...row, marks: [...(label?.marks ?? []), ...row.marks] } : row, 'keep'),
    );
    return below(index === 0 && above.length === 0 ? 0 : look.print.baseline, [
      ...prompt,
      ...linesToWriteOn(inner, WRITTEN_LINES, setting),
    ]);
  });
  const heading = sideTitle(title, content.words.document.to_fill_in, box, setting);
  return boxed(beside(heading, [...personal, ...rows]), sheet(setting), setting);
}

/** Empty lines for a hand: one and a half baselines, nearly 8 mm apart. */
export function linesToWriteOn(column: Column, count: number, setting: Setting): readonly Row[] {
  const height = HAND * setting.look.print.baseline;
  const color = setting.look.colors.light.field;
  const y = height - 0.5;
  const line: Mark = {
    shape: { kind: 'rule', x1: column.x, y1: y, x2: column.x + column.width, y2: y, color, width: 0.4 },
    tag: null,
  };
  return Array.from({ length: count }, (_, index) => ({
    ...space(height, index === count - 1 ? ('whole' as const) : ('keep' as const)),
    marks: [line],
  }));
}

/** A box to tick, as high as the capitals of the line that it stands in. */
export function tickBox(x: number, { look }: Setting): readonly Mark[] {
  const { surface, accent } = look.colors.light;
  const at = { x: x + 0.5, y: 2, w: 10.5, h: 10.5 };
  return [
    { shape: { kind: 'rect', ...at, fill: surface }, tag: null },
    { shape: { kind: 'frame', ...at, color: accent, width: 0.9 }, tag: null },
  ];
}

/** How far the text of a box ends before its right edge. */
const EDGE = 15;
const TICK = 20;
const HAND = 1.5;
const WRITTEN_LINES = 2;

/** What is to be filled in stands on warm paper under a strong line. */
function sheet({ look }: Setting) {
  return { fill: look.colors.light.paper, rule: look.colors.light.accent };
}
