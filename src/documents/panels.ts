import type { Panel } from '../content/model.ts';
import type { Bench, Cell } from './panel.ts';
import {
  headingCell,
  markCell,
  moved,
  numberCell,
  sideBySide,
  spanCell,
  stacked,
  styleOf,
  textCell,
} from './panel.ts';
import { tag } from './shapes.ts';
import type { Mark } from './shapes.ts';
import { plainSpan } from './spans.ts';

type Of<Kind extends Panel['kind']> = Extract<Panel, { readonly kind: Kind }>;

export const GUTTER = 22;

/** Large numbers beside each other, all in one size; each column is as wide as its number and its text need. */
export function figuresCell(figures: readonly Of<'figure'>[], width: number, bench: Bench): Cell {
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
function valueSize(row: readonly Of<'figure'>[], width: number, bench: Bench): number {
  const room = width - (row.length - 1) * GUTTER;
  return Math.min(
    VALUE * bench.scale,
    room / row.reduce((sum, figure) => sum + valueWidth(figure, 1, bench), 0),
  );
}

function valueWidth({ value }: Of<'figure'>, size: number, { setting }: Bench): number {
  return setting.faces.measure('serifBold', value, size).width + 0.1 * size;
}

function figureRow(row: readonly Of<'figure'>[], size: number, width: number, bench: Bench): Cell {
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
function columnsFor(
  row: readonly Of<'figure'>[],
  size: number,
  room: number,
  bench: Bench,
): readonly number[] {
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

/** Bars from a common zero. Each is an item of a list that says its label and value; the bar itself is decoration. */
export function barsCell(panel: Of<'bars'>, width: number, bench: Bench): Cell {
  const { setting, owner, scale } = bench;
  const { ink, accent } = setting.look.colors.light;
  const list = tag('L', owner);
  const text = styleOf('text', bench);
  const strong = { ...styleOf('strong', bench), size: text.size, leading: text.leading };
  const most = Math.max(...panel.bars.map((bar) => bar.value));
  const numbers = new Intl.NumberFormat(setting.content.site.language);
  const cells = panel.bars.map((bar) => {
    const item = tag('LBody', tag('LI', list));
    const said = `${numbers.format(bar.value)}\u00a0${panel.unit}`;
    const length = Math.max(1, (bar.value / most) * (width - VALUE_ROOM * scale));
    const fill = bar.value === most ? accent : ink;
    const shape = { kind: 'rect', x: 0, y: 2 * scale, w: length, h: 9 * scale, fill } as const;
    const value = spanCell([plainSpan(said, strong, item)], strong, VALUE_ROOM * scale, bench);
    return stacked(
      [
        spanCell([plainSpan(`${bar.label} `, text, item)], text, width, bench),
        {
          height: 13 * scale,
          pieces: [{ x: 0, y: 0, marks: [{ shape, tag: null }] }, ...moved(value, length + 6, -0.5 * scale)],
        },
      ],
      0,
    );
  });
  const title = textCell(panel.title, styleOf('title', bench), 'H2', owner, width, bench, panel.source);
  return stacked([title, stacked(cells, 4 * scale)], 7 * scale);
}

/** Steps beside each other, their numbers joined by a thin line. */
export function stepsCell(panel: Of<'steps'>, width: number, bench: Bench): Cell {
  const { setting, owner, scale } = bench;
  const title = textCell(panel.title, styleOf('title', bench), 'H2', owner, width, bench);
  const list = tag('L', owner);
  const columns = panel.steps.length <= 5 ? panel.steps.length : Math.ceil(panel.steps.length / 2);
  const room = (width - (columns - 1) * 16) / columns;
  const r = 10 * scale;
  const cells = panel.steps.map((step, index) => {
    const item = tag('LI', list);
    const body = tag('LBody', item);
    const number = numberCell(index + 1, r, item, bench);
    return stacked(
      [
        number,
        textCell(
          step.title,
          { ...styleOf('title', bench), size: 11 * scale, leading: 14 * scale },
          'P',
          body,
          room,
          bench,
        ),
        textCell(step.text, styleOf('text', bench), 'P', body, room, bench),
      ],
      3 * scale,
    );
  });
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) => {
    const some = cells.slice(row * columns, (row + 1) * columns);
    const end = (some.length - 1) * (room + 16) + r;
    const color = setting.look.colors.light.accent;
    const joint: Mark = {
      shape: { kind: 'rule', x1: r, y1: r, x2: end, y2: r, color, width: 0.9 },
      tag: null,
    };
    const line = markCell([joint], 0);
    const set = sideBySide(some, room + 16);
    return { height: set.height, pieces: [...line.pieces, ...set.pieces] };
  });
  return stacked([title, stacked(rows, 12 * scale)], 10 * scale);
}

/** Points in as many columns as the width allows. */
export function listCell(panel: Of<'list'>, width: number, columns: number, bench: Bench): Cell {
  const { setting, owner, scale } = bench;
  const title = textCell(panel.title, styleOf('title', bench), 'H2', owner, width, bench);
  const list = tag('L', owner);
  const text = styleOf('text', bench);
  const room = (width - (columns - 1) * GUTTER) / columns;
  const cells = panel.items.map((words) => {
    const item = tag('LI', list);
    const dash = { ...plainSpan('– ', text, tag('Lbl', item)), color: setting.look.colors.light.accent };
    const label = spanCell([dash], text, 20, bench);
    const body = textCell(words, text, 'LBody', item, room - 13 * scale, bench);
    return { height: body.height, pieces: [...label.pieces, ...moved(body, 13 * scale, 0)] };
  });
  const each = Math.ceil(cells.length / columns);
  const set = Array.from({ length: columns }, (_, index) =>
    stacked(cells.slice(index * each, (index + 1) * each), 3 * scale),
  );
  return stacked([title, sideBySide(set, room + GUTTER)], 7 * scale);
}

export function noteCell(panel: Of<'note'>, width: number, bench: Bench): Cell {
  const title = { ...styleOf('title', bench), size: 17 * bench.scale, leading: 21 * bench.scale };
  return stacked(
    [
      headingCell(panel.title, title, 'H2', bench.owner, width, bench),
      textCell(panel.text, styleOf('text', bench), 'P', bench.owner, width, bench, panel.source ?? null),
    ],
    7 * bench.scale,
  );
}

const VALUE_ROOM = 52;
