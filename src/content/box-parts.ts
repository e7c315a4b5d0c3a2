import { checkFields } from './check-markdown.ts';
import type { Segment } from './containers.ts';
import { inlineTokens, paperTokens } from './inline.ts';
import type { Block, Inline } from './paper-model.ts';
import { listItems, tell, textBlocks } from './text-blocks.ts';
import type { Item, Reading } from './text-blocks.ts';
import { pieces } from './tokens.ts';

export type Container = Extract<Segment, { kind: 'container' }>;

/** The title behind the name of a box, as plain words. */
export function titleOf({ name, rest, line }: Container, reading: Reading): string {
  if (rest === '')
    tell(reading, line, `\`:::${name}\` has no title.`, `Write it on the same line: :::${name} Title.`);
  checkFields({ source: rest, file: reading.file, line }, 'none', reading.findings);
  const tokens = inlineTokens(rest);
  if (tokens.some((token) => token.type === 'cite' || token.type === 'link_open')) {
    const remedy = 'Put it into the text of the box.';
    tell(reading, line, 'A reference or a link stands in the title of a box.', remedy);
  }
  if (tokens.some((token) => token.type === 'text' && holdsBraces(token.content))) noBraces(line, reading);
  return tokens
    .filter((token) => token.type !== 'cite')
    .map((token) => token.content)
    .join('')
    .trim();
}

/** Braces that are none in the source (`&#123;`) would be taken for a field when a title is set. */
export function holdsBraces(text: string): boolean {
  return /\{\{|\}\}/.test(text);
}

export function noBraces(line: number, reading: Reading): void {
  tell(reading, line, 'Double braces stand in a title.', 'Write the title without them.');
}

/** The text of a box that holds one paragraph; null when it does not. */
export function onlyParagraph(
  blocks: readonly Block[],
  line: number,
  reading: Reading,
): readonly Inline[] | null {
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
export function personalLinesAbove(container: Container, reading: Reading) {
  const [first, ...rest] = container.inner;
  if (first?.kind !== 'markdown') return { above: [], list: container };
  const { markdown } = first;
  const lines = markdown.source.split('\n');
  const at = Math.max(
    0,
    lines.findIndex((text) => /^ {0,3}[-*+] /.test(text)),
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

/** The items of a box that holds one list and nothing else. */
export function onlyList({ name, line, inner }: Container, reading: Reading): readonly Item[] {
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
