import type { Panel } from '../../content/model.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, markCell, moved, spanCell, stacked, styleOf, textCell } from './panel.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';

type Figure = Extract<Panel, { readonly kind: 'figure' }>;

/** Large numbers beside each other, all in one size; each column is as wide as its number and its text need. */
export function figuresCell(figures: readonly Figure[], width: number, bench: Bench): Cell {
  const perRow = [figures.length, 3, 2, 1].find((count) => {
    const row = figures.slice(0, count);
    return count <= MOST_FIGURES && valueSize(row, width, bench) >= LEAST_VALUE * bench.scale;
  });
  const count = figures.length === 4 && perRow === 3 ? 2 : (perRow ?? 1);
  const rows = Array.from({ length: Math.ceil(figures.length / count) }, (_, row) =>
    figures.slice(row * count, (row + 1) * count),
  );
  const size = Math.min(...rows.map((row) => valueSize(row, width, bench)));
  return stacked(
    rows.map((row) => figureRow(row, size, width, bench)),
    14 * bench.scale,
  );
}

const MOST_FIGURES = 4;
const VALUE = 28;
const LEAST_VALUE = 21;

/** The size at which the numbers of a row fill at most its width. */
function valueSize(row: readonly Figure[], width: number, bench: Bench): number {
  const room = width - (row.length - 1) * GUTTER;
  return Math.min(
    VALUE * bench.scale,
    room / row.reduce((sum, figure) => sum + valueWidth(figure, 1, bench), 0),
  );
}

function valueWidth({ value }: Figure, size: number, { setting }: Bench): number {
  return setting.faces.measure('serifBold', value, size).width + 0.1 * size;
}

function figureRow(row: readonly Figure[], size: number, width: number, bench: Bench): Cell {
  const { setting, owner, scale } = bench;
  const { accent, ink } = setting.look.colors.light;
  const value = { ...setting.styles.h1, size, leading: VALUE * scale * 1.2, color: ink };
  const rooms = columnsFor(row, size, width - (row.length - 1) * GUTTER, bench);
  let x = 0;
  const cells = row.map((figure, index) => {
    const room = rooms[index] ?? width;
    const rule: Mark = {
      shape: { kind: 'rule', x1: 0, y1: 0, x2: room, y2: 0, color: accent, width: 1 },
      tag: null,
    };
    const cell = stacked(
      [
        markCell([rule], 3 * scale),
        spanCell([plainSpan(`${figure.value} `, value, tag('P', owner))], value, room + size, bench),
        textCell(figure.label, styleOf('text', bench), 'P', owner, room, bench, figure.source),
      ],
      2 * scale,
    );
    const placed = moved(cell, x, 0);
    x += room + GUTTER;
    return { height: cell.height, pieces: placed };
  });
  return {
    height: Math.max(...cells.map(({ height }) => height)),
    pieces: cells.flatMap(({ pieces }) => pieces),
  };
}

/** Widths that add up to `room`: at least the number's, and beyond that in step with the length of the text. */
function columnsFor(row: readonly Figure[], size: number, room: number, bench: Bench): readonly number[] {
  const widthsAt = (share: number) =>
    row.map((figure) => Math.max(valueWidth(figure, size, bench), figure.label.length * share));
  let low = 0;
  let high = room;
  for (let turn = 0; turn < 40; turn++) {
    const share = (low + high) / 2;
    if (widthsAt(share).reduce((sum, width) => sum + width, 0) > room) high = share;
    else low = share;
  }
  return widthsAt(low);
}
