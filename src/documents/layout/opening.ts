import type { Inline } from '../../content/model.ts';
import { personalRow } from './personal.ts';
import type { PersonalWords } from './personal.ts';
import { headingRows, space, textRows } from './rows.ts';
import type { Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Tag } from './shapes.ts';
import { plainSpan, spansOf } from './spans.ts';

/** How a part begins: its heading in the column of text, a number beside it, a note below. */
export function openingRows(
  heading: readonly Inline[],
  beside: { readonly number: number | null; readonly note: PersonalWords | null },
  place: { readonly name: string; readonly title: string },
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { grid, styles, faces, look } = setting;
  const column = { x: grid.textLeft, width: grid.textWidth };
  const level = tag('H1', owner);
  const number = beside.number === null ? [] : sideNumber(beside.number, level, setting);
  const note = beside.note === null ? [] : noteRows(beside.note, owner, setting);
  const rows = headingRows(spansOf(heading, styles.h1, level, setting), styles.h1, column, faces);
  const bookmark = { title: place.title, level: 1 } as const;
  return [
    space(SINK, 'keep'),
    ...rows.map((row, index) =>
      index === 0 ? { ...row, marks: [...number, ...row.marks], place: { name: place.name, bookmark } } : row,
    ),
    ...note,
    space(look.print.baseline * 1.5, 'keep'),
  ];
}

/** Chapters begin a little below the head of the page. */
const SINK = 22.5;

function sideNumber(number: number, owner: Tag, setting: Setting) {
  const { grid, styles, faces, look } = setting;
  const style = { ...styles.h1, plain: 'serif', color: look.colors.light.accent } as const;
  const column = { x: grid.left, width: grid.sideWidth };
  return textRows([plainSpan(`${number} `, style, owner)], style, column, faces).flatMap(
    ({ marks }) => marks,
  );
}

function noteRows(note: PersonalWords, owner: Tag, setting: Setting): readonly Row[] {
  const { grid, styles, look } = setting;
  const style = { ...styles.label, color: look.colors.light.accent };
  const column = { x: grid.textLeft, width: grid.textWidth };
  return [space(7.5, 'keep'), personalRow(note, style, column, tag('P', owner))];
}
