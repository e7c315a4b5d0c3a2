import type { Ground, Row } from './rows.ts';
import type { Page, Piece, Place } from './shapes.ts';

/** From where to where rows may stand on a page. */
export type Room = { readonly top: number; readonly bottom: number };

/**
 * Sets rows on pages. Where the last page would hold only a few lines, a compositor's remedies: all pages run longer by a
 * line at the foot and another at the head, or, when that does not help, the last page gets more from the one before it.
 */
export function pagesOf(rows: readonly Row[], room: Room, line: number): readonly Page[] {
  const usual = stack(rows, room);
  const few = FEW_LINES * line;
  if (usual.length > 1 && endOf(usual.at(-1) ?? []) < room.top + few) {
    for (const head of [0, line]) {
      const longer = stack(rows, { top: room.top - head, bottom: room.bottom + line });
      if (longer.length < usual.length) return longer.map(pageOf);
    }
    return evened(usual, room, few).map(pageOf);
  }
  return usual.map(pageOf);
}

const FEW_LINES = 9;

type Placed = { readonly y: number; readonly row: Row };

function stack(rows: readonly Row[], room: Room): readonly (readonly Placed[])[] {
  const pages: Placed[][] = [[]];
  let y = room.top;
  const put = (group: readonly Row[]): void => {
    for (const row of group) {
      const page = pages.at(-1) ?? [];
      if (page.length > 0) y += row.gap;
      page.push({ y, row });
      y += row.height;
    }
  };
  const turn = (): void => {
    if ((pages.at(-1) ?? []).length > 0) pages.push([]);
    y = room.top;
  };
  const fits = (group: readonly Row[], from: number): boolean =>
    from + tall(group, from > room.top) <= room.bottom + 0.01;
  const place = (group: readonly Row[], bond: 'whole' | 'keep' | 'none'): void => {
    if (fits(group, y)) put(group);
    else if (bond !== 'none' && !fits(group, room.top)) {
      // Too long for any page: let go of the weaker bond, and at last of all.
      const weaker = bond === 'whole' ? 'keep' : 'none';
      for (const part of split(group, weaker)) place(part, weaker);
    } else {
      turn();
      put(group);
    }
  };
  for (const group of split(rows, 'whole')) place(group, 'whole');
  return pages;
}

/** The same pages, so much moved from the last but one to the last that it is no longer nearly empty. */
function evened(
  pages: readonly (readonly Placed[])[],
  room: Room,
  few: number,
): readonly (readonly Placed[])[] {
  const [before = [], last = []] = pages.slice(-2);
  const rows = [...before, ...last].map(({ row }) => row);
  const groups = split(rows, 'whole');
  for (let count = groups.length - 1; count > 0; count--) {
    const tail = groups.slice(count).flat();
    if (tall(tail, false) < few) continue;
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

function tall(rows: readonly Row[], follows: boolean): number {
  return rows.reduce((sum, row, index) => sum + row.height + (index === 0 && !follows ? 0 : row.gap), 0);
}

function pageOf(placed: readonly Placed[]): Page {
  const grounds = new Map<Ground, { top: number; bottom: number }>();
  for (const { y, row } of placed) {
    if (row.ground === null) continue;
    const stretch = grounds.get(row.ground);
    if (stretch === undefined) grounds.set(row.ground, { top: y, bottom: y + row.height });
    else stretch.bottom = y + row.height;
  }
  const pieces: Piece[] = [...grounds].map(([ground, { top, bottom }]) => ({
    x: 0,
    y: 0,
    marks: ground(top, bottom),
  }));
  const places: Place[] = [];
  for (const { y, row } of placed) {
    if (row.marks.length > 0) pieces.push({ x: 0, y, marks: row.marks });
    if (row.place !== null) places.push({ ...row.place, y });
  }
  return { pieces, places };
}
