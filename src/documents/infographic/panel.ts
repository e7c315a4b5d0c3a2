import type { Colors } from '../../kernel/look.ts';
import type { Panel } from '../../content/infographic-model.ts';
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
export type Bench = {
  readonly setting: Setting;
  readonly owner: Tag;
  readonly scale: number;
  /** Points below which no text is set; small print has its own floor on a sheet. */
  readonly least: { readonly text: number; readonly note: number };
  /** A sheet sets panels side by side; a screen sets them one under the other. */
  readonly form: 'sheet' | 'screen';
  /** Of the ground that the panel stands on. */
  readonly colors: Colors;
};

/** The white space between two columns. */
export const GUTTER = 24;

export type PanelStyle = 'title' | 'text' | 'note' | 'strong' | 'number';

export function styleOf(name: PanelStyle, { setting, scale, least, colors }: Bench): TextStyle {
  const { side, body, note, label } = setting.styles;
  const base = {
    title: { ...side, size: 15, leading: 18, color: colors.ink },
    text: { ...body, size: 10.25, leading: 14, color: colors.text },
    note: { ...note, size: 7.75, leading: 9.75, color: colors.muted },
    strong: { ...label, size: 10.25, leading: 14, color: colors.ink },
    number: { ...side, size: 38, leading: 41, color: colors.ink },
  }[name];
  const size = Math.max(base.size * scale, name === 'note' ? least.note : least.text);
  return { ...base, size, leading: (base.leading / base.size) * size };
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
  return spanCell(cited(text, style, tag(type, owner), bench, source), style, width, bench);
}

/** The runs of a text and of the number of its source. A screen has no room for small raised figures: there it says [2]. */
export function cited(
  text: string,
  style: TextStyle,
  owner: Tag,
  { setting, form, colors, least }: Bench,
  source: number | null,
): readonly Span[] {
  const filled = sentence(text, setting);
  if (source === null) return [plainSpan(filled, style, owner)];
  if (form === 'screen') {
    const mark = {
      ...setting.styles.body,
      size: Math.max(least.text, style.size * 0.7),
      color: colors.muted,
    };
    return [plainSpan(filled, style, owner), plainSpan(`\u00a0[${source}]`, mark, owner)];
  }
  return spansOf(
    [
      { kind: 'text', text: filled },
      { kind: 'cite', id: source },
    ],
    style,
    owner,
    setting,
  );
}

export function spanCell(spans: readonly Span[], style: TextStyle, width: number, { setting }: Bench): Cell {
  return linesCell(linesOf(spans, width, setting.faces), style);
}

/** A short text in lines of about the same length. */
export function balancedCell(
  spans: readonly Span[],
  style: TextStyle,
  width: number,
  { setting }: Bench,
): Cell {
  return linesCell(balancedLinesOf(spans, width, setting.faces), style);
}

/** The title of a panel. */
export function titleCell(panel: { title: string; source?: number }, width: number, bench: Bench): Cell {
  const style = styleOf('title', bench);
  const spans = cited(panel.title, style, tag('H2', bench.owner), bench, panel.source ?? null);
  return balancedCell(spans, style, width, bench);
}

function linesCell(lines: readonly Line[], style: TextStyle): Cell {
  const marks = lines.flatMap((line, index) =>
    lineMarks(line, 0, index * style.leading + baselineIn(style.leading, style.size)),
  );
  return { height: lines.length * style.leading, pieces: [{ x: 0, y: 0, marks }] };
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

/** Drawings as a cell. */
export function markCell(marks: readonly Mark[], height: number): Cell {
  return { height, pieces: [{ x: 0, y: 0, marks }] };
}

/** How a panel is called in a message to the coach. */
export function nameOf(panel: Panel): string {
  return panel.kind === 'figure' ? `figure “${panel.value}”` : `${panel.kind} “${panel.title}”`;
}
