import type { Room } from './room.ts';
import type { Row } from './rows.ts';
import type { Mark } from './shapes.ts';

/** A row and where its top stands on the page. */
export type Placed = { readonly y: number; readonly row: Row };

type Found = { readonly row: Row; readonly y: number; readonly marks: readonly Mark[] };

/**
 * Finds a place in the side column for each pull quote of a page: beside the row that it belongs to, or as near to it as
 * there is room between what else stands in the side column, but never beside another section. Its lines step with the grid.
 */
export function findAsides(
  placed: readonly Placed[],
  room: Room,
): { readonly found: readonly Found[]; readonly homeless: readonly number[] } {
  const found: Found[] = [];
  const homeless: number[] = [];
  const taken = placed.flatMap(({ y, row }): readonly Stretch[] => (row.side > 0 ? [[y, y + row.side]] : []));
  placed.forEach(({ y, row }, index) => {
    const { aside } = row;
    if (aside === null) return;
    const wanted = aside.level === 'top' ? y : y + row.height - onGrid(aside.height, room);
    const at = nearest(wanted, aside.height, taken, sectionAt(index, placed, room), room);
    if (at === null) homeless.push(aside.line);
    else {
      found.push({ row, y: at, marks: aside.marks });
      taken.push([at, at + aside.height]);
    }
  });
  return { found, homeless };
}

type Stretch = readonly [from: number, to: number];

/** From where to where the section of a row stands on its page. */
function sectionAt(index: number, placed: readonly Placed[], { top }: Room): Stretch {
  const begins = ({ row }: Placed): boolean => (row.place?.bookmark ?? null) !== null;
  const next = placed.findIndex((each, at) => at > index && begins(each));
  const ends = placed.slice(0, next < 0 ? placed.length : next).map(({ y, row }) => y + row.height);
  return [placed.slice(0, index + 1).findLast(begins)?.y ?? top, Math.max(...ends)];
}

function onGrid(height: number, { line }: Room): number {
  return Math.ceil(height / line) * line;
}

/** White space between a pull quote and what stands above or below it, in lines. */
const APART = 1.5;

function nearest(
  wanted: number,
  height: number,
  taken: readonly Stretch[],
  [top, foot]: Stretch,
  { line }: Room,
): number | null {
  const apart = APART * line;
  const free = (y: number): boolean =>
    y >= top &&
    y + height <= foot &&
    taken.every(([from, to]) => y + height + apart <= from || y >= to + apart);
  for (let step = 0; step <= (foot - top) / line; step += 1) {
    for (const y of [wanted - step * line, wanted + step * line]) if (free(y)) return y;
  }
  return null;
}
