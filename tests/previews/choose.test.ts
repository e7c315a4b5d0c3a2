import { expect, it } from 'vitest';
import type { Block } from '../../src/content/paper-model.ts';
import type { Offer } from '../../src/content/model.ts';
import { chapterOf, chosenPages } from '../../previews/choose.ts';
import { lettersOf } from '../../previews/raster.ts';
import type { OpenedPdf } from '../../previews/raster.ts';

const quote: Block = { kind: 'quote', text: [{ kind: 'text', text: 'Said once.' }], line: 1 };
const sheet = { kind: 'worksheet', title: 'Your list', above: [], items: [], line: 2 } satisfies Block;
const key: Block = { kind: 'key', title: 'To keep', blocks: [], line: 3 };

const paperOf = (...blocks: readonly Block[]) =>
  ({ document: { kind: 'paper', blocks } }) as unknown as Offer;

/** A document of so many pages, of which some hold these words and all are equally full but where a number says how full. */
function pdfOf(
  pages: number,
  holds: Readonly<Record<number, string>>,
  full: Readonly<Record<number, number>> = {},
) {
  return {
    pages: Array.from({ length: pages }, (_, index) => ({
      number: index + 1,
      letters: `${lettersOf(holds[index + 1] ?? '')}${'x'.repeat(full[index + 1] ?? 2000)}`,
    })),
    chapters: [1, 2, 3, 4, 6, 8].map((page) => ({ title: '', page })),
  } as unknown as OpenedPdf;
}

it('a paper shows its cover, a page that knows and a page to work with, in the order of reading', () => {
  const pdf = pdfOf(12, { 9: 'And: Said once.', 5: 'Your list' });
  expect(chosenPages(paperOf(quote, sheet, key), pdf)).toEqual([1, 5, 9]);
});

it('takes the next best kind, and never a page twice', () => {
  expect(chosenPages(paperOf(quote, key), pdfOf(12, { 5: 'Said once. To keep', 7: 'To keep' }))).toEqual([
    1, 5, 7,
  ]);
});

it('does not take a chapter of the same name for the worksheet', () => {
  const filled: Block = { ...sheet, items: [[{ kind: 'text', text: 'Who would answer you today?' }]] };
  const pdf = pdfOf(12, { 5: 'Your list', 7: 'Your list Who would answer you today?', 9: 'Said once.' });
  expect(chosenPages(paperOf(quote, filled), pdf)).toEqual([1, 7, 9]);
});

it('passes over a page that is half empty where another has the same', () => {
  const pdf = pdfOf(12, { 5: 'Your list', 7: 'Your list', 9: 'Said once.' }, { 5: 700 });
  expect(chosenPages(paperOf(quote, sheet), pdf)).toEqual([1, 7, 9]);
});

it('shows where chapters begin when the paper has no such page', () => {
  expect(chosenPages(paperOf(), pdfOf(12, {}))).toEqual([1, 4, 6]);
});

it('a page is of the chapter that it goes on with, unless another begins in its upper half', () => {
  const chapters = [
    { title: 'One', page: 1, down: 0.1 },
    { title: 'Two', page: 3, down: 0.6 },
    { title: 'Three', page: 5, down: 0.1 },
  ];
  expect([1, 2, 3, 4, 5].map((page) => chapterOf(page, chapters))).toEqual([
    'One',
    'One',
    'One',
    'Two',
    'Three',
  ]);
});

it('an infographic is its one page', () => {
  const offer = { document: { kind: 'infographic' } } as unknown as Offer;
  expect(chosenPages(offer, pdfOf(1, {}))).toEqual([1]);
});
