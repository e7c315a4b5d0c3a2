import type { Panel } from '../../content/model.ts';
import type { Bench, Cell } from './panel.ts';
import {
  GUTTER,
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
import { tag } from '../layout/shapes.ts';
import type { Mark } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';

type Of<Kind extends Panel['kind']> = Extract<Panel, { readonly kind: Kind }>;

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
    const said = numbers.format(bar.value) + panel.unit;
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
