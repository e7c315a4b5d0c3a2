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
  /** Its top falls on a line of the baseline grid: a page moves it down to the next one. */
  readonly onGrid: boolean;
  /** Points that must be left on a page for this row to stand there: a chapter does not begin at its foot. */
  readonly needs: number;
  /** How far down, from its top, the row takes up the side column as well. */
  readonly side: number;
  /** Where it does not fit, it goes to the head of the next page, and the text after it, up to a heading, moves up. */
  readonly floats: boolean;
  /** A pull quote that finds its own place in the side column, on the page of this row. */
  readonly aside: Aside | null;
};

/**
 * Stands in the side column, level with the top of its row, or with the row's end where it belongs to the text above; marks count
 * from its top. `line` is where it stands in the document's file.
 */
export type Aside = {
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly line: number;
  readonly level: 'top' | 'end';
};

export type Column = { readonly x: number; readonly width: number };

/** A paragraph as rows; its first line begins `indent` points further in. */
export function textRows(
  spans: readonly Span[],
  style: TextStyle,
  column: Column,
  faces: Faces,
  indent = 0,
): readonly Row[] {
  return rowsOf(linesOf(spans, column.width, faces, indent), style, column, indent);
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

/** An empty row without height, for rows to be made of. */
export const PLAIN: Row = {
  height: 0,
  gap: 0,
  marks: [],
  bond: 'free',
  ground: null,
  place: null,
  onGrid: false,
  needs: 0,
  side: 0,
  floats: false,
  aside: null,
};

export function space(height: number, bond: Bond): Row {
  return { ...PLAIN, height, bond };
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

/** The same for a style: on the grid, sizes that differ share one baseline. */
export function baselineOf({ leading, size, onGrid }: TextStyle): number {
  return baselineIn(leading, onGrid === true ? leading * BODY_PART : size);
}

/** The size of body text as a part of its leading. */
const BODY_PART = 0.714;

export function heightOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row, index) => sum + row.height + (index === 0 ? 0 : row.gap), 0);
}

/** Capitals are 0.73 em high in Inter and 0.67 em in Source Serif. */
const HALF_A_CAPITAL = 0.35;

function rowsOf(lines: readonly Line[], style: TextStyle, column: Column, indent = 0): readonly Row[] {
  const y = baselineOf(style);
  return lines.map((line, index) => ({
    ...PLAIN,
    height: style.leading,
    marks: lineMarks(line, column.x + (index === 0 ? indent : 0), y),
    bond: bondAfter(index, lines.length),
    onGrid: style.onGrid === true,
  }));
}

/** No line alone: neither the first at the end of a page (orphan) nor the last at the head of one (widow). */
function bondAfter(index: number, count: number): Bond {
  if (index === count - 1) return 'free';
  return index === 0 || index === count - 2 ? 'keep' : 'free';
}
