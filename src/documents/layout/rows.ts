import type { Faces } from './faces.ts';
import { balancedLinesOf, lineMarks, linesOf } from './lines.ts';
import type { Line } from './lines.ts';
import type { Bookmark, Mark } from './shapes.ts';
import type { Span } from './spans.ts';
import type { TextStyle } from './styles.ts';

/**
 * What binds a row to the next one: `keep` forbids a new page between them (two lines at least on either side, no heading
 * alone), `whole` forbids it as long as all of it fits on one page (a list, a box).
 */
export type Bond = 'free' | 'whole' | 'keep';

/** Paints behind the rows that share it, from `top` to `bottom` of their stretch on one page. */
export type Ground = (top: number, bottom: number) => readonly Mark[];

/** The smallest thing that stands on a page: one line of text, as a rule. Marks count from its top. */
export type Row = {
  readonly height: number;
  /** White space above, which falls away at the top of a page. */
  readonly gap: number;
  readonly marks: readonly Mark[];
  readonly bond: Bond;
  readonly ground: Ground | null;
  readonly place: { readonly name: string; readonly bookmark: Bookmark | null } | null;
};

export type Column = { readonly x: number; readonly width: number };

/** A paragraph as rows. */
export function textRows(
  spans: readonly Span[],
  style: TextStyle,
  column: Column,
  faces: Faces,
): readonly Row[] {
  return rowsOf(linesOf(spans, column.width, faces), style, column);
}

/** A heading as rows that stay with what follows. */
export function headingRows(
  spans: readonly Span[],
  style: TextStyle,
  column: Column,
  faces: Faces,
): readonly Row[] {
  return rowsOf(balancedLinesOf(spans, column.width, faces), style, column).map((row) => bound(row, 'keep'));
}

export function space(height: number, bond: Bond): Row {
  return { height, gap: 0, marks: [], bond, ground: null, place: null };
}

/** The same rows with white space above. */
export function below(gap: number, rows: readonly Row[]): readonly Row[] {
  return rows.map((row, index) => (index === 0 ? { ...row, gap: Math.max(gap, row.gap) } : row));
}

/** The same rows, bound at least so strongly; the bond of the last one is left. */
export function together(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, index) =>
    index === rows.length - 1 || row.bond === 'keep' ? row : bound(row, 'whole'),
  );
}

/** The same rows, the last one tied to whatever follows. */
export function leading(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, index) => (index === rows.length - 1 ? bound(row, 'keep') : row));
}

export function bound(row: Row, bond: Bond): Row {
  return { ...row, bond };
}

/** Where the baseline of a line stands, from its top: the capitals are in the middle of the line. */
export function baselineIn(leading: number, size: number): number {
  return leading / 2 + size * HALF_A_CAPITAL;
}

export function heightOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row, index) => sum + row.height + (index === 0 ? 0 : row.gap), 0);
}

/** Capitals are 0.73 em high in Inter and 0.67 em in Source Serif. */
const HALF_A_CAPITAL = 0.35;

function rowsOf(lines: readonly Line[], style: TextStyle, column: Column): readonly Row[] {
  return lines.map((line, index) => ({
    height: style.leading,
    gap: 0,
    marks: lineMarks(line, column.x, baselineIn(style.leading, style.size)),
    bond: bondAfter(index, lines.length),
    ground: null,
    place: null,
  }));
}

/** No line alone: neither the first at the end of a page (orphan) nor the last at the head of one (widow). */
function bondAfter(index: number, count: number): Bond {
  if (index === count - 1) return 'free';
  return index === 0 || index === count - 2 ? 'keep' : 'free';
}
