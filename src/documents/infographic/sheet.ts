import type { InfographicSource, Panel } from '../../content/infographic-model.ts';
import { misfitsOf, tooLong } from './complaints.ts';
import { headerCell } from './header.ts';
import type { Lead } from './lead.ts';
import { leadParts } from './lead.ts';
import type { Bench, Cell } from './panel.ts';
import { moved } from './panel.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { LayoutProblem, Page, Piece, Place, Tag } from '../layout/shapes.ts';
import { sourcesCell } from './small-print.ts';
import { stripsOf } from './strips.ts';
import type { Strip } from './strips.ts';

/** All panels on one page in the largest type that fits; only where nothing else helps on more pages, and then it is told. */
export function panelPages(
  source: InfographicSource,
  root: Tag,
  setting: Setting,
): { readonly pages: readonly Page[]; readonly problems: readonly LayoutProblem[] } {
  const at = (scale: number, least: Bench['least']) => layoutAt(source, root, setting, scale, least);
  const set = (pages: (layout: Layout) => readonly Page[], layout: Layout, ...told: LayoutProblem[]) => ({
    pages: pages(layout),
    problems: [...told, ...misfitsIn(layout)],
  });
  const onOne = (layout: Layout) => [pageOf(layout, source, setting)];
  const smallest = at(SMALLEST, LEAST);
  if (smallest.spare >= 0)
    return set(
      onOne,
      largest((scale) => at(scale, LEAST), smallest, SMALLEST, LARGEST),
    );
  const long = tooLong(beyond(smallest, setting.grid.bottom));
  const tight = at(TIGHTEST, TIGHT);
  if (tight.spare >= 0)
    return set(
      onOne,
      largest((scale) => at(scale, TIGHT), tight, TIGHTEST, SMALLEST),
      long,
    );
  // A strip that is higher than a page is made smaller; what fits on none at all runs out of it.
  const page = setting.grid.bottom - setting.grid.top;
  const isPaged = ({ strips }: Layout) => strips.every(({ cell }) => cell.height <= page);
  const layouts = [tight, ...SMALLER.map((scale) => at(scale, { text: 0, note: TIGHT.note }))];
  return set((layout) => manyPages(layout, source, setting), layouts.find(isPaged) ?? tight, long);
}

/** Panels that did not open the page, set at one scale. `spare` is the height left over; below 0 there is none. */
type Layout = {
  readonly bench: Bench;
  readonly lead: Lead | null;
  readonly header: Cell;
  readonly strips: readonly Strip[];
  readonly small: Cell;
  readonly gap: number;
  readonly spare: number;
};

const LARGEST = 1.3;
/** Numbers and drawings shrink so far, text no further than `LEAST`. */
const SMALLEST = 0.74;
/** Points: text that is read from a step away, and sources that are still read. */
const LEAST = { text: 9.5, note: 7.5 };
/** When the coach has written too much: what still prints. */
const TIGHTEST = 0.66;
const TIGHT = { text: 7, note: 6 };
const SMALLER = [0.6, 0.5, 0.4, 0.3];
const GAP = 21;
const MOST_MORE = 13;

function layoutAt(
  source: InfographicSource,
  root: Tag,
  setting: Setting,
  scale: number,
  least: Bench['least'],
): Layout {
  const { grid, look } = setting;
  const width = grid.right - grid.left;
  const bench: Bench = {
    setting,
    owner: tag('Sect', root),
    scale,
    least,
    form: 'sheet',
    colors: look.colors.light,
  };
  const { lead, rest } = openingOf(source.panels);
  const header = headerCell(source, lead, bench);
  const strips = stripsOf(rest, width, bench);
  const small = sourcesCell(source, width, bench);
  const gap = GAP * scale;
  const used = strips.reduce((sum, { cell }) => sum + cell.height + gap, header.height + gap + small.height);
  return { bench, lead, header, strips, small, gap, spare: grid.bottom - used };
}

/** A number or a myth that stands first opens the page. */
export function openingOf(panels: readonly Panel[]): {
  readonly lead: Lead | null;
  readonly rest: readonly Panel[];
} {
  const [first, ...rest] = panels;
  return first?.kind === 'figure' || first?.kind === 'myth'
    ? { lead: first, rest }
    : { lead: null, rest: panels };
}

/** The largest layout that fits between two scales, found by halving; `smallest` is the one at `low`, which does. */
function largest(
  at: (scale: number) => Layout,
  smallest: Layout,
  low: number,
  high: number,
  turns = 7,
): Layout {
  if (turns === 0) return smallest;
  const middle = (low + high) / 2;
  const tried = at(middle);
  return tried.spare >= 0
    ? largest(at, tried, middle, high, turns - 1)
    : largest(at, smallest, low, middle, turns - 1);
}

function pageOf(layout: Layout, source: InfographicSource, { grid }: Setting): Page {
  const { header, strips, small } = layout;
  const gap = layout.gap + Math.min(MOST_MORE, layout.spare / (strips.length + 1));
  const pieces: Piece[] = [...header.pieces];
  let y = header.height;
  for (const { cell } of strips) {
    y += gap;
    pieces.push(...moved(cell, grid.left, y));
    y += cell.height;
  }
  const foot = grid.bottom - small.height;
  return {
    pieces: [...pieces, ...moved(small, grid.left, foot)],
    places: [topOf(source), ...sourcePlaces(source, foot)],
  };
}

/** Strip after strip, a new page where one finds no room. */
function manyPages(layout: Layout, source: InfographicSource, { grid }: Setting): readonly Page[] {
  const { header, strips, small, gap } = layout;
  const pages: Piece[][] = [[...header.pieces]];
  let y = header.height;
  const put = (cell: Cell): number => {
    if (y + gap + cell.height > grid.bottom && y > grid.top) {
      pages.push([]);
      y = grid.top - gap;
    }
    const top = y + gap;
    pages.at(-1)?.push(...moved(cell, grid.left, top));
    y = top + cell.height;
    return top;
  };
  for (const { cell } of strips) put(cell);
  const foot = put(small);
  return pages.map((pieces, index) => ({
    pieces,
    places: [
      ...(index === 0 ? [topOf(source)] : []),
      ...(index === pages.length - 1 ? sourcePlaces(source, foot) : []),
    ],
  }));
}

function topOf({ title }: InfographicSource): Place {
  return { name: 'top', y: 0, bookmark: { title, level: 1 } };
}

function sourcePlaces({ sources }: InfographicSource, y: number): readonly Place[] {
  return sources.map(({ id }) => ({ name: `source-${id}`, y, bookmark: null }));
}

/** The panels of the first strip that, with all before it and the sources, goes beyond the page. */
function beyond({ header, strips, small, gap }: Layout, bottom: number): readonly Panel[] {
  let used = header.height + gap + small.height;
  const first = strips.find(({ cell }) => (used += cell.height + gap) > bottom);
  return (first ?? strips.at(-1))?.panels ?? [];
}

function misfitsIn({ bench, lead, strips }: Layout): readonly LayoutProblem[] {
  return [...leadParts(lead, bench), ...strips.flatMap(({ parts }) => parts)].flatMap((part) =>
    misfitsOf(part, bench),
  );
}
