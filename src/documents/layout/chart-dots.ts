import { labelLines, labelStyle, LEAST, valueText } from './chart-label.ts';
import type { Chart, Drawing } from './chart-label.ts';
import { lineMarks } from './lines.ts';
import { baselineIn } from './rows.ts';
import type { Setting } from './setting.ts';
import type { Mark, Tag } from './shapes.ts';

/** Fields of ten times ten points, side by side, as many filled as the share; below each its value and its label. */
export function dotsDrawing(chart: Chart, setting: Setting): Drawing {
  const { grid, faces, look, styles } = setting;
  const { ink, accent, line } = look.colors.light;
  const count = Math.max(1, chart.values.length);
  const room = (grid.textWidth - (count - 1) * BETWEEN) / count;
  const side = Math.min(LARGEST, room);
  // A value may take half of the white space behind its field; behind the last one the margin begins.
  const rooms = chart.values.map((_, index) => room + (index === count - 1 ? 0 : BETWEEN / 2));
  const value = { ...styles.h2, size: VALUE, color: ink };
  const parts = chart.values.map(
    ({ shown }, index) => (rooms[index] ?? room) / faces.measure(value.plain, shown, VALUE).width,
  );
  const part = Math.min(1, ...parts);
  // All in one size; what is too long for that is told, and set smaller alone.
  if (part > LEAST) value.size *= part;
  const style = labelStyle(setting);
  const labelTop = side + 26;
  const field = (index: number, figure: Tag): readonly Mark[] => {
    const { label, value: share, shown } = chart.values[index] ?? { label: '', value: 0, shown: '' };
    const left = index * (room + BETWEEN);
    const lines = labelLines(label, room, LABEL_LINES, figure, chart, setting);
    return [
      ...points(left, side, Math.round(share), [accent, line], figure),
      valueText(shown, value, { x: left, y: side + 20, room: rooms[index] ?? room }, figure, chart, setting),
      ...lines.flatMap((each, at) =>
        lineMarks(each, left, labelTop + at * style.leading + baselineIn(style.leading, style.size)),
      ),
    ];
  };
  const height = labelTop + LABEL_LINES * style.leading;
  return { height, marks: (figure) => chart.values.flatMap((_, index) => field(index, figure)) };
}

const BETWEEN = 26;
const LARGEST = 90;
const LABEL_LINES = 2;
const VALUE = 17;

/** A hundred points, filled line by line. */
function points(
  left: number,
  side: number,
  filled: number,
  [full, empty]: readonly [string, string],
  figure: Tag,
): readonly Mark[] {
  const pitch = side / 10;
  return Array.from({ length: 100 }, (_, index): Mark => {
    const x = left + ((index % 10) + 0.5) * pitch;
    const y = (Math.floor(index / 10) + 0.5) * pitch;
    const fill = index < filled ? full : empty;
    return { shape: { kind: 'dot', x, y, r: pitch * 0.36, fill }, tag: figure };
  });
}
