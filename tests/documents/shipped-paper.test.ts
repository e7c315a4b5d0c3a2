import { beforeAll, describe, expect, test } from 'vitest';
import type { Inline, PaperSource } from '../../src/content/paper-model.ts';
import type { Content } from '../../src/content/model.ts';
import { gridOf } from '../../src/documents/layout/grid.ts';
import { roomOf } from '../../src/documents/layout/setting.ts';
import type { Page, Sheets, Tag } from '../../src/documents/layout/shapes.ts';
import { loadLook } from '../../src/kernel/look.ts';
import type { SetLine } from './set.ts';
import { faces, lineage, linesOn, marksOn, sheetsOf, shippedPaper } from './set.ts';

const look = loadLook();
const SITUATIONS = [null, 'quietly-looking', 'between-roles', 'final-rounds', 'next-level'];
const VARIANTS = ['white-paper', 'livre-blanc'].flatMap((offer) =>
  SITUATIONS.flatMap((situation) =>
    (['a4', 'letter'] as const).map((paper) => ({ offer, situation, paper })),
  ),
);

describe.each(VARIANTS)('the $offer as it ships ($situation, $paper)', ({ offer, situation, paper }) => {
  let content: Content;
  let source: PaperSource;
  let sheets: Sheets;
  let lines: readonly (readonly SetLine[])[];
  beforeAll(async () => {
    ({ content, source } = await shippedPaper(offer));
    sheets = await sheetsOf(content, source, situation, paper, offer);
    lines = sheets.pages.map(linesOn);
  });

  test('has 10 to 16 pages and nothing to mend', () => {
    expect(sheets.problems).toEqual([]);
    expect(sheets.pages.length).toBeGreaterThanOrEqual(10);
    expect(sheets.pages.length).toBeLessThanOrEqual(16);
  });

  test('has no half-empty page among its chapters', () => {
    const { bottom, top } = roomOf({ grid: gridOf(paper, look), look });
    const begins = pageOf(sheets, 'chapter-1');
    const ends = pageOf(sheets, 'references');
    for (const page of sheets.pages.slice(begins, ends)) {
      expect((footOf(page, bottom) - top) / (bottom - top)).toBeGreaterThan(0.7);
    }
  });

  test('sets 60 to 66 characters on a full line', () => {
    const full = lines.slice(1).flatMap(fullLines);
    const sum = full.reduce((count, { text }) => count + text.trimEnd().length, 0);
    expect(full.length).toBeGreaterThan(100);
    expect(sum / full.length).toBeGreaterThanOrEqual(60);
    expect(sum / full.length).toBeLessThanOrEqual(66);
  });

  test('has all lines of its text on one grid', () => {
    const { textLeft } = gridOf(paper, look);
    const { top } = roomOf({ grid: gridOf(paper, look), look });
    const { baseline, size } = look.print;
    for (const page of lines.slice(1)) {
      for (const { y } of page.filter((line) => line.size === size.body && line.left >= textLeft)) {
        const off = (y - top) / baseline;
        expect(off - Math.floor(off)).toBeCloseTo(0.75, 1);
      }
    }
  });

  test('leaves no heading alone at the foot of a page, and no line alone at its head or foot', () => {
    const counts = lines.slice(1).map(perTag);
    counts.forEach((count, index) => {
      const body = [...count].filter(([tag]) => tag.type === 'P' || tag.type === 'LBody');
      const goOn = ([tag]: (typeof body)[number]) =>
        counts.some((other, at) => at !== index && other.has(tag));
      for (const [, here] of body.filter(goOn)) expect(here).toBeGreaterThanOrEqual(2);
    });
    for (const page of lines.slice(1)) {
      const lowest = Math.max(...page.map(({ y }) => y));
      expect(page.filter(({ y }) => y === lowest).some(({ tag }) => /^H\d$/.test(tag.type))).toBe(false);
    }
  });

  test('tears no list, no box and no words to say', () => {
    const seen = new Map<Tag, Set<number>>();
    lines.forEach((page, index) => {
      for (const line of page.filter(({ size }) => size !== REFERENCE)) {
        for (const tag of lineage(line.tag).filter(({ type }) => /^(L|Div|BlockQuote)$/.test(type)))
          seen.set(tag, (seen.get(tag) ?? new Set()).add(index));
      }
    });
    expect(seen.size).toBeGreaterThan(15);
    for (const pages of seen.values()) expect(pages.size).toBe(1);
  });

  test('begins no page with a box', () => {
    const { textLeft } = gridOf(paper, look);
    for (const page of lines.slice(1)) {
      const body = page.filter(({ left }) => left >= textLeft);
      const first = body.toSorted((a, b) => a.y - b.y)[0];
      expect(lineage(first?.tag ?? null).map(({ type }) => type)).not.toContain('Div');
    }
  });

  test('stands every pull quote beside its own section', () => {
    const headings = new Map(
      sheets.pages.flatMap(({ places }, page) => places.map(({ name, y }) => [name, { page, y }] as const)),
    );
    const quotes = source.blocks.filter((block) => block.kind === 'quote');
    expect(quotes.length).toBeGreaterThan(4);
    const sections = source.blocks.flatMap((each) =>
      each.kind === 'heading' && each.level === 2 ? [each.line] : [],
    );
    const placed = quotes.map((quote) => {
      const above = headings.get(`line-${sections.findLast((line) => line < quote.line)}`);
      const below = headings.get(`line-${sections.find((line) => line > quote.line)}`);
      const begins = plain(quote.text).slice(0, 12);
      const page = lines.findIndex((each) =>
        each.some((line) => isQuote(line) && line.text.startsWith(begins)),
      );
      const at = (lines[page] ?? []).filter(isQuote).map(({ y }) => y);
      return (
        above !== undefined &&
        below !== undefined &&
        isBefore(above, { page, y: Math.min(...at) }) &&
        isBefore({ page, y: Math.max(...at) }, below)
      );
    });
    expect(placed).toEqual(quotes.map(() => true));
  });

  test('keeps its text clear of the footer', () => {
    for (const page of sheets.pages) {
      const marks = marksOn(page).filter(({ shape }) => shape.kind === 'text');
      const ends = marks.filter(({ tag }) => tag !== null).map(({ shape, dy }) => bottomOf(shape) + dy);
      const rules = page.pieces.filter(({ running }) => running === 'footer').flatMap((piece) => piece.marks);
      const rule = Math.min(...rules.flatMap(({ shape }) => (shape.kind === 'rule' ? [shape.y1] : [])));
      expect(Math.max(...ends)).toBeLessThan(rule - 4);
    }
  });

  test('tells all paragraphs apart by an indent', () => {
    const { textLeft } = gridOf(paper, look);
    const starts = lines.flatMap((page) => page.filter((line, at) => page[at - 1]?.tag !== line.tag));
    const body = starts.filter(({ tag, size }) => tag.type === 'P' && size === look.print.size.body);
    for (const name of ['summary', 'closing', ...(situation === null ? [] : ['own-1'])]) {
      const page = lines[pageOf(sheets, name)] ?? [];
      expect(page.some((line) => body.includes(line) && line.left === textLeft + look.print.baseline)).toBe(
        true,
      );
    }
  });

  test('has small numbers of 7 points at least, and links that a finger can hit', () => {
    const marks = sheets.pages.flatMap(marksOn);
    const links = marks.flatMap(({ shape }) => (shape.kind === 'link' ? [shape] : []));
    expect(links.length).toBeGreaterThan(30);
    for (const { w, h } of links) expect(Math.min(w, h)).toBeGreaterThanOrEqual(12);
    const sizes = marks.flatMap(({ shape }) => (shape.kind === 'text' ? [shape.size] : []));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(7);
  });

  test('keeps every word within the margins', async () => {
    const { right, left } = gridOf(paper, look);
    const type = await faces();
    for (const page of sheets.pages) {
      for (const { shape, dx } of marksOn(page)) {
        if (shape.kind !== 'text') continue;
        const { width } = type.measure(shape.face, shape.text.trimEnd(), shape.size);
        expect(shape.x + dx).toBeGreaterThanOrEqual(left - 0.5);
        expect(shape.x + dx + width).toBeLessThanOrEqual(right + 0.5);
      }
    }
  });
});

