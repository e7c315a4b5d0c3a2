import type { Block, Inline, PaperSource } from '../../content/paper-model.ts';
import type { Content } from '../../content/model.ts';
import { beginsChapter, blocksOf } from '../../content/blocks.ts';
import { wordsIn } from '../layout/blocks.ts';

export type PlanBlock = Extract<Block, { kind: 'plan' }>;

/** One part of a paper. */
export type Part = {
  readonly kind: 'summary' | 'own' | 'plan' | 'chapter' | 'references' | 'closing';
  /** Chapters count from 1; the others, and a text before the first heading, have no number. */
  readonly number: number | null;
  readonly heading: readonly Inline[];
  readonly title: string;
  readonly name: string;
  /** Of a plan: nothing but the plan. */
  readonly blocks: readonly Block[];
};

/** The parts in the order of reading: what was written for the reader's situation stands before the common chapters. */
export function partsOf(
  source: PaperSource,
  situation: string | null,
  { site, words: { document: words } }: Pick<Content, 'site' | 'words'>,
): readonly Part[] {
  const mine = source.blocks.flatMap((block) =>
    block.kind === 'only' && block.situation === situation && beginsChapter(block.blocks) ? block.blocks : [],
  );
  const common = source.blocks.filter((block) => block.kind !== 'only' || !beginsChapter(block.blocks));
  let count = 0;
  return [
    named('summary', words.summary, blocksOf(source.summary, site.language)),
    ...chaptersOf(mine).flatMap((chapter, index) => withPlans(chapter, `own-${index + 1}`)),
    ...chaptersOf(common).map((chapter, index) => ({
      ...chapter,
      kind: 'chapter' as const,
      number: chapter.title === '' ? null : ++count,
      name: `chapter-${index + 1}`,
    })),
    ...(source.references.length === 0 ? [] : [named('references', words.references, [])]),
    named('closing', source.closingHeading, blocksOf(source.closing, site.language)),
  ];
}

/** Parts that run on from one page to the next; a new group begins a page. */
export function groupsOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const before = groups.at(-1)?.at(-1)?.kind;
    const runsOn = before === part.kind || (before === 'chapter' && part.kind === 'references');
    if (runsOn && part.kind !== 'plan') groups.at(-1)?.push(part);
    else groups.push([part]);
  }
  return groups;
}

function named(kind: 'summary' | 'references' | 'closing', title: string, blocks: readonly Block[]): Part {
  return { kind, number: null, heading: [{ kind: 'text', text: title }], title, name: kind, blocks };
}

type Chapter = Pick<Part, 'heading' | 'title' | 'blocks'>;

/** A chapter for one situation, and each of its plans as a part behind it. */
function withPlans(chapter: Chapter, name: string): readonly Part[] {
  const plans = chapter.blocks.filter((block) => block.kind === 'plan');
  return [
    { ...chapter, kind: 'own', number: null, name },
    ...plans.map((plan, index): Part => {
      const heading = [{ kind: 'text', text: plan.title }] as const;
      return {
        kind: 'plan',
        number: null,
        heading,
        title: plan.title,
        name: `${name}-plan-${index + 1}`,
        blocks: [plan],
      };
    }),
  ];
}

function chaptersOf(blocks: readonly Block[]): readonly Chapter[] {
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
