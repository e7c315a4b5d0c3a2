import type { Token } from 'markdown-it';
import { checkInline } from './check-markdown.ts';
import { inlinesOf, paperTokens } from './inline.ts';
import type { Block, Inline, Reference } from './paper-model.ts';
import type { Markdown } from './text.ts';
import type { Findings } from './problems.ts';
import { holdsPersonalField, personalLine } from './personal-line.ts';
import { pieces } from './tokens.ts';

/** What is gathered while one text is read. */
export type Reading = {
  readonly file: string;
  readonly language: string;
  readonly findings: Findings;
  readonly cited: Citation[];
  readonly crossings: Crossing[];
  references: (Reference & { readonly line: number })[] | null;
};

/** A number in square brackets, and the line it stands on. */
export type Citation = { readonly id: number; readonly line: number };

/** A link to a heading of the same paper, `[words](#heading-in-small-letters)`. */
export type Crossing = { readonly slug: string; readonly line: number };

/** Where a block stands: in the paper itself, on its summary or closing page, in a chapter for one situation, in a box. */
export type Place = 'paper' | 'page' | 'only' | 'key';

export type Item = { readonly number: number; readonly text: readonly Inline[]; readonly line: number };

/** The blocks of ordinary Markdown between the containers. */
export function textBlocks(markdown: Markdown, place: Place, reading: Reading): readonly Block[] {
  return pieces(paperTokens(markdown.source)).flatMap(({ open, inner }): Block[] => {
    const line = markdown.line + (open.map?.[0] ?? 0);
    switch (open.type) {
      case 'heading_open': {
        const level = Number(open.tag.slice(1));
        if (place === 'key')
          tell(reading, line, 'A heading stands inside a box.', 'Write the title after the name of the box.');
        if (level === 1 && place === 'page')
          tell(
            reading,
            line,
            'A chapter begins on the summary or closing page.',
            'Write its heading with ##.',
          );
        if (level !== 1 && level !== 2 && level !== 3) {
          tell(reading, line, `A heading of level ${level} is too deep.`, 'Use #, ## or ###.');
          return [];
        }
        const text = runs(inner, line, reading);
        if (
          !text.some(
            (inline) => inline.kind === 'field' || (inline.kind === 'text' && /\S/.test(inline.text)),
          )
        )
          tell(reading, line, 'A heading has no words.', 'Write them behind the #, or remove the line.');
        return [{ kind: 'heading', level, text, line }];
      }
      case 'paragraph_open': {
        const text = inlines(inner, line, reading);
        const personal = personalLine(text, line);
        if (personal !== null) return [personal];
        noPersonalField(text, line, reading);
        return [{ kind: 'paragraph', text, line }];
      }
      case 'bullet_list_open':
      case 'ordered_list_open': {
        const items = listItems(inner, markdown.line, reading).map((item) => item.text);
        const ordered = open.type === 'ordered_list_open';
        const start = open.attrGet('start');
        return [{ kind: 'list', ordered, items, line, ...(start === null ? {} : { start: Number(start) }) }];
      }
      case 'blockquote_open': {
        if (place === 'key') {
          const remedy = 'Write it above or below the box, or as a paragraph without `>`.';
          tell(reading, line, 'A quotation with `>` stands inside a box.', remedy);
          return [];
        }
        const inside = pieces(inner);
        if (inside.some((piece) => piece.open.type !== 'paragraph_open')) {
          tell(
            reading,
            line,
            'A quotation with `>` holds more than paragraphs.',
            'Put lists and headings after it.',
          );
        }
        const paragraphs = inside.map((piece) =>
          runs(piece.inner, markdown.line + (piece.open.map?.[0] ?? 0), reading),
        );
        return [{ kind: 'excerpt', paragraphs, line }];
      }
      default: {
        const [problem, remedy] = STRANGERS[open.type] ?? [
          'This cannot stand in a paper.',
          'Write it as a paragraph or a list.',
        ];
        tell(reading, line, problem, remedy);
        return [];
      }
    }
  });
}

const STRANGERS: Readonly<Record<string, readonly [string, string]>> = {
  table_open: ['A table cannot stand in a paper.', 'Write it as a list.'],
  fence: ['Code cannot stand in a paper.', 'Remove the line with the backticks.'],
  code_block: ['The line is indented by four spaces or more.', 'Begin it at the left margin.'],
  hr: ['A line across the page cannot stand in a paper.', 'Begin a section with ## and a heading.'],
};

/** The items of a list, each with its number as written (0 where it has none). */
export function listItems(tokens: readonly Token[], firstLine: number, reading: Reading): readonly Item[] {
  return pieces(tokens).flatMap(({ open, inner }) => {
    const line = firstLine + (open.map?.[0] ?? 0);
    const [paragraph, ...more] = pieces(inner);
    if (paragraph?.open.type !== 'paragraph_open' || more.length > 0) {
      const nested = more.some((piece) => piece.open.type.endsWith('list_open'));
      const problem = nested ? 'A list stands inside a list.' : 'An item is not one paragraph.';
      const at = firstLine + ((more[0] ?? paragraph)?.open.map?.[0] ?? open.map?.[0] ?? 0);
      tell(reading, at, problem, 'Give each item one paragraph, and no list of its own.');
      return [];
    }
    return [{ number: Number(open.info), text: runs(paragraph.inner, line, reading), line }];
  });
}

/** A text in which no personal field may stand. */
function runs(tokens: readonly Token[], line: number, reading: Reading): readonly Inline[] {
  const text = inlines(tokens, line, reading);
  noPersonalField(text, line, reading);
  return text;
}

function noPersonalField(text: readonly Inline[], line: number, reading: Reading): void {
  if (!holdsPersonalField(text)) return;
  const problem = 'A name or a role does not stand on a plain line of its own.';
  const remedy =
    'Give {{name}} or {{role|…}} a line between empty lines, without bold, italics or links, with few words around it, such as {{name}}, or For {{role|your next post}}.';
  tell(reading, line, problem, remedy);
}

function inlines(tokens: readonly Token[], line: number, reading: Reading): readonly Inline[] {
  const children = tokens.flatMap((token) => token.children ?? []);
  checkInline(children, reading.file, line, reading.findings, (slug, at) =>
    reading.crossings.push({ slug, line: at }),
  );
  let at = line;
  for (const token of children) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') at += 1;
    if (token.type === 'cite') reading.cited.push({ id: Number(token.content), line: at });
    if (token.type === 'text' && /\[\d+\s*[,;–-]\s*\d+\]/.test(token.content)) {
      tell(
        reading,
        at,
        'Several references stand in one pair of brackets.',
        'Write each in its own: [1][2].',
      );
    }
  }
  return inlinesOf(children);
}

/** Notes a mistake. */
export function tell(reading: Reading, line: number, problem: string, remedy: string): void {
  reading.findings.problems.push({ file: reading.file, line, problem, remedy });
}
