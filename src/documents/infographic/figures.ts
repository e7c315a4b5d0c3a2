import type { Panel } from '../../content/infographic-model.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, markCell, sideBySide, spanCell, stacked, styleOf, textCell } from './panel.ts';
import { pointsCell } from './points.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';

type Figure = Extract<Panel, { readonly kind: 'figure' }>;

/** Large numbers beside each other in columns of one width and in one size, shares with their fields of points. */
export function figuresCell(figures: readonly Figure[], width: number, bench: Bench): Cell {
  const most = Math.min(bench.form === 'screen' ? 1 : MOST_FIGURES, figures.length);
  const counts = Array.from({ length: most }, (_, index) => most - index);
  const fits = (count: number) => valueSize(figures, roomFor(count, width), bench) >= LEAST_VALUE;
  const found = counts.find(fits) ?? 1;
  // Four are set two by two rather than three and one.
  const count = figures.length === 4 && found === 3 ? 2 : found;
  const room = roomFor(count, width);
  const size = valueSize(figures, room, bench);
  const rows = Array.from({ length: Math.ceil(figures.length / count) }, (_, row) => {
    const some = figures.slice(row * count, (row + 1) * count);
    return sideBySide(
      some.map((figure) => figureCell(figure, size, room, bench)),
      room + GUTTER,
    );
  });
  return stacked(rows, (bench.form === 'screen' ? 18 : 14) * bench.scale);
}

const MOST_FIGURES = 4;
const LEAST_VALUE = 22;

function roomFor(count: number, width: number): number {
  return (width - (count - 1) * GUTTER) / count;
}

/** The size at which the widest number just fits its column. */
function valueSize(figures: readonly Figure[], room: number, bench: Bench): number {
  const { faces } = bench.setting;
  const widest = Math.max(...figures.map(({ value }) => faces.measure('serifBold', value, 1).width));
  return Math.min(styleOf('number', bench).size, room / widest);
}

function figureCell(figure: Figure, size: number, room: number, bench: Bench): Cell {
  const { owner, scale, colors } = bench;
  const number = styleOf('number', bench);
  const rule: Mark = {
    shape: { kind: 'rule', x1: 0, y1: 0, x2: room, y2: 0, color: colors.ink, width: 0.75 },
    tag: null,
  };
  const value = { ...number, size };
  return stacked(
    [
      markCell([rule], 5 * scale),
      // The blank at the end may stand out of the column.
      spanCell([plainSpan(`${figure.value} `, value, tag('P', owner))], value, room + size, bench),
      ...(figure.share === undefined
        ? []
        : [
            pointsCell(figure.share, bench.form === 'sheet' ? 25 : 20, room, bench),
            markCell([], 2.5 * scale),
          ]),
      textCell(figure.label, styleOf('text', bench), 'P', owner, room, bench, figure.source),
    ],
    2.5 * scale,
  );
}
