import type { Block, Inline, PaperSource } from '../../content/model.ts';
import { blocksOf } from '../../content/blocks.ts';
import { wordsIn } from '../layout/blocks.ts';

/** One part of a paper; each begins a page. */
export type Part = {
  readonly kind: 'summary' | 'own' | 'chapter' | 'references' | 'closing';
  /** Chapters count from 1; the others, and a text before the first heading, have no number. */
  readonly number: number | null;
  readonly heading: readonly Inline[];
  readonly title: string;
  readonly name: string;
  readonly blocks: readonly Block[];
};

/** The parts in the order of reading: what was written for the reader's situation stands before the common chapters. */
export function partsOf(
  source: PaperSource,
  situation: string | null,
  words: { readonly summary: string; readonly references: string },
): readonly Part[] {
  const mine = source.blocks.filter(
    (block) => block.kind === 'only' && block.situation === situation && isChapter(block.blocks),
  );
  const common = source.blocks.filter((block) => block.kind !== 'only' || !isChapter(block.blocks));
  const own = chaptersOf(mine.flatMap((block) => (block.kind === 'only' ? block.blocks : [])));
  let count = 0;
  return [
    named('summary', words.summary, blocksOf(source.summary)),
    ...own.map((chapter, index) => ({
      ...chapter,
      kind: 'own' as const,
      number: null,
      name: `own-${index + 1}`,
    })),
    ...chaptersOf(common).map((chapter, index) => ({
      ...chapter,
      kind: 'chapter' as const,
      number: chapter.title === '' ? null : ++count,
      name: `chapter-${index + 1}`,
    })),
    ...(source.references.length === 0 ? [] : [named('references', words.references, [])]),
    named('closing', source.closingHeading, blocksOf(source.closing)),
  ];
}

function isChapter(blocks: readonly Block[]): boolean {
  const [first] = blocks;
  return first?.kind === 'heading' && first.level === 1;
}

function named(kind: 'summary' | 'references' | 'closing', title: string, blocks: readonly Block[]): Part {
  return { kind, number: null, heading: [{ kind: 'text', text: title }], title, name: kind, blocks };
}

function chaptersOf(blocks: readonly Block[]): readonly Pick<Part, 'heading' | 'title' | 'blocks'>[] {
  const chapters: { heading: readonly Inline[]; title: string; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 1) {
      chapters.push({ heading: block.text, title: wordsIn(block.text), blocks: [] });
    } else {
      if (chapters.length === 0) chapters.push({ heading: [], title: '', blocks: [] });
      chapters.at(-1)?.blocks.push(block);
    }
  }
  return chapters;
}
