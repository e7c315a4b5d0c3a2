import { readBlocks } from './blocks.ts';
import type { PaperText } from './blocks.ts';
import type { SourceFile } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import type { Block, PaperSource } from './paper-model.ts';
import { duplicates, fit } from './problems.ts';
import type { Findings } from './problems.ts';
import { block, group, line } from './shapes.ts';
import { slugOf } from './slug.ts';

/** What a document needs to know of the site. */
export type AboutSite = {
  /** Null: unknown. */
  readonly situations: readonly string[] | null;
  readonly language: string;
  /** What the engine's own parts of a paper are called. */
  readonly parts: readonly string[];
};

/** Reads `offers/<key>/document.md`. */
export function readPaper(file: SourceFile, site: AboutSite, findings: Findings): PaperSource | null {
  const parts = readFrontMatter(file, findings);
  if (parts === null) return null;
  const { yaml, body } = parts;
  const found = fit(paperShape, yaml, findings);
  const paper = readBlocks(body, 'paper', site.language, findings);
  if (body.source === '') {
    const remedy = 'Write it below the second `---`.';
    findings.problems.push({ file: body.file, line: body.line, problem: 'The paper has no text.', remedy });
  }
  if (found === null) return null;
  const summary = yaml.markdown(['summary']);
  const closing = yaml.markdown(['closing']);
  const pages = [summary, closing].map((page) => readBlocks(page, 'page', site.language, findings));
  const texts = [...pages, paper];
  if (!texts.some(({ isTorn }) => isTorn))
    findings.problems.push(
      ...referenceProblems(
        file.shown,
        paper,
        texts.flatMap(({ cited }) => cited),
      ),
      ...crossingProblems(
        file.shown,
        paper.blocks,
        [
          ...headingsIn(texts.flatMap(({ blocks }) => blocks)),
          ...[found.closing_heading, ...site.parts].map(slugOfWords),
        ],
        texts.flatMap(({ crossings }) => crossings),
      ),
    );
  return {
    kind: 'paper',
    title: found.title,
    titleLine: yaml.lineOf(['title']),
    subtitle: found.subtitle,
    author: found.author,
    summary,
    closingHeading: found.closing_heading,
    closing,
    blocks: paper.blocks,
    references: paper.references.map(({ id, text }) => ({ id, text })),
  };
}

/** Links within the paper lead to headings that every reader gets. `all` are the slugs of all that links could lead to. */
function crossingProblems(
  file: string,
  blocks: readonly Block[],
  all: readonly string[],
  crossings: PaperText['crossings'],
) {
  const slugs = headingsIn(blocks.filter((block) => block.kind !== 'only'));
  return crossings.flatMap(({ slug, line }) => {
    if (!slugs.includes(slug)) {
      const remedy = `Write one of: ${slugs.map((each) => `#${each}`).join(', ')}.`;
      return [{ file, line, problem: `The link leads to no heading: “#${slug}”.`, remedy }];
    }
    if (all.filter((each) => each === slug).length === 1) return [];
    const problem = `The link leads to more than one heading: “#${slug}”.`;
    const remedy = 'Give each its own heading; plans, the summary, the references and the closing count too.';
    return [{ file, line, problem, remedy }];
  });
}

function headingsIn(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'only') return headingsIn(block.blocks);
    if (block.kind === 'plan') return [slugOfWords(block.title)];
    return block.kind === 'heading' && block.level < 3 ? [slugOf(block.text)] : [];
  });
}

function slugOfWords(text: string): string {
  return slugOf([{ kind: 'text', text }]);
}

const paperShape = group({
  title: line(),
  subtitle: line(),
  author: line(),
  summary: block(),
  closing_heading: line(),
  closing: block(),
});

function referenceProblems(file: string, { references }: PaperText, cited: PaperText['cited']) {
  const ids = references.map(({ id }) => id);
  const lineOf = (index: number) => references[index]?.line ?? null;
  return [
    ...cited
      .filter(({ id }) => !ids.includes(id))
      .map(({ id, line }) => ({
        file,
        line,
        problem: `The reference [${id}] has no item in the list.`,
        remedy:
          ids.length === 0
            ? 'Add :::references with a numbered list at the end.'
            : `Add an item ${id}. to :::references, or write a number of the list.`,
      })),
    ...ids.flatMap((id, index) => {
      if (cited.some((each) => each.id === id)) return [];
      const remedy = `Write [${id}] where the text relies on it, or remove the item.`;
      return [{ file, line: lineOf(index), problem: `Nobody cites reference ${id}.`, remedy }];
    }),
    ...duplicates(ids).map((index) => ({
      file,
      line: lineOf(index),
      problem: `The number ${ids[index]} stands twice in the references.`,
      remedy: 'Give each item its own number.',
    })),
  ];
}
