import type { InfographicSource } from '../../content/model.ts';
import { linesToWriteOn } from './boxes.ts';
import { coachRows } from './closing.ts';
import { openingRows } from './opening.ts';
import { personalWords } from './personal.ts';
import { pagesOf } from './pages.ts';
import { below, bound, heightOf, space, textRows } from './rows.ts';
import type { Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Page, Tag } from './shapes.ts';
import { plainSpan, sentence } from './spans.ts';

/** A page, or what is too long for it. */
export type Tried =
  { readonly ok: true; readonly page: Page } | { readonly ok: false; readonly problem: string };

type Moves = InfographicSource['situations'][string];

/** The second page of an infographic: what this reader can do now, with lines to write on as many as there is room for. */
export function movesPage(moves: Moves, root: Tag, setting: Setting): Tried {
  const { grid, look } = setting;
  for (let lines = MOST_LINES; lines >= LEAST_LINES; lines--) {
    const rows = rowsWith(moves, lines, tag('Sect', root), setting);
    const [page] = pagesOf(rows, grid, look.print.baseline);
    if (page !== undefined && heightOf(rows) <= grid.bottom - grid.top) return { ok: true, page };
  }
  const problem = `The page “${moves.title}” of the infographic is longer than one page. Shorten its moves.`;
  return { ok: false, problem };
}

const MOST_LINES = 5;
const LEAST_LINES = 0;

function rowsWith(moves: Moves, lines: number, owner: Tag, setting: Setting): readonly Row[] {
  const { content, grid, styles, faces } = setting;
  const column = { x: grid.textLeft, width: grid.textWidth };
  const title = sentence(moves.title, setting);
  const opening = openingRows(
    [{ kind: 'text', text: title }],
    { number: null, note: personalWords(content.words.document.prepared_for, 'name', '') },
    { name: 'moves', title },
    owner,
    setting,
  );
  const intro = textRows(
    [plainSpan(sentence(moves.intro, setting), styles.body, tag('P', owner))],
    styles.body,
    column,
    faces,
  );
  const each = moves.moves.flatMap((move, index) => {
    const rows = moveRows(move.title, move.text, index + 1, owner, setting);
    return below(index === 0 ? 22.5 : 30, [...rows, ...linesToWriteOn(column, lines, setting)]);
  });
  return [...opening, ...intro, ...each, ...coachRows(owner, setting, true)];
}

function moveRows(title: string, text: string, number: number, owner: Tag, setting: Setting): readonly Row[] {
  const { grid, styles, faces, look } = setting;
  const column = { x: grid.textLeft, width: grid.textWidth };
  const heading = tag('H2', owner);
  const style = { ...styles.h2, size: 14 };
  const big = { ...styles.h2, plain: 'serif', size: 22, color: look.colors.light.accent } as const;
  const [side] = textRows(
    [plainSpan(`${number} `, big, heading)],
    big,
    { x: grid.left, width: grid.sideWidth },
    faces,
  );
  const rows = textRows([plainSpan(sentence(title, setting), style, heading)], style, column, faces);
  const body = textRows(
    [plainSpan(sentence(text, setting), styles.body, tag('P', owner))],
    styles.body,
    column,
    faces,
  );
  return [
    ...rows.map((row, index) =>
      bound(index === 0 ? { ...row, marks: [...(side?.marks ?? []), ...row.marks] } : row, 'keep'),
    ),
    space(4, 'keep'),
    ...body.map((row) => bound(row, 'keep')),
  ];
}
