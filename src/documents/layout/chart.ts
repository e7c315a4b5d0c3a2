import type { Block } from '../../content/paper-model.ts';
import { say } from '../../content/phrase.ts';
import { barsDrawing } from './chart-bars.ts';
import { dotsDrawing } from './chart-dots.ts';
import type { Drawing } from './chart-label.ts';
import { partsDrawing } from './chart-parts.ts';
import { beside, boxed, sideTitle } from './box.ts';
import { ruleAcross } from './opening.ts';
import { below, bound, space, textRows } from './rows.ts';
import type { Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Tag } from './shapes.ts';
import { spansOf } from './spans.ts';

type Chart = Extract<Block, { kind: 'chart' }>;

/** A chart: its number and title in the side column, the drawing in line with the text, its source below. */
export function chartRows(chart: Chart, owner: Tag, setting: Setting): readonly Row[] {
  const { grid, styles, faces, content, look, pass } = setting;
  const box = tag('Div', owner);
  const column = { x: grid.textLeft, width: grid.textWidth };
  const drawing = DRAWINGS[chart.form](chart, setting);
  const number = say(content.words.document.figure, { number: pass.figures.get(chart.line) ?? 1 });
  const caption = spansOf(chart.caption, styles.sideNote, tag('P', box), setting);
  const rows = [
    space(0, 'keep'),
    figureRow(chart, drawing, box, setting),
    ...below(look.print.baseline / 2, textRows(caption, styles.sideNote, column, faces)),
  ];
  const title = sideTitle(chart.title, number, box, setting, 0);
  const whole = boxed(beside(title, rows).map(held), NO_PAINT, setting);
  const rule = ruleAcross(setting, look.colors.light.field);
  return whole.map((row, index) => (index === 0 ? { ...row, marks: [rule], floats: true } : row));
}

const DRAWINGS = { bars: barsDrawing, dots: dotsDrawing, parts: partsDrawing };

const NO_PAINT = { fill: null, rule: null };

function held(row: Row): Row {
  return bound(row, 'keep');
}

/** PDF/UA wants the box of a figure on its page, which is known only when its row has found its place. */
function figureRow(chart: Chart, drawing: Drawing, owner: Tag, setting: Setting): Row {
  const { grid, look } = setting;
  const { baseline } = look.print;
  const height = Math.ceil(drawing.height / baseline) * baseline;
  const alt = alternative(chart, setting);
  return {
    ...space(height, 'keep'),
    ground: (top) => {
      const box = [grid.textLeft, top, grid.right, top + drawing.height] as const;
      const marks = drawing.marks({ type: 'Figure', parent: owner, alt, box });
      return marks.map((mark) => placed(mark, grid.textLeft, top));
    },
  };
}

/** Everything that the drawing shows, in words. */
function alternative({ form, title, values }: Chart, { content }: Setting): string {
  const { chart_bars, chart_dots, chart_parts, chart_value, between_values } = content.words.document;
  const words = { bars: chart_bars, dots: chart_dots, parts: chart_parts };
  const all = values.map(({ label, shown }) => say(chart_value, { label, value: shown }));
  return say(words[form], { title, values: all.join(between_values) });
}

function placed({ shape, tag: owner }: Mark, x: number, y: number): Mark {
  if (shape.kind !== 'rule') return { shape: { ...shape, x: shape.x + x, y: shape.y + y }, tag: owner };
  const { x1, y1, x2, y2 } = shape;
  return { shape: { ...shape, x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y }, tag: owner };
}
