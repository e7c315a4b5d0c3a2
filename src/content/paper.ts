import { readBlocks } from './blocks.ts';
import type { PaperText } from './blocks.ts';
import type { SourceFile } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import type { Block, PaperSource } from './model.ts';
import { duplicates, fit } from './problems.ts';
import type { Findings } from './problems.ts';
import { block, group, line } from './shapes.ts';
import { slugOf } from './slug.ts';

/** Reads `offers/<key>/document.md`. `language` is that of the site. */
export function readPaper(file: SourceFile, language: string, findings: Findings): PaperSource | null {
  const parts = readFrontMatter(file, findings);
  if (parts === null) return null;
  const { yaml, body } = parts;
  const found = fit(paperShape, yaml, findings);
  const paper = readBlocks(body, 'paper', language, findings);
  if (body.source === '') {
    const remedy = 'Write it below the second `---`.';
    findings.problems.push({ file: body.file, line: body.line, problem: 'The paper has no text.', remedy });
  }
  if (found === null) return null;
  const summary = yaml.markdown(['summary']);
  const closing = yaml.markdown(['closing']);
  const pages = [summary, closing].map((page) => readBlocks(page, 'page', language, findings));
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

/** Links within the paper lead to headings that every reader gets. */
function crossingProblems(file: string, blocks: readonly Block[], crossings: PaperText['crossings']) {
  const slugs = blocks.flatMap((block) =>
    block.kind === 'heading' && block.level < 3 ? [slugOf(block.text)] : [],
  );
  return crossings
    .filter(({ slug }) => !slugs.includes(slug))
    .map(({ slug, line }) => ({
      file,
      line,
      problem: `The link leads to no heading: “#${slug}”.`,
      remedy: `Write one of: ${slugs.map((each) => `#${each}`).join(', ')}.`,
    }));
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
