import { say } from '../../content/phrase.ts';
import { wordsIn } from '../layout/blocks.ts';
import { openingRows } from '../layout/opening.ts';
import { fitsOnPage, pagesOf } from '../layout/pages.ts';
import type { Part } from './parts.ts';
import { passedOnRows } from '../layout/small-line.ts';
import { below, bound, heightOf, textRows } from '../layout/rows.ts';
import type { Column, Row } from '../layout/rows.ts';
import { roomOf } from '../layout/setting.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Page, Tag } from '../layout/shapes.ts';
import { linked, plainSpan } from '../layout/spans.ts';
import type { TextStyle } from '../layout/styles.ts';

/** A line of the contents, and the place that it leads to. */
type Entry = {
  readonly title: string;
  readonly name: string;
  readonly level: 1 | 2;
  readonly number: number | null;
};

/**
 * The contents. Set twice: first to learn how many pages they take (`numberOf` then answers 0), and again when every
 * place has its page. Sections are left out when the list would not fit on one page with them.
 */
export function contentsPages(
  parts: readonly Part[],
  numberOf: (name: string) => number,
  root: Tag,
  setting: Setting,
): readonly Page[] {
  const { content, grid } = setting;
  const owner = tag('Sect', root);
  const title = content.words.document.contents;
  const opening = openingRows(
    [{ kind: 'text', text: title }],
    { number: null, note: null },
    { name: 'contents', title },
    owner,
    setting,
  );
  const toc = tag('TOC', owner);
  const rowsFor = (entries: readonly Entry[]) =>
    entries.flatMap((entry, index) =>
      below(
        index === 0 ? 0 : gapBefore(entry, entries[index - 1]),
        entryRows(entry, numberOf(entry.name), toc, setting),
      ),
    );
  const entries = parts.filter((part) => part.title !== '').flatMap(entriesOf);
  const full = [...opening, ...rowsFor(entries)];
  const room = roomOf(setting);
  const column = { x: grid.textLeft, width: grid.textWidth };
  const foot = passedOnRows(column, owner, setting);
  const upper = { ...room, bottom: room.bottom - (foot.length + 1) * room.line };
  const rows = fitsOnPage(full, upper)
    ? full
    : [...opening, ...rowsFor(entries.filter(({ level }) => level === 1))];
  const { pages } = pagesOf(rows, upper);
  if (pages.length > 1) {
    const remedy = 'Make fewer chapters, or give them shorter headings.';
    const problem = 'The contents are longer than one page.';
    setting.pass.report({ line: null, problem, remedy, excess: 'page' });
  }
  let y = room.bottom - heightOf(foot);
  const small = foot.map((row) => {
    const piece = { x: 0, y, marks: row.marks };
    y += row.height;
    return piece;
  });
  return pages.map((page, index) =>
    index === pages.length - 1 ? { ...page, pieces: [...page.pieces, ...small] } : page,
  );
}

function entriesOf(part: Part): readonly Entry[] {
  const sections = part.blocks.flatMap((block): readonly Entry[] =>
    block.kind === 'heading' && block.level === 2
      ? [{ title: wordsIn(block.text), name: `line-${block.line}`, level: 2, number: null }]
      : [],
  );
  return [{ title: part.title, name: part.name, level: 1, number: part.number }, ...sections];
}

function gapBefore(entry: Entry, before: Entry | undefined): number {
  return entry.level === 1 ? 10 : before?.level === 1 ? 1 : 0;
}

function entryRows(entry: Entry, page: number, toc: Tag, setting: Setting): readonly Row[] {
  const { content, grid, styles, faces } = setting;
  const style: TextStyle =
    entry.level === 1
      ? { ...styles.side, size: 12, leading: 16 }
      : { ...styles.small, size: 9, leading: 13.5 };
  const item = tag('Reference', tag('TOCI', toc));
  const says = say(content.words.document.to_page, { title: entry.title, page });
  const target = { kind: 'place', name: entry.name } as const;
  const link = linked(plainSpan(`${entry.title} `, style, item), target, says, setting);
  const column = { x: grid.textLeft, width: grid.textWidth - NUMBER_ROOM };
  const rows = textRows([{ ...link, color: style.color }], style, column, faces);
  const number = { ...link, link: null, text: `${page} `, color: style.color };
  return rows.map((row, index) => {
    const marks = [...row.marks];
    if (index === 0 && entry.number !== null)
      marks.unshift(...sideNumber(entry.number, link.tag, style, setting));
    if (index === rows.length - 1)
      marks.push(
        ...flushRight(number.text, link.tag, style, { x: grid.textLeft, width: grid.textWidth }, setting),
      );
    return bound({ ...row, marks }, index === rows.length - 1 ? 'free' : 'keep');
  });
}

const NUMBER_ROOM = 36;

function sideNumber(number: number, owner: Tag | null, style: TextStyle, setting: Setting): readonly Mark[] {
  const { grid, look, faces } = setting;
  const span = {
    ...plainSpan(`${number} `, { ...style, plain: 'serif' }, owner),
    color: look.colors.light.accent,
  };
  const [row] = textRows([span], style, { x: grid.textLeft - 22, width: 22 }, faces);
  return row?.marks ?? [];
}

function flushRight(
  text: string,
  owner: Tag | null,
  style: TextStyle,
  column: Column,
  setting: Setting,
): readonly Mark[] {
  const span = plainSpan(
    text,
    { ...style, plain: 'text', size: style.size - (style.size > 10 ? 2 : 0) },
    owner,
  );
  const { width } = setting.faces.measure(span.face, text.trim(), span.size);
  const [row] = textRows(
    [span],
    style,
    { x: column.x + column.width - width, width: width + 1 },
    setting.faces,
  );
  return row?.marks ?? [];
}
