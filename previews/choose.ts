import type { Block, Inline } from '../src/content/paper-model.ts';
import type { Offer } from '../src/content/model.ts';
import { lettersOf } from './raster.ts';
import type { Chapter, OpenedPdf } from './raster.ts';

/**
 * The pages that are shown, the cover first. Of a paper two more: one that shows what it knows (a chart, else a sentence pulled out),
 * and one to work with (a worksheet, else a checklist, else a box of key points); of each kind the fullest. What is missing is made up
 * for by the first pages of the chapters. An infographic is its one page.
 */
export function chosenPages({ document }: Offer, pdf: OpenedPdf): readonly number[] {
  if (document.kind !== 'paper') return [1];
  const chosen = [1];
  for (const kinds of WANTED) {
    const pages = kinds
      .map((kind) => pagesWith(kind, document.blocks, pdf).filter((page) => !chosen.includes(page)))
      .find((found) => found.length > 0);
    if (pages !== undefined) chosen.push(fullest(pages, pdf));
  }
  // The cover, the contents and the summary come before the first chapter.
  const openings = pdf.chapters.map(({ page }) => page).slice(3);
  chosen.push(
    ...openings.filter((page) => !chosen.includes(page)).slice(0, 1 + WANTED.length - chosen.length),
  );
  return chosen.toSorted((one, other) => one - other);
}

/** The chapter that a page is of: the one that begins in its upper half, else the one that it goes on with. */
export function chapterOf(page: number, chapters: readonly Chapter[]): string {
  return (
    chapters.findLast((chapter) => chapter.page < page || (chapter.page === page && chapter.down < 0.5))
      ?.title ?? ''
  );
}

type Kind = Block['kind'];
const WANTED: readonly (readonly Kind[])[] = [
  ['chart', 'quote'],
  ['worksheet', 'checklist', 'key'],
];

function pagesWith(kind: Kind, blocks: readonly Block[], pdf: OpenedPdf): readonly number[] {
  const signs = blocks
    .filter((block) => block.kind === kind)
    .map((block) =>
      signsOf(block)
        .map(lettersOf)
        .filter((sign) => sign !== ''),
    )
    .filter((all) => all.length > 0);
  return pdf.pages
    .filter(({ letters }) => signs.some((all) => all.every((sign) => letters.includes(sign))))
    .map(({ number }) => number);
}

/** Words by which a block is found again on its page: a title alone can be a chapter's too, so what stands first below it counts as well. */
function signsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'quote':
      return [wordsIn(block.text)];
    case 'chart':
      return [block.title, wordsIn(block.caption)];
    case 'worksheet':
    case 'checklist':
      return [block.title, ...block.items.slice(0, 1).map(wordsIn)];
    case 'key':
      return [block.title, ...block.blocks.slice(0, 1).flatMap(firstWords)];
    case 'excerpt':
    case 'heading':
    case 'list':
    case 'only':
    case 'paragraph':
    case 'personal':
    case 'plan':
      return [];
  }
}

function firstWords(block: Block): readonly string[] {
  if ('text' in block) return [wordsIn(block.text)];
  return 'items' in block ? block.items.slice(0, 1).map(wordsIn) : [];
}

/** Up to the first field or number of a source, which stand on the page in another form. */
function wordsIn(text: readonly Inline[]): string {
  const end = text.findIndex(({ kind }) => kind !== 'text');
  return (end === -1 ? text : text.slice(0, end)).map((part) => ('text' in part ? part.text : '')).join('');
}

/** The first among equals: a page is full when it has as many letters as the fullest, less a fifth. */
function fullest(pages: readonly number[], pdf: OpenedPdf): number {
  const lettersOn = (page: number) => pdf.pages[page - 1]?.letters.length ?? 0;
  const most = Math.max(...pages.map(lettersOn));
  return pages.find((page) => lettersOn(page) >= most * 0.8) ?? 1;
}
