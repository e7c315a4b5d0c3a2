import { checkFields } from './check-markdown.ts';
import { splitContainers } from './containers.ts';
import type { Segment } from './containers.ts';
import { paperTokens } from './inline.ts';
import type { Block, Inline, Markdown, Reference } from './model.ts';
import type { Findings } from './problems.ts';
import { listItems, tell, textBlocks } from './text-blocks.ts';
import type { Citation, Item, Place, Reading } from './text-blocks.ts';
import { pieces } from './tokens.ts';

/** A paper's text in reading order. `references` keep the lines of the items, for messages. */
export type PaperText = {
  readonly blocks: readonly Block[];
  readonly references: readonly (Reference & { readonly line: number })[];
  readonly cited: readonly Citation[];
};

/**
 * Reads a paper's text, with every mistake among the findings. `paper` is the whole text; `page` is the summary or the
 * closing, which hold no chapter for one situation and no references.
 */
export function readBlocks(text: Markdown, kind: 'paper' | 'page', findings: Findings): PaperText {
  checkFields(text, 'paper', findings);
  const reading: Reading = { file: text.file, findings, cited: [], references: null };
  const blocks = blocksIn(splitContainers(text, findings), kind, reading);
  return { blocks, references: reading.references ?? [], cited: reading.cited };
}

/** The blocks of a text that was checked when the content was read: a paper's summary or closing. */
export function blocksOf(text: Markdown): readonly Block[] {
  return readBlocks(text, 'page', { problems: [], mentions: [] }).blocks;
}

type Container = Extract<Segment, { kind: 'container' }>;

const BOXES = ['quote', 'key', 'checklist', 'worksheet'];
const MAY_HOLD: Readonly<Record<Place, readonly string[]>> = {
  paper: [...BOXES, 'only', 'references'],
  page: BOXES,
  only: BOXES,
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
    const known = MAY_HOLD.paper.includes(segment.name);
    const problem = `\`:::${segment.name}\` ${known ? 'cannot stand here' : 'is not known'}.`;
    const names = MAY_HOLD[place].map((name) => `:::${name}`).join(', ');
    tell(
      reading,
      line,
      problem,
      names === '' ? 'Close the block before it with `:::` first.' : `Known here: ${names}.`,
    );
    return [];
  });
}

function containerBlocks(container: Container, reading: Reading): readonly Block[] {
  const { name, line } = container;
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
    case 'only': {
      const situation = /^situation=([a-z0-9-]+)$/.exec(container.rest)?.[1];
      const blocks = blocksIn(container.inner, 'only', reading);
      if (situation === undefined) {
        tell(reading, line, '`:::only` names no situation.', 'Write :::only situation=<key>.');
        return [];
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

function titleOf({ name, rest, line }: Container, reading: Reading): string {
  if (rest === '')
    tell(reading, line, `\`:::${name}\` has no title.`, `Write it on the same line: :::${name} Title.`);
  checkFields({ source: rest, file: reading.file, line }, 'none', reading.findings);
  return paperTokens(rest)
    .flatMap((token) => token.children ?? [])
    .map((token) => token.content)
    .join('');
}

function onlyParagraph(blocks: readonly Block[], line: number, reading: Reading): readonly Inline[] | null {
  const [first] = blocks;
  if (blocks.length === 1 && first?.kind === 'paragraph') return first.text;
  tell(
    reading,
    line,
    '`:::quote` does not hold one paragraph.',
    'Write one sentence between `:::quote` and `:::`.',
  );
  return null;
}

/** A worksheet may begin with personal lines: what stands above the list is taken off it. */
function personalLinesAbove(container: Container, reading: Reading) {
  const [first, ...rest] = container.inner;
  if (first?.kind !== 'markdown') return { above: [], list: container };
  const { markdown } = first;
  const lines = markdown.source.split('\n');
  const at = Math.max(
    0,
    lines.findIndex((text) => /^[-*+] /.test(text)),
  );
  const head = { ...markdown, source: lines.slice(0, at).join('\n') };
  const above = textBlocks(head, 'key', reading).flatMap((block) => {
    if (block.kind === 'personal') return [block];
    tell(
      reading,
      block.line,
      'A worksheet begins with text.',
      'Write it above `:::worksheet`, or as an item.',
    );
    return [];
  });
  const body = { ...markdown, source: lines.slice(at).join('\n'), line: markdown.line + at };
  return { above, list: { ...container, inner: [{ kind: 'markdown' as const, markdown: body }, ...rest] } };
}

function onlyList({ name, line, inner }: Container, reading: Reading): readonly Item[] {
  const [first] = inner;
  const found = first?.kind === 'markdown' ? pieces(paperTokens(first.markdown.source)) : [];
  const numbered = name === 'references';
  const list = found[0];
  const fits = list?.open.type === (numbered ? 'ordered_list_open' : 'bullet_list_open');
  if (first?.kind === 'markdown' && list !== undefined && fits && inner.length === 1 && found.length === 1) {
    return listItems(list.inner, first.markdown.line, reading);
  }
  const wish = numbered
    ? 'Write each source as an item of its own: 1. Author, title, year.'
    : 'Write each item on a line of its own that begins with a hyphen.';
  tell(
    reading,
    line,
    `\`:::${name}\` does not hold one ${numbered ? 'numbered ' : ''}list and nothing else.`,
    wish,
  );
  return [];
}
