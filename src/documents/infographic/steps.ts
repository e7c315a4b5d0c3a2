import { ended } from '../../content/ended.ts';
import type { Panel } from '../../content/infographic-model.ts';
import type { Bench, Cell } from './panel.ts';
import { markCell, moved, sideBySide, spanCell, stacked, styleOf, textCell, titleCell } from './panel.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';
import type { TextStyle } from '../layout/styles.ts';

type Steps = Extract<Panel, { readonly kind: 'steps' }>;

/** Steps beside each other where there is room, else one under the other; their numbers are joined by a thin line. */
export function stepsCell(panel: Steps, width: number, bench: Bench): Cell {
  const { scale, owner } = bench;
  const list = tag('L', owner);
  const columns = panel.steps.length <= 5 ? panel.steps.length : Math.ceil(panel.steps.length / 2);
  const room = (width - (columns - 1) * GAP) / columns;
  const set =
    room < NARROW * scale ? downwards(panel, width, list, bench) : across(panel, columns, room, list, bench);
  return stacked([titleCell(panel, width, bench), set], 9 * scale);
}

const GAP = 16;
/** A narrower column than this (points at scale 1) tears the words apart. */
const NARROW = 76;
const RADIUS = 9.5;

function downwards(panel: Steps, width: number, list: Tag, bench: Bench): Cell {
  const r = RADIUS * bench.scale;
  const left = 2 * r + 9 * bench.scale;
  const text = styleOf('text', bench);
  const cells = panel.steps.map((step, index) => {
    const item = tag('LI', list);
    const body = tag('LBody', item);
    const strong = plainSpan(`${ended(step.title)} `, styleOf('strong', bench), body);
    const words = spanCell([strong, plainSpan(`${step.text} `, text, body)], text, width - left, bench);
    const number = numberCell(index + 1, r, item, bench);
    const lowered = Math.max(0, r - text.leading / 2);
    return {
      height: Math.max(2 * r, lowered + words.height),
      pieces: [...number.pieces, ...moved(words, left, lowered)],
    };
  });
  const gap = 5.5 * bench.scale;
  const set = stacked(cells, gap);
  const end = set.height - (cells.at(-1)?.height ?? 0) + r;
  return { height: set.height, pieces: [...joint(r, r, r, end, bench).pieces, ...set.pieces] };
}

function across(panel: Steps, columns: number, room: number, list: Tag, bench: Bench): Cell {
  const { scale } = bench;
  const r = RADIUS * scale;
  const size = Math.max(12.5 * scale, bench.least.text);
  const title = { ...styleOf('title', bench), size, leading: 1.28 * size };
  const cells = panel.steps.map((step, index) => {
    const item = tag('LI', list);
    const body = tag('LBody', item);
    return stacked(
      [
        numberCell(index + 1, r, item, bench),
        textCell(step.title, title, 'P', body, room, bench),
        textCell(step.text, styleOf('text', bench), 'P', body, room, bench),
      ],
      3 * scale,
    );
  });
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) => {
    const some = cells.slice(row * columns, (row + 1) * columns);
    const line = joint(r, r, (some.length - 1) * (room + GAP) + r, r, bench);
    const set = sideBySide(some, room + GAP);
    return { height: set.height, pieces: [...line.pieces, ...set.pieces] };
  });
  return stacked(rows, 12 * scale);
}

function joint(x1: number, y1: number, x2: number, y2: number, { colors }: Bench): Cell {
  const shape = { kind: 'rule', x1, y1, x2, y2, color: colors.accent, width: 0.9 } as const;
  return markCell([{ shape, tag: null }], 0);
}

/** A label such as "1" in the middle of a circle of radius `r`. */
function numberCell(number: number, r: number, owner: Tag, bench: Bench): Cell {
  const { colors, setting } = bench;
  const size = Math.max(r * 1.15, bench.least.text);
  const style: TextStyle = { ...setting.styles.label, size, leading: 2 * r, color: colors.accentText };
  const { width } = setting.faces.measure(style.plain, String(number), size);
  const span = plainSpan(`${number} `, style, tag('Lbl', owner));
  const text = spanCell([span], style, 4 * r, bench);
  const dot: Mark = { shape: { kind: 'dot', x: r, y: r, r, fill: colors.accent }, tag: null };
  return { height: 2 * r, pieces: [{ x: 0, y: 0, marks: [dot] }, ...moved(text, r - width / 2, 0)] };
}