test('gives a chapter for a situation one page, and its plan the next', async () => {
  for (const { offer, situation, paper } of VARIANTS.filter((each) => each.situation !== null)) {
    const { content, source } = await shippedPaper(offer);
    const sheets = await sheetsOf(content, source, situation, paper, offer);
    expect(pageOf(sheets, 'own-1-plan-1')).toBe(pageOf(sheets, 'own-1') + 1);
    expect(pageOf(sheets, 'chapter-1')).toBe(pageOf(sheets, 'own-1') + 2);
  }
});

/** The size of references, which may run over two pages. */
const REFERENCE = 9;

function pageOf(sheets: Sheets, name: string): number {
  return sheets.pages.findIndex(({ places }) => places.some((place) => place.name === name));
}

/** Where the lowest thing above the footer ends. */
function footOf(page: Page, bottom: number): number {
  const ends = marksOn(page).map(({ shape, dy }) => {
    if (shape.kind === 'text') return shape.y + dy;
    return shape.kind === 'rect' ? shape.y + shape.h + dy : 0;
  });
  return Math.max(...ends.filter((y) => y <= bottom + look.print.baseline));
}

/** Where the letters of a text end below its baseline. */
function bottomOf(shape: Page['pieces'][number]['marks'][number]['shape']): number {
  return shape.kind === 'text' ? shape.y + shape.size * 0.25 : 0;
}

/** All lines of paragraphs but the last one of each on this page, and the first where it is indented. */
function fullLines(page: readonly SetLine[]): readonly SetLine[] {
  return page.filter(
    ({ tag, size, left }, index) =>
      tag.type === 'P' &&
      tag.parent?.type === 'Sect' &&
      size === look.print.size.body &&
      page[index + 1]?.tag === tag &&
      (page[index + 1]?.left ?? left) === left,
  );
}

type Spot = { readonly page: number; readonly y: number };

function isBefore(one: Spot, other: Spot): boolean {
  return one.page < other.page || (one.page === other.page && one.y < other.y);
}

/** A line of a pull quote in the side column. */
function isQuote({ tag, left }: SetLine): boolean {
  return tag.parent?.type === 'BlockQuote' && left < 150;
}

function plain(text: readonly Inline[]): string {
  return text.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('');
}

function perTag(page: readonly SetLine[]): ReadonlyMap<Tag, number> {
  const count = new Map<Tag, number>();
  for (const { tag } of page) count.set(tag, (count.get(tag) ?? 0) + 1);
  return count;
}
