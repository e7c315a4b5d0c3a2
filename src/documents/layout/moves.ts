import type { Inline } from '../../content/paper-model.ts';
import { linesToWriteOn } from './boxes.ts';
import { coachRows } from './closing.ts';
import { doneRows, targetRows } from './moves-fields.ts';
import { openingRows } from './opening.ts';
import { personalWords } from './personal.ts';
import { fitsOnPage, pagesOf } from './pages.ts';
import { below, bound, headingRows, space, textRows } from './rows.ts';
import type { Row } from './rows.ts';
import { roomOf } from './setting.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Page, Tag } from './shapes.ts';
import { plainSpan, sentence, spansOf } from './spans.ts';

/** A page, or what is too long for it. */
export type Tried =
  { readonly ok: true; readonly page: Page } | { readonly ok: false; readonly problem: string };

/** What is too long comes with the pages that it takes. */
export type MovesPages =
  Extract<Tried, { ok: true }> | (Extract<Tried, { ok: false }> & { readonly pages: readonly Page[] });

export type Moves = {
  readonly title: string;
  readonly intro?: string;
  readonly moves: readonly { readonly title: string; readonly text: string | readonly Inline[] }[];
};

/**
 * A page with what this reader can do this week: large numbers, a box to tick and room for a date under each move, and lines
 * to write on as many as there is room for. An infographic's ends with the coach's card. `place` is what links lead to.
 */
export function movesPage(
  moves: Moves,
  root: Tag,
  setting: Setting,
  { place, foot }: { readonly place: string; readonly foot: 'coach' | 'none' } = {
    place: 'moves',
    foot: 'coach',
  },
): MovesPages {
  const room = roomOf(setting);
  const owner = tag('Sect', root);
  const rowsWithLines = (lines: number) => rowsWith(moves, lines, foot, place, owner, setting);
  for (let lines = MOST_LINES; lines >= 0; lines--) {
    const rows = rowsWithLines(lines);
    const [page] = fitsOnPage(rows, room) ? pagesOf(rows, room).pages : [];
    if (page !== undefined) return { ok: true, page };
  }
  const problem = `The page “${moves.title}” is longer than one page.`;
  return { ok: false, problem, pages: pagesOf(rowsWithLines(0), room).pages };
}

const MOST_LINES = 5;

function rowsWith(
  { title, intro, moves }: Moves,
  lines: number,
  foot: 'coach' | 'none',
  place: string,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { content, grid, styles, faces, look } = setting;
  const { baseline } = look.print;
  const { prepared_for, prepared_for_you } = content.words.document;
  const heading = sentence(title, setting);
  const opening = openingRows(
    [{ kind: 'text', text: heading }],
    { number: null, note: personalWords(prepared_for, 'name', prepared_for_you) },
    { name: place, title: heading },
    owner,
    setting,
  );
  const column = { x: grid.textLeft, width: grid.textWidth };
  const text = plainSpan(sentence(intro ?? '', setting), styles.body, tag('P', owner));
  const words = intro === undefined ? [] : textRows([text], styles.body, column, faces);
  return [
    ...opening,
    ...words,
    ...below(words.length === 0 ? 0 : baseline, targetRows(owner, setting)),
    ...moves.flatMap((move, index) => below(2 * baseline, moveRows(move, index + 1, lines, owner, setting))),
    ...(foot === 'coach' ? coachRows(owner, setting, true) : []),
  ];
}

function moveRows(
  { title, text }: Moves['moves'][number],
  number: number,
  lines: number,
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { grid, styles, faces, look } = setting;
  const { baseline } = look.print;
  const column = { x: grid.textLeft, width: grid.textWidth };
  const heading = tag('H2', owner);
  const style = { ...styles.h2, leading: baseline * 1.5 };
  const rows = headingRows([plainSpan(sentence(title, setting), style, heading)], style, column, faces);
  const inlines =
    typeof text === 'string' ? ([{ kind: 'text', text: sentence(text, setting) }] as const) : text;
  const body = textRows(spansOf(inlines, styles.body, tag('P', owner), setting), styles.body, column, faces);
  return [
    ...rows.map((row, index) =>
      index === 0 ? { ...row, marks: [...numeral(number, heading, setting), ...row.marks] } : row,
    ),
    space(baseline / 4, 'keep'),
    ...body.map((row) => bound(row, 'keep')),
    ...linesToWriteOn(column, lines, setting).map((row) => bound(row, 'keep')),
    ...doneRows(owner, setting),
  ];
}

/** A number that is seen from across the room. */
function numeral(number: number, owner: Tag, { grid, faces, look, styles }: Setting): readonly Mark[] {
  const style = { ...styles.h1, plain: 'serif', size: 54, color: look.colors.light.accent } as const;
  const column = { x: grid.left, width: grid.sideWidth };
  const [row] = textRows([plainSpan(`${number} `, style, owner)], style, column, faces);
  return (row?.marks ?? []).map((mark) =>
    mark.shape.kind === 'text' ? { ...mark, shape: { ...mark.shape, y: NUMERAL_BASELINE } } : mark,
  );
}

/** The top of a numeral is level with that of the heading beside it. */
const NUMERAL_BASELINE = 42;
