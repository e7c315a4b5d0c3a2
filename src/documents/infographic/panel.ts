import type { Panel } from '../../content/model.ts';
import { balancedLinesOf, lineMarks, linesOf } from '../layout/lines.ts';
import type { Line } from '../layout/lines.ts';
import { baselineIn } from '../layout/rows.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Piece, Tag, TagType } from '../layout/shapes.ts';
import { plainSpan, sentence, spansOf } from '../layout/spans.ts';
import type { Span } from '../layout/spans.ts';
import type { TextStyle } from '../layout/styles.ts';

/** Something that was set and has not been placed yet; its pieces count from its own corner. */
export type Cell = { readonly height: number; readonly pieces: readonly Piece[] };

/** What a panel is set with: everything in it grows and shrinks by `scale`. */
export type Bench = { readonly setting: Setting; readonly owner: Tag; readonly scale: number };

/** The white space between two columns. */
export const GUTTER = 22;

export type PanelStyle = 'title' | 'text' | 'small' | 'strong';

export function styleOf(name: PanelStyle, { setting, scale }: Bench): TextStyle {
  const { side, body, small, label } = setting.styles;
  const base = {
    title: { ...side, size: 13, leading: 16 },
    text: { ...body, size: 9.5, leading: 13.5 },
    small,
    strong: label,
  }[name];
  return { ...base, size: base.size * scale, leading: base.leading * scale };
}

/** A text of the content, its fields filled, with the number of its source behind it. */
export function textCell(
  text: string,
  style: TextStyle,
  type: TagType,
  owner: Tag,
  width: number,
  bench: Bench,
  source: number | null = null,
): Cell {
  const { setting } = bench;
  const cite = source === null ? [] : [{ kind: 'cite' as const, id: source }];
  const filled = sentence(text, setting);
  return spanCell(
    spansOf([{ kind: 'text', text: filled }, ...cite], style, tag(type, owner), setting),
    style,
    width,
    bench,
  );
}

export function spanCell(spans: readonly Span[], style: TextStyle, width: number, { setting }: Bench): Cell {
  return linesCell(linesOf(spans, width, setting.faces), style);
}

function linesCell(lines: readonly Line[], style: TextStyle): Cell {
  const marks = lines.flatMap((line, index) =>
    lineMarks(line, 0, index * style.leading + baselineIn(style.leading, style.size)),
  );
  return { height: lines.length * style.leading, pieces: [{ x: 0, y: 0, marks }] };
}

/** A short title in lines of about the same length. */
export function headingCell(
  text: string,
  style: TextStyle,
  type: TagType,
  owner: Tag,
  width: number,
  { setting }: Bench,
): Cell {
  const span = plainSpan(sentence(text, setting), style, tag(type, owner));
  return linesCell(balancedLinesOf([span], width, setting.faces), style);
}

/** Cells one under the other, with `gap` between them. */
export function stacked(cells: readonly Cell[], gap: number): Cell {
  let y = 0;
  const pieces = cells.flatMap((cell) => {
    const placed = moved(cell, 0, y);
    y += cell.height + gap;
    return placed;
  });
  return { height: Math.max(0, y - gap), pieces };
}

/** Cells side by side, each `step` to the right of the one before. */
export function sideBySide(cells: readonly Cell[], step: number): Cell {
  return {
    height: Math.max(0, ...cells.map(({ height }) => height)),
    pieces: cells.flatMap((cell, index) => moved(cell, index * step, 0)),
  };
}

/** The cell on a coloured ground, with room around it; `height` makes neighbours equally high. */
export function onGround(cell: Cell, width: number, padding: number, height: number, fill: string): Cell {
  const ground: Mark = { shape: { kind: 'rect', x: 0, y: 0, w: width, h: height, fill }, tag: null };
  return { height, pieces: [{ x: 0, y: 0, marks: [ground] }, ...moved(cell, padding, padding)] };
}

export function moved(cell: Cell, x: number, y: number): readonly Piece[] {
  return cell.pieces.map((piece) => ({ ...piece, x: piece.x + x, y: piece.y + y }));
}

/** Decoration as a cell. */
export function markCell(marks: readonly Mark[], height: number): Cell {
  return { height, pieces: [{ x: 0, y: 0, marks }] };
}

/** A label such as "1" in the middle of a circle of radius `r`. */
export function numberCell(number: number, r: number, owner: Tag, { setting }: Bench): Cell {
  const { ink, surface } = setting.look.colors.light;
  const size = r * 1.15;
  const style: TextStyle = { ...setting.styles.label, size, leading: 2 * r, color: surface };
  const { width } = setting.faces.measure(style.plain, String(number), size);
  const span = plainSpan(`${number} `, style, tag('Lbl', owner));
  const text = spanCell([span], style, 4 * r, { setting, owner, scale: 1 });
  const dot: Mark = { shape: { kind: 'dot', x: r, y: r, r, fill: ink }, tag: null };
  return { height: 2 * r, pieces: [{ x: 0, y: 0, marks: [dot] }, ...moved(text, r - width / 2, 0)] };
}

/** How a panel is called in a message to the coach. */
export function nameOf(panel: Panel): string {
  return panel.kind === 'figure' ? `figure “${panel.value}”` : `${panel.kind} “${panel.title}”`;
}
