import { checkFields } from './check-markdown.ts';
import { onlyList, onlyParagraph, personalLinesAbove, titleOf } from './box-parts.ts';
import type { Container } from './box-parts.ts';
import { chartBlock } from './chart-block.ts';
import { splitContainers } from './containers.ts';
import type { Segment } from './containers.ts';
import { unpairedIn } from './fences.ts';
import { checkNesting } from './nesting.ts';
import type { Block, Reference } from './paper-model.ts';
import type { ContentProblem } from './model.ts';
import type { Markdown } from './text.ts';
import { planBlock } from './plan-block.ts';
import { noFindings } from './problems.ts';
import type { Findings } from './problems.ts';
import { tell, textBlocks } from './text-blocks.ts';
import type { Citation, Crossing, Place, Reading } from './text-blocks.ts';

/** A paper's text in reading order. `references` keep the lines of the items, for messages. */
export type PaperText = {
  readonly blocks: readonly Block[];
  readonly references: readonly (Reference & { readonly line: number })[];
  readonly cited: readonly Citation[];
  readonly crossings: readonly Crossing[];
  /** A container has no end, or an end no container: what was read need not be what was meant. */
  readonly isTorn: boolean;
};

/**
 * Reads a paper's text, with every mistake among the findings. `paper` is the whole text; `page` is the summary or the
 * closing, which hold no chapter for one situation and no references. `language` is that of its numbers.
 */
export function readBlocks(
  text: Markdown,
  kind: 'paper' | 'page',
  language: string,
  findings: Findings,
): PaperText {
  checkFields(text, 'paper', findings);
  const unpaired = unpairedIn(text);
  const own: Findings = { ...findings, problems: [] };
  const reading: Reading = {
    file: text.file,
    language,
    findings: own,
    cited: [],
    crossings: [],
    references: null,
  };
  const blocks = blocksIn(splitContainers(text), kind, reading);
  checkNesting(blocks, kind === 'paper' ? 0 : 1, reading);
  const { from = Infinity, mistakes = [] } = unpaired ?? {};
  const causes = mistakes.map((mistake): ContentProblem => ({ file: text.file, ...mistake }));
  for (const cause of causes) findings.causes.add(cause);
  // What is wrong behind such a mistake comes of it, as likely as not.
  findings.problems.push(...causes, ...own.problems.filter(({ line }) => (line ?? 0) < from));
  const { cited, crossings, references } = reading;
  return { blocks, references: references ?? [], cited, crossings, isTorn: unpaired !== null };
}

/** The blocks of a text that was checked when the content was read: a paper's summary or closing. */
export function blocksOf(text: Markdown, language: string): readonly Block[] {
  return readBlocks(text, 'page', language, noFindings()).blocks;
}

const BOXES = ['quote', 'key', 'checklist', 'worksheet', 'chart'];
const MAY_HOLD: Readonly<Record<Place, readonly string[]>> = {
  paper: [...BOXES, 'only', 'references'],
  page: BOXES,
  only: [...BOXES, 'plan'],
  key: [],
};

function blocksIn(segments: readonly Segment[], place: Place, reading: Reading): readonly Block[] {
  return segments.flatMap((segment) => {
    const line = segment.kind === 'markdown' ? segment.markdown.line : segment.line;
    if (reading.references !== null) {
      tell(reading, line, 'Text follows the references.', 'Move `:::references` to the end.');
    }
    if (segment.kind === 'markdown') return textBlocks(segment.markdown, place, reading);
    if (MAY_HOLD[place].includes(segment.name)) return containerBlocks(segment, reading);
    const known = Object.values(MAY_HOLD).some((names) => names.includes(segment.name));
    const problem = `\`:::${segment.name}\` ${known ? 'cannot stand here' : 'is not known'}.`;
    tell(reading, line, problem, remedyFor(segment.name, place));
    return [];
  });
}

function remedyFor(name: string, place: Place): string {
  if (name === 'plan' && place === 'paper')
    return 'Put it into `:::only situation=<key>`, below its `# Heading`.';
  const names = MAY_HOLD[place].map((each) => `:::${each}`).join(', ');
  const more = place === 'paper' ? '; in `:::only` also :::plan' : '';
  return names === '' ? 'Close the block before it with `:::` first.' : `Known here: ${names}${more}.`;
}

function containerBlocks(container: Container, reading: Reading): readonly Block[] {
  const { name, line } = container;
  // What else is empty is told for want of its list or its paragraph.
  if ((name === 'key' || name === 'only') && container.inner.length === 0)
    tell(reading, line, `\`:::${name}\` holds nothing.`, 'Write it before the `:::`, or remove both lines.');
  switch (name) {
    case 'quote': {
      const text = onlyParagraph(blocksIn(container.inner, 'key', reading), line, reading);
      return text === null ? [] : [{ kind: 'quote', text, line }];
    }
    case 'key':
      return [
        {
          kind: 'key',
          title: titleOf(container, reading),
          blocks: blocksIn(container.inner, 'key', reading),
          line,
        },
      ];
    case 'checklist': {
      const items = onlyList(container, reading).map((item) => item.text);
      return [{ kind: 'checklist', title: titleOf(container, reading), items, line }];
    }
    case 'worksheet': {
      const { above, list } = personalLinesAbove(container, reading);
      const items = onlyList(list, reading).map((item) => item.text);
      return [{ kind: 'worksheet', title: titleOf(container, reading), above, items, line }];
    }
    case 'chart':
      return chartBlock(container, reading);
    case 'plan':
      return planBlock(container, reading);
    case 'only': {
      const situation = /^situation=([a-z0-9-]+)$/.exec(container.rest)?.[1];
      const blocks = blocksIn(container.inner, 'only', reading);
      if (situation === undefined) {
        tell(reading, line, '`:::only` names no situation.', 'Write :::only situation=<key>.');
        return [];
      }
      const plan = blocks.find((block) => block.kind === 'plan');
      if (plan !== undefined && !beginsChapter(blocks)) {
        const remedy = 'Begin what stands in `:::only` with a line `# Heading`.';
        tell(reading, plan.line, 'The plan belongs to no chapter.', remedy);
      }
      const late = blocks.find((block) => block.kind === 'heading' && block.level === 1);
      if (late !== undefined && !beginsChapter(blocks)) {
        const remedy = 'Begin `:::only` with the line `# Heading`, or write it with ##.';
        tell(reading, late.line, 'A chapter begins in the middle of `:::only`.', remedy);
      }
      const where = '`:::only`';
      reading.findings.mentions.push({ kind: 'situation', key: situation, file: reading.file, line, where });
      return [{ kind: 'only', situation, blocks, line }];
    }
    default:
      reading.references = onlyList(container, reading).map((item) => ({
        id: item.number,
        text: item.text,
        line: item.line,
      }));
      return [];
  }
}

/** Whether these blocks are a chapter of their own, or stand within one. */
export function beginsChapter([first]: readonly Block[]): boolean {
  return first?.kind === 'heading' && first.level === 1;
}
