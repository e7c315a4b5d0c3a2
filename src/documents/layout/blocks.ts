import type { Block, Inline } from '../../content/model.ts';
import { keyRows, tickRows, writingRows } from './boxes.ts';
import { personalRow } from './personal.ts';
import { below, headingRows, leading, textRows, together } from './rows.ts';
import type { Column, Ground, Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Tag } from './shapes.ts';
import { plainSpan, spansOf } from './spans.ts';
import type { TextStyle } from './styles.ts';

/** Blocks as rows, one under the other. Headings of level 1 begin a chapter and are set by it. */
export function blockRows(
  blocks: readonly Block[],
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  return blocks.flatMap((block) => rowsOf(block, column, owner, setting));
}

/** The words of a text, without its fields and citations: for bookmarks and the contents. */
export function wordsIn(text: readonly Inline[]): string {
  return text
    .map((inline) => (inline.kind === 'text' ? inline.text : inline.kind === 'field' ? inline.fallback : ''))
    .join('')
    .trim();
}

function rowsOf(block: Block, column: Column, owner: Tag, setting: Setting): readonly Row[] {
  const { body, h2, h3, quote, speech } = setting.styles;
  const half = setting.look.print.baseline / 2;
  switch (block.kind) {
    case 'heading': {
      const style = block.level === 3 ? h3 : h2;
      const level = tag(block.level === 3 ? 'H3' : 'H2', owner);
      const rows = headingRows(spansOf(block.text, style, level, setting), style, column, setting.faces);
      const named =
        block.level === 3 ? rows : rows.map((row, index) => (index === 0 ? marked(row, block) : row));
      return below(block.level === 3 ? 2 * half : 3 * half, named);
    }
    case 'paragraph': {
      const spans = spansOf(block.text, body, tag('P', owner), setting);
      const rows = textRows(spans, body, column, setting.faces);
      // What ends in a colon leads to the next block and stays with it.
      return below(half, endsInColon(block.text) ? leading(rows) : rows);
    }
    case 'list':
      return below(half, together(listRows(block, column, owner, setting)));
    case 'quote': {
      const text = tag('P', tag('BlockQuote', owner));
      const inner = { x: column.x + INDENT, width: column.width - INDENT };
      const rows = textRows(spansOf(block.text, quote, text, setting), quote, inner, setting.faces);
      return apart(2.5 * half, together(rows), bar(column.x + 1, setting.look.colors.light.accent, 1.5));
    }
    case 'excerpt': {
      const parent = tag('BlockQuote', owner);
      const inner = { x: column.x + INDENT, width: column.width - INDENT };
      const rows = block.paragraphs.flatMap((paragraph, index) => {
        const spans = spansOf(paragraph, speech, tag('P', parent), setting);
        return below(index === 0 ? 0 : half, textRows(spans, speech, inner, setting.faces));
      });
      return apart(half, rows, bar(column.x + 1, setting.look.colors.light.line, 1));
    }
    case 'key':
      return keyRows(
        block.title,
        (inner, parent) => blockRows(block.blocks, inner, parent, setting),
        owner,
        setting,
      );
    case 'checklist':
      return tickRows(block.title, block.items, owner, setting);
    case 'worksheet':
      return writingRows(block, owner, setting);
    case 'personal': {
      const style = { ...body, color: setting.styles.h3.color };
      return below(half, [personalRow(block, style, column, tag('P', owner))]);
    }
    case 'chart':
    case 'plan':
      throw new Error(`A ${block.kind} cannot be set yet.`);
    case 'only':
      return block.situation === setting.situation ? blockRows(block.blocks, column, owner, setting) : [];
  }
}

const INDENT = 18;

function listRows(
  list: Extract<Block, { kind: 'list' }>,
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { body } = setting.styles;
  const parent = tag('L', owner);
  return list.items.flatMap((item, index) => {
    const entry = tag('LI', parent);
    const label = list.ordered ? `${index + 1}.` : '–';
    const inner = { x: column.x + INDENT, width: column.width - INDENT };
    const spans = spansOf(item, body, tag('LBody', entry), setting);
    const rows = textRows(spans, body, inner, setting.faces);
    const long = list.items.some((text) => wordsIn(text).length > ONE_LINE);
    return below(
      index > 0 && long ? setting.look.print.baseline / 4 : 0,
      labelled(rows, label, entry, column, body, setting),
    );
  });
}

/** Items longer than about a line stand a little apart. */
const ONE_LINE = 70;

/** Puts a number or a dash before the first line. */
function labelled(
  rows: readonly Row[],
  label: string,
  entry: Tag,
  column: Column,
  style: TextStyle,
  setting: Setting,
): readonly Row[] {
  const color = setting.look.colors.light.accent;
  const span = { ...plainSpan(`${label} `, style, tag('Lbl', entry)), color };
  const [mark] = textRows([span], style, column, setting.faces);
  return rows.map((row, index) =>
    index === 0 ? { ...row, marks: [...(mark?.marks ?? []), ...row.marks] } : row,
  );
}

/** A thin line along the left of a quotation. */
function bar(x: number, color: string, width: number): Ground {
  return (top, bottom) => [
    { shape: { kind: 'rule', x1: x, y1: top + 2, x2: x, y2: bottom - 2, color, width }, tag: null },
  ];
}

function apart(gap: number, rows: readonly Row[], ground: Ground): readonly Row[] {
  return below(
    gap,
    rows.map((row) => ({ ...row, ground })),
  );
}

function marked(row: Row, block: Extract<Block, { kind: 'heading' }>): Row {
  const bookmark = { title: wordsIn(block.text), level: 2 } as const;
  return { ...row, place: { name: `line-${block.line}`, bookmark } };
}

function endsInColon(text: readonly Inline[]): boolean {
  const last = text.at(-1);
  return last?.kind === 'text' && last.text.trimEnd().endsWith(':');
}
