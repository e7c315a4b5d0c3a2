import { findAsides } from './asides.ts';
import type { Placed } from './asides.ts';
import type { Room } from './room.ts';
import type { Row } from './rows.ts';
import type { Page, Piece, Place } from './shapes.ts';

/** Pages as set; `homeless` are the lines (in the document's file) of pull quotes for which no side column had room. */
export type SetPages = { readonly pages: readonly Page[]; readonly homeless: readonly number[] };

/**
 * Sets rows on pages. Where the last page would hold only a few lines, a compositor's remedies: all pages begin a line
 * higher, or, when that does not help, the last page gets more from the one before it.
 */
export function pagesOf(rows: readonly Row[], room: Room): SetPages {
  const usual = stack(rows, room);
  const few = FEW_LINES * room.line;
  if (usual.length > 1 && endOf(usual.at(-1) ?? []) < room.top + few) {
    // Not at the foot: on Letter the rule of the footer stands less than a line below the last one.
    const longer = { ...room, top: room.top - room.line };
    const pages = stack(rows, longer);
    if (pages.length < usual.length) return finished(pages, longer);
    return finished(evened(usual, room, few), room);
  }
  return finished(usual, room);
}

const FEW_LINES = 9;

function finished(stacked: readonly (readonly Placed[])[], room: Room): SetPages {
  const set = stacked.map((page) => pageOf(page, room));
  return { pages: set.map(({ page }) => page), homeless: set.flatMap(({ homeless }) => homeless) };
}

/** Whether all of it fits on one page. */
export function fitsOnPage(rows: readonly Row[], room: Room): boolean {
  return endAfter(rows, room.top, room) <= room.bottom + SLIP;
}

function stack(rows: readonly Row[], room: Room): readonly (readonly Placed[])[] {
  const pages: Placed[][] = [[]];
  let y = room.top;
  const put = (group: readonly Row[]): void => {
    for (const row of group) {
      y = topOf(row, y, room);
      pages.at(-1)?.push({ y, row });
      y += row.height;
    }
  };
  let floating: readonly Row[] = [];
  const turn = (): void => {
    if ((pages.at(-1) ?? []).length > 0) pages.push([]);
    y = room.top;
    const first = floating;
    floating = [];
    put(first);
  };
  const fits = (group: readonly Row[], from: number): boolean =>
    endAfter(group, from, room) <= room.bottom + SLIP;
  const place = (group: readonly Row[], bond: 'whole' | 'keep' | 'none'): void => {
    const needs = group[0]?.needs ?? 0;
    if (fits(group, y) && (y === room.top || y + needs <= room.bottom)) put(group);
    else if (bond !== 'none' && !fits(group, room.top)) {
      // Too long for any page: let go of the weaker bond, and at last of all.
      const weaker = bond === 'whole' ? 'keep' : 'none';
      for (const part of split(group, weaker)) place(part, weaker);
    } else {
      turn();
      // What floated to the head of this page may have left too little of it.
      if (y > room.top) place(group, bond);
      else put(group);
    }
  };
  for (const group of split(rows, 'whole')) {
    const [first] = group;
    // Nothing passes what floats that begins a section, or that is itself a chart: figures keep their order.
    if (floating.length > 0 && (first?.floats === true || (first?.place ?? null) !== null)) turn();
    const floats = first?.floats === true && floating.length === 0 && fits(group, room.top);
    if (floats && !fits(group, y)) floating = group;
    else place(group, 'whole');
  }
  if (floating.length > 0) turn();
  return pages;
}

/** Rounding; a hundredth of a point is no overflow. */
const SLIP = 0.01;

/** Where a row begins that comes after what ends at `y`. The white space above it falls away at the top of a page. */
function topOf(row: Row, y: number, { top, line }: Room): number {
  const from = y > top ? y + row.gap : y;
  return row.onGrid ? top + Math.ceil((from - top - SLIP) / line) * line : from;
}

function endAfter(rows: readonly Row[], from: number, room: Room): number {
  return rows.reduce((y, row) => topOf(row, y, room) + row.height, from);
}

/** The same pages, so much moved from the last but one to the last that it is no longer nearly empty. */
function evened(
  pages: readonly (readonly Placed[])[],
  room: Room,
  few: number,
): readonly (readonly Placed[])[] {
  const [before = [], last = []] = pages.slice(-2);
  const groups = split(
    [...before, ...last].map(({ row }) => row),
    'whole',
  );
  for (let count = groups.length - 1; count > 0; count--) {
    const tail = groups.slice(count).flat();
    if (endAfter(tail, room.top, room) < room.top + few) continue;
    const parts = [groups.slice(0, count).flat(), tail].map((part) => stack(part, room));
    // Only if each half fits on its page, and the first is still a full one to the eye.
    const half = (room.bottom - room.top) / 2;
    const fine = parts.every((part) => part.length === 1) && endOf(parts[0]?.[0] ?? []) > room.top + half;
    return fine ? [...pages.slice(0, -2), ...parts.flat()] : pages;
  }
  return pages;
}

function endOf(page: readonly Placed[]): number {
  return Math.max(0, ...page.map(({ y, row }) => y + row.height));
}

/** Cuts rows wherever a page may end, honouring `bond` and what is stronger. */
function split(rows: readonly Row[], bond: 'whole' | 'keep' | 'none'): readonly (readonly Row[])[] {
  const groups: Row[][] = [[]];
  for (const row of rows) {
    groups.at(-1)?.push(row);
    const held = bond === 'whole' ? row.bond !== 'free' : bond === 'keep' && row.bond === 'keep';
    if (!held) groups.push([]);
  }
  return groups.filter((group) => group.length > 0);
}

/** The pieces stand in the order of reading: screen readers follow the order of drawing. */
function pageOf(
  placed: readonly Placed[],
  room: Room,
): { readonly page: Page; readonly homeless: readonly number[] } {
  const pieces: Piece[] = [];
  const places: Place[] = [];
  const { found, homeless } = findAsides(placed, room);
  placed.forEach(({ y, row }, index) => {
    const { ground } = row;
    if (ground !== null && placed[index - 1]?.row.ground !== ground) {
      const last = placed.findLast((each) => each.row.ground === ground);
      const marks = ground(y, last === undefined ? y : last.y + last.row.height);
      pieces.push({ x: 0, y: 0, marks });
    }
    const own = row.marks.length > 0 ? [{ x: 0, y, marks: row.marks }] : [];
    const quoted = found.flatMap((aside) =>
      aside.row === row ? [{ x: 0, y: aside.y, marks: aside.marks }] : [],
    );
    // A quote that belongs to the text above is read after it.
    pieces.push(...(row.aside?.level === 'end' ? [...own, ...quoted] : [...quoted, ...own]));
    if (row.place !== null) places.push({ ...row.place, y });
  });
  return { page: { pieces, places }, homeless };
}
