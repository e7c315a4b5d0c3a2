import { beforeAll, describe, expect, test } from 'vitest';
import type { Faces } from '../../src/documents/layout/faces.ts';
import { loadFaces } from '../../src/documents/layout/faces.ts';
import { pagesOf } from '../../src/documents/layout/pages.ts';
import { PLAIN, headingRows, textRows } from '../../src/documents/layout/rows.ts';
import type { Row } from '../../src/documents/layout/rows.ts';
import { tag } from '../../src/documents/layout/shapes.ts';
import type { Page, Tag } from '../../src/documents/layout/shapes.ts';
import { plainSpan } from '../../src/documents/layout/spans.ts';
import { printStyles } from '../../src/documents/layout/styles.ts';
import { loadLook } from '../../src/kernel/look.ts';
import { FONTS, words } from './fixture.ts';

const styles = printStyles(loadLook());
const room = { top: 60, bottom: 360, line: 14 };
const column = { x: 0, width: 300 };
let faces: Faces;
beforeAll(async () => {
  faces = await loadFaces(FONTS);
});

describe('a page', () => {
  test('never begins or ends with a single line of a paragraph, nor ends with a heading', () => {
    for (let length = 20; length < 260; length += 7) {
      const rows = [
        ...text(length),
        ...text(35),
        ...heading(),
        ...text(60),
        ...text(length),
        ...heading(),
        ...text(25),
      ];
      for (const page of pagesOf(rows, room).pages) {
        const tags = linesOf(page);
        expect(['P', 'none']).toContain(tags.at(-1)?.type ?? 'none');
        for (const edge of [tags[0], tags.at(-1)]) {
          const there = tags.filter((one) => one === edge).length;
          const all = rows.filter((row) => row.marks[0]?.tag === edge).length;
          expect(there >= 2 || all === 1 || edge?.type !== 'P').toBe(true);
        }
      }
    }
  });

  test('is not left nearly empty at the end: the lines are taken in, or more come over', () => {
    for (let length = 120; length < 420; length += 5) {
      const last = pagesOf([...text(length), ...text(40), ...text(40)], room).pages.at(-1);
      expect(linesOf(last).length).toBeGreaterThanOrEqual(7);
    }
  });

  test('begins a line higher where that takes the last lines in, and never runs into its footer', () => {
    const begins = new Set<number>();
    for (let length = 120; length < 420; length += 5) {
      for (const { pieces } of pagesOf([...text(length), ...text(40), ...text(40)], room).pages) {
        const tops = pieces.map(({ y }) => y);
        begins.add(Math.min(...tops));
        expect(Math.max(...tops) + room.line).toBeLessThanOrEqual(room.bottom);
      }
    }
    expect([...begins].toSorted((one, other) => one - other)).toEqual([room.top - room.line, room.top]);
  });

  test('takes what floats to its head, and lets the text after it move up, but not past a heading', () => {
    const figure = { ...PLAIN, height: 150, marks: marked(tag('Figure', null)), floats: true };
    const place = { name: 'x', bookmark: null };
    const section = heading().map((row) => ({ ...row, place }));
    const lead = text(200)
      .slice(0, 16)
      .map((row): Row => ({ ...row, bond: 'free' }));
    const follow = text(130).map((row): Row => ({ ...row, bond: 'free' }));
    const [first, second] = pagesOf([...lead, figure, ...follow], room).pages.map(linesOf);
    expect(first?.at(-1)).toBe(follow[0]?.marks[0]?.tag);
    expect(second?.[0]?.type).toBe('Figure');
    const stopped = pagesOf([...lead, figure, ...section, ...follow], room).pages.map(linesOf);
    expect(stopped[0]).toHaveLength(lead.length);
    expect(stopped[1]?.slice(0, 2).map(({ type }) => type)).toEqual(['Figure', 'H2']);
  });

  test('keeps figures in their order: a small one does not pass the large one that floats', () => {
    const figure = (height: number, owner: Tag): Row => ({
      ...PLAIN,
      height,
      marks: marked(owner),
      floats: true,
    });
    const [large, small] = [tag('Figure', null), tag('Figure', null)];
    const lead = text(200)
      .slice(0, 14)
      .map((row): Row => ({ ...row, bond: 'free' }));
    const follow = text(20).map((row): Row => ({ ...row, bond: 'free' }));
    const { pages } = pagesOf([...lead, figure(180, large), ...follow, figure(30, small)], room);
    const order = pages.flatMap(linesOf).filter(({ type }) => type === 'Figure');
    expect(order).toEqual([large, small]);
    expect(order[0]).toBe(large);
  });

  test('gives a pull quote the nearest free place in the side column, or tells that there is none', () => {
    const aside = { height: 60, marks: marked(tag('BlockQuote', null)), line: 7, level: 'top' as const };
    const rows = text(140);
    const at = (change: (row: Row, index: number) => Row) => {
      const { pages, homeless } = pagesOf(rows.map(change), room);
      const found = pages[0]?.pieces.find(({ marks }) => marks === aside.marks);
      return { y: found?.y ?? null, homeless };
    };
    const quoted = (row: Row, index: number): Row => (index === 5 ? { ...row, aside } : row);
    expect(at(quoted).y).toBeCloseTo(room.top + 5 * room.line);
    const boxed = (row: Row, index: number): Row => (index === 4 ? { ...row, side: 60 } : quoted(row, index));
    expect(at(boxed).y).toBeGreaterThan(room.top + 4 * room.line + 60);
    const full = (row: Row, index: number): Row => ({ ...quoted(row, index), side: room.line });
    expect(at(full)).toEqual({ y: null, homeless: [7] });
  });

  test('ends a pull quote with the text that it follows, and keeps it within its section', () => {
    const aside = { height: 60, marks: marked(tag('BlockQuote', null)), line: 7, level: 'end' as const };
    const begins = { name: 'x', bookmark: { title: 'x', level: 2 } } as const;
    const section = heading().map((row) => ({ ...row, place: begins }));
    const quotedAt = (rows: readonly Row[]) => {
      const { pages, homeless } = pagesOf(rows, room);
      const pieces = pages[0]?.pieces ?? [];
      const at = pieces.findIndex(({ marks }) => marks === aside.marks);
      return { y: pieces[at]?.y ?? null, read: at, homeless };
    };
    const quoted = (rows: readonly Row[], of: number): readonly Row[] =>
      rows.map((row, index) => (index === of ? { ...row, aside } : row));
    // Five lines of the grid hold it; the eighth row ends with the eighth line. It is read after that row.
    const free = quotedAt(quoted(text(140), 7));
    expect(free.y).toBeCloseTo(room.top + 3 * room.line);
    expect(free.read).toBe(8);
    // What would begin above the page moves down, beside what comes next.
    expect(quotedAt(quoted(text(140), 1)).y).toBeCloseTo(room.top);
    // A section of five lines has room between two headings, one of two has none.
    const lines = text(140).map((row): Row => ({ ...row, bond: 'free' }));
    const between = (count: number) =>
      quotedAt([...section, ...quoted(lines.slice(0, count), count - 1), ...section, ...lines.slice(0, 8)]);
    expect(between(5).y).not.toBeNull();
    // The heading takes two lines of the grid.
    expect((between(5).y ?? 0) + aside.height).toBeLessThanOrEqual(room.top + 7 * room.line);
    expect(between(2)).toMatchObject({ y: null, homeless: [7] });
  });

  test('loses no row, however they are bound', () => {
    const bonds = ['free', 'whole', 'keep'] as const;
    const rows = text(900).map((row, index): Row => ({ ...row, bond: bonds[(index * 5) % 3] ?? 'free' }));
    const held = rows.map((row): Row => ({ ...row, bond: 'keep' }));
    for (const some of [rows, held]) {
      const { pages } = pagesOf(some, room);
      expect(pages.flatMap(linesOf)).toHaveLength(some.length);
      for (const { pieces } of pages) {
        expect(Math.max(...pieces.map(({ y }) => y))).toBeLessThanOrEqual(room.bottom);
      }
    }
  });
});

function marked(owner: Tag): Row['marks'] {
  return [{ shape: { kind: 'dot', x: 0, y: 0, r: 1, fill: '#000000' }, tag: owner }];
}

function text(length: number): readonly Row[] {
  return textRows([plainSpan(words(length), styles.body, tag('P', null))], styles.body, column, faces);
}

function heading(): readonly Row[] {
  return headingRows([plainSpan('A heading', styles.h2, tag('H2', null))], styles.h2, column, faces);
}

/** The tag of each line on a page, from its top. */
function linesOf(page: Page | undefined): readonly Tag[] {
  return (page?.pieces ?? []).flatMap(({ marks }) => {
    const first = marks[0]?.tag;
    return first === undefined || first === null ? [] : [first];
  });
}
