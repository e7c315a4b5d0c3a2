import type { Block, Inline } from '../../content/model.ts';
import { keyRows, tickRows, writingRows } from './boxes.ts';
import { chartRows } from './chart.ts';
import { excerptRows, listRows } from './lists.ts';
import { personalRow } from './personal.ts';
import { asideOf, quoteRows } from './quotes.ts';
import { below, headingRows, leading, textRows } from './rows.ts';
import type { Aside, Column, Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Tag } from './shapes.ts';
import { spansOf } from './spans.ts';

/** Blocks as rows, one under the other. Headings of level 1 and plans begin parts of their own and are set there. */
export function blockRows(
  blocks: readonly Block[],
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const rows: Row[] = [];
  let before: Block | null = null;
  let aside: Aside | null = null;
  blocks.forEach((block, index) => {
    // Two in a row, or one with nothing after it, have no line to stand beside.
    const lone = aside !== null || index === blocks.length - 1;
    if (block.kind === 'quote' && !lone && !setting.pass.inColumn.has(block.line)) {
      aside = asideOf(block, owner, setting);
      return;
    }
    const set = rowsOf(block, before, column, owner, setting);
    // A heading and one line are not enough of a section to end a page with.
    const short = before?.kind === 'heading' && set.length === 1 && blocks[index + 1]?.kind === 'paragraph';
    const [first, ...others] = short ? leading(set) : set;
    if (first === undefined) return;
    rows.push(aside === null ? first : { ...first, aside }, ...others);
    before = block;
    aside = null;
  });
  return rows;
}

/** The words of a text, without its fields and citations: for bookmarks and the contents. */
export function wordsIn(text: readonly Inline[]): string {
  return text
    .map((inline) => (inline.kind === 'text' ? inline.text : inline.kind === 'field' ? inline.fallback : ''))
    .join('')
    .trim();
}

function rowsOf(
  block: Block,
  before: Block | null,
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const apart = before === null || before.kind === 'heading' ? 0 : setting.look.print.baseline;
  switch (block.kind) {
    case 'heading':
      return sectionRows(block, column, owner, setting);
    case 'paragraph':
      return paragraphRows(block.text, before, column, owner, setting);
    case 'list':
      return below(apart, listRows(block, column, owner, setting));
    case 'quote':
      return quoteRows(block, column, owner, setting);
    case 'excerpt':
      return below(apart, excerptRows(block, column, owner, setting));
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
      const style = { ...setting.styles.body, color: setting.styles.h3.color };
      return below(apart, [personalRow(block, style, column, tag('P', owner))]);
    }
    case 'chart':
      return chartRows(block, owner, setting);
    case 'plan':
      return [];
    case 'only':
      return block.situation === setting.situation ? blockRows(block.blocks, column, owner, setting) : [];
  }
}

/** In chapters a paragraph that follows another is known by its indent: no line is lost, and the lines of a page keep step. */
function paragraphRows(
  text: readonly Inline[],
  before: Block | null,
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { body } = setting.styles;
  const { baseline } = setting.look.print;
  const follows = before?.kind === 'paragraph' && setting.paragraphs === 'indented';
  const spans = spansOf(text, body, tag('P', owner), setting);
  const rows = textRows(spans, body, column, setting.faces, follows ? baseline : 0);
  const apart = follows || before === null || before.kind === 'heading' ? 0 : baseline;
  // What ends in a colon leads to the next block and stays with it.
  return below(apart, endsInColon(text) ? leading(rows) : rows);
}

/** The heading of a section: white space above it, none below, all on the grid. */
function sectionRows(
  block: Extract<Block, { kind: 'heading' }>,
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { section, h3 } = setting.styles;
  const { baseline } = setting.look.print;
  const style = block.level === 3 ? h3 : section;
  const level = tag(block.level === 3 ? 'H3' : 'H2', owner);
  const rows = headingRows(spansOf(block.text, style, level, setting), style, column, setting.faces);
  const gap = setting.paragraphs === 'spaced' ? 2 * baseline : baseline;
  if (block.level === 3) return below(gap, rows);
  const bookmark = { title: wordsIn(block.text), level: 2 } as const;
  const place = { name: `line-${block.line}`, bookmark };
  return below(
    gap,
    rows.map((row, index) => (index === 0 ? { ...row, place } : row)),
  );
}

function endsInColon(text: readonly Inline[]): boolean {
  const last = text.at(-1);
  return last?.kind === 'text' && last.text.trimEnd().endsWith(':');
}
