import type { TagType } from '../layout/shapes.ts';

/**
 * Gives headings the levels that they have for a listener: one that was written `###` right below a `#` is the second level, and so is the
 * next of its kind. PDF/UA-1 (7.4.2) allows no level to be left out, and the coach may leave one out. Ask in the order of reading.
 */
export function headings(): (type: TagType) => string {
  const open: number[] = [];
  return (type) => {
    const written = LEVELS.indexOf(type) + 1;
    if (written === 0) return type;
    while ((open.at(-1) ?? 0) >= written) open.pop();
    return `H${open.push(written)}`;
  };
}

const LEVELS: readonly TagType[] = ['H1', 'H2', 'H3'];
