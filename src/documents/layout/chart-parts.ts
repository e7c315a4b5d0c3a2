import { chartText, labelLines } from './chart-label.ts';
import type { Chart, Drawing } from './chart-label.ts';
import { lineMarks } from './lines.ts';
import { baselineIn } from './rows.ts';
import type { Setting } from './setting.ts';
import type { Mark, Tag } from './shapes.ts';

/** One bar for the whole, cut into its parts, with a scale from nothing to a hundred; below it a line for each part. */
export function partsDrawing(chart: Chart, setting: Setting): Drawing {
  const { grid, faces, styles } = setting;
  const figures = { ...styles.label, size: 9.5 };
  const widest = Math.max(...chart.values.map(({ shown }) => faces.measure('textBold', shown, 9.5).width));
  const labelLeft = SWATCH + BESIDE + widest + BESIDE;
  const row = (index: number, figure: Tag): readonly Mark[] => {
    const { label, shown } = chart.values[index] ?? { label: '', shown: '' };
    const y = LIST + index * PITCH;
    const baseline = y + baselineIn(PITCH, figures.size);
    const [line] = labelLines(label, grid.textWidth - labelLeft, 1, figure, chart, setting);
    return [
      ...part(index, { x: 0, y: y + (PITCH - SWATCH) / 2, w: SWATCH, h: SWATCH }, figure, setting),
      chartText(shown, figures, { x: SWATCH + BESIDE, y: baseline }, figure),
      ...(line === undefined ? [] : lineMarks(line, labelLeft, baseline)),
    ];
  };
  return {
    height: LIST + chart.values.length * PITCH,
    marks: (figure) => [
      ...bar(chart, figure, setting),
      ...scale(figure, setting),
      ...chart.values.flatMap((_, index) => row(index, figure)),
    ],
  };
}

const THICK = 18;
const SCALE = 11;
/** Where the lines for the parts begin, and the height of each. */
const LIST = THICK + SCALE + 13;
const PITCH = 14;
const SWATCH = 8;
const BESIDE = 7;
/** White between two parts. */
const APART = 1;

/** The parts side by side; what they leave of the whole stays empty. */
function bar(chart: Chart, figure: Tag, setting: Setting): readonly Mark[] {
  const { grid, look } = setting;
  const { line: color } = look.colors.light;
  const whole = { x: 0.375, y: 0.375, w: grid.textWidth - 0.75, h: THICK - 0.75 };
  let x = 0;
  const parts = chart.values.flatMap(({ value }, index) => {
    const w = (grid.textWidth * value) / 100;
    const marks = part(index, { x, y: 0, w: Math.max(0, w - APART), h: THICK }, figure, setting);
    x += w;
    return marks;
  });
  return [{ shape: { kind: 'frame', ...whole, color, width: 0.75 }, tag: figure }, ...parts];
}

/** Dark, dark, light, between: neighbours differ also where nothing but grey is printed. */
function part(
  index: number,
  box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
  figure: Tag,
  { look }: Setting,
): readonly Mark[] {
  const { accent, ink, wash, field } = look.colors.light;
  const fill = [accent, ink, wash, field][index] ?? field;
  const solid: Mark = { shape: { kind: 'rect', ...box, fill }, tag: figure };
  if (fill !== wash) return [solid];
  const edge = { x: box.x + 0.375, y: box.y + 0.375, w: box.w - 0.75, h: box.h - 0.75 };
  return [solid, { shape: { kind: 'frame', ...edge, color: field, width: 0.75 }, tag: figure }];
}

/** Marks at nothing, a half and the whole. */
function scale(figure: Tag, { content, grid, faces, look, styles }: Setting): readonly Mark[] {
  const percent = new Intl.NumberFormat(content.site.language, { style: 'percent' });
  return [0, 50, 100].flatMap((share): readonly Mark[] => {
    const text = share === 0 ? '0' : percent.format(share / 100);
    const { width } = faces.measure(styles.note.plain, text, styles.note.size);
    const x = (grid.textWidth * share) / 100;
    // Within the ends of the bar.
    const at = Math.min(Math.max(x, 0.375), grid.textWidth - 0.375);
    const tick = {
      x1: at,
      y1: THICK + 1.5,
      x2: at,
      y2: THICK + 5,
      color: look.colors.light.field,
      width: 0.75,
    };
    const left = x - (width * share) / 100;
    return [
      { shape: { kind: 'rule', ...tick }, tag: figure },
      chartText(text, styles.note, { x: left, y: THICK + SCALE + 2 }, figure),
    ];
  });
}
