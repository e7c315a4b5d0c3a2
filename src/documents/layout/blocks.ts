import type { Block, Inline } from '../../content/paper-model.ts';
import { keyRows, tickRows, writingRows } from './boxes.ts';
import { chartRows } from './chart.ts';
import { excerptRows, listRows } from './lists.ts';
import { personalRow } from './personal.ts';
import { asideOf, quoteRows } from './quotes.ts';
import { below, bound, headingRows, leading, textRows } from './rows.ts';
import type { Aside, Column, Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Tag } from './shapes.ts';
import { spansOf } from './spans.ts';

/** What stands in the flow of the text. */
type Flowing = Exclude<Block, { readonly kind: 'only' | 'plan' }>;

/** Blocks as rows, one under the other. Headings of level 1 and plans begin parts of their own and are set there. */
export function blockRows(
  blocks: readonly Block[],
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const flow = blocks.flatMap((block) => flowing(block, setting));
  const rows: Row[] = [];
  let before: Flowing | null = null;
  let waiting: Aside | null = null;
  for (const [index, block] of flow.entries()) {
    const next = flow[index + 1];
    if (block.kind === 'quote' && !setting.pass.inColumn.has(block.line)) {
      // It stands beside what it follows, or, at the head of its section, beside what comes next.
      const last = begins(before) ? undefined : rows.at(-1);
      if (last?.aside === null) {
        rows[rows.length - 1] = { ...last, aside: asideOf(block, 'end', owner, setting) };
        continue;
      }
      if (last === undefined && waiting === null && next !== undefined) {
        waiting = asideOf(block, 'top', owner, setting);
        continue;
      }
    }
    const set = rowsOf(block, before, column, owner, setting);
    // A heading and one line are not enough of a section to end a page with.
    const short = before?.kind === 'heading' && set.length === 1 && next !== undefined;
    const [first, ...others] = short && next.kind !== 'heading' ? leading(set) : set;
    if (first === undefined) continue;
    const held = isBox(block) ? rows.splice(-1).map(tiedToBox) : [];
    rows.push(...held, waiting === null ? first : { ...first, aside: waiting }, ...others);
    before = block;
    waiting = null;
  }
  return rows;
}

function flowing(block: Block, setting: Setting): readonly Flowing[] {
  if (block.kind === 'plan') return [];
  if (block.kind !== 'only') return [block];
  return block.situation === setting.situation ? block.blocks.flatMap((each) => flowing(each, setting)) : [];
}

function begins(before: Flowing | null): boolean {
  return before === null || before.kind === 'heading';
}

function isBox({ kind }: Flowing): boolean {
  return kind === 'key' || kind === 'checklist' || kind === 'worksheet';
}

/** A box takes the end of its text along: alone at the head of a page it would seem to belong to what follows. */
function tiedToBox(row: Row): Row {
  return row.bond === 'free' ? bound(row, 'whole') : row;
}

/** The words of a text, without its fields and citations: for bookmarks and the contents. */
export function wordsIn(text: readonly Inline[]): string {
  return text
    .map((inline) => (inline.kind === 'text' ? inline.text : inline.kind === 'field' ? inline.fallback : ''))
    .join('')
    .trim();
}

function rowsOf(
  block: Flowing,
  before: Flowing | null,
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { baseline } = setting.look.print;
  const apart = begins(before) ? 0 : baseline;
  switch (block.kind) {
    case 'heading':
      return sectionRows(block, column, owner, setting);
    case 'paragraph':
      return paragraphRows(block.text, before, column, owner, setting);
    case 'list':
      return below(before === null ? 0 : baseline, listRows(block, column, owner, setting));
    case 'quote':
      return quoteRows(block, column, owner, setting);
    case 'excerpt':
      return below(before === null ? 0 : baseline, excerptRows(block, column, owner, setting));
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
  }
}

/** A paragraph that follows another is known by its indent: no line is lost, and the lines of a page keep step. */
function paragraphRows(
  text: readonly Inline[],
  before: Flowing | null,
  column: Column,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { body } = setting.styles;
  const { baseline } = setting.look.print;
  const follows = before?.kind === 'paragraph';
  const spans = spansOf(text, body, tag('P', owner), setting);
  const rows = textRows(spans, body, column, setting.faces, follows ? baseline : 0);
  const apart = follows || begins(before) ? 0 : baseline;
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
  if (block.level === 3) return below(baseline, rows);
  const bookmark = { title: wordsIn(block.text), level: 2 } as const;
  const place = { name: `line-${block.line}`, bookmark };
  return below(
    baseline,
    rows.map((row, index) => (index === 0 ? { ...row, place } : row)),
  );
}

function endsInColon(text: readonly Inline[]): boolean {
  const last = text.at(-1);
  return last?.kind === 'text' && last.text.trimEnd().endsWith(':');
}
