import { labelLines, labelStyle, valueText } from './chart-label.ts';
import type { Chart, Drawing } from './chart-label.ts';
import { lineMarks } from './lines.ts';
import { baselineIn } from './rows.ts';
import type { Setting } from './setting.ts';
import type { Mark, Tag } from './shapes.ts';

/** Bars from a common zero: each with its label on the left and its value, as the coach wrote it, at its end. */
export function barsDrawing(chart: Chart, setting: Setting): Drawing {
  const { grid, faces, look, styles } = setting;
  const { ink, accent, field } = look.colors.light;
  const pitch = PITCH * look.print.baseline;
  const height = pitch * chart.values.length;
  const most = Math.max(...chart.values.map(({ value }) => value));
  const figures = { ...styles.label, size: 9.5 };
  const widest = Math.max(...chart.values.map(({ shown }) => faces.measure('textBold', shown, 9.5).width));
  // A bar keeps at least half of the room, whatever stands behind it.
  const longest = Math.max((grid.textWidth - ZERO) / 2, grid.textWidth - ZERO - BEHIND - widest);
  const room = grid.textWidth - ZERO - BEHIND - longest;
  const bar = (index: number, figure: Tag): readonly Mark[] => {
    const { label, value, shown } = chart.values[index] ?? { label: '', value: 0, shown: '' };
    const middle = (index + 0.5) * pitch;
    const long = most === 0 ? 0 : (longest * value) / most;
    const style = labelStyle(setting);
    const lines = labelLines(label, ZERO - BEFORE, 2, figure, chart, setting);
    const from = middle - (lines.length * style.leading) / 2 + baselineIn(style.leading, style.size);
    const box = { x: ZERO, y: middle - THICK / 2, w: long, h: THICK };
    return [
      ...lines.flatMap((line, at) => lineMarks(line, 0, from + at * style.leading)),
      { shape: { kind: 'rect', ...box, fill: value === most ? accent : ink }, tag: figure },
      valueText(
        shown,
        figures,
        { x: ZERO + long + BEHIND, y: middle + 3.4, room: room + longest - long },
        figure,
        chart,
        setting,
      ),
    ];
  };
  const zero = { x1: ZERO, y1: 0, x2: ZERO, y2: height };
  return {
    height,
    marks: (figure) => [
      ...chart.values.flatMap((_, index) => bar(index, figure)),
      { shape: { kind: 'rule', ...zero, color: field, width: 0.75 }, tag: figure },
    ],
  };
}

/** One bar in so many lines. */
const PITCH = 2;
const THICK = 15;
/** Where the bars begin; the labels stand on their left. */
const ZERO = 116;
const BEFORE = 10;
const BEHIND = 6;
