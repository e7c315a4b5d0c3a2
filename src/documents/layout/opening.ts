import type { Inline } from '../../content/paper-model.ts';
import { personalRow } from './personal.ts';
import type { PersonalWords } from './personal.ts';
import { PLAIN, headingRows, space, textRows } from './rows.ts';
import type { Row } from './rows.ts';
import { roomOf } from './setting.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Tag } from './shapes.ts';
import { plainSpan, spansOf } from './spans.ts';

/**
 * How a part begins: a rule over the full width, its heading in the column of text, a large number beside it, a note below.
 * On a page where others stand above it keeps its distance, and goes to the next one when less than a third is left.
 */
export function openingRows(
  heading: readonly Inline[],
  beside: { readonly number: number | null; readonly note: PersonalWords | null },
  place: { readonly name: string; readonly title: string },
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { grid, styles, faces, look } = setting;
  const { baseline } = look.print;
  const room = roomOf(setting);
  const column = { x: grid.textLeft, width: grid.textWidth };
  const level = tag('H1', owner);
  const number = beside.number === null ? [] : sideNumber(beside.number, level, setting);
  const note = beside.note === null ? [] : noteRows(beside.note, owner, setting);
  const rows = headingRows(spansOf(heading, styles.h1, level, setting), styles.h1, column, faces);
  const bookmark = { title: place.title, level: 1 } as const;
  return [
    {
      ...PLAIN,
      bond: 'keep',
      gap: 2.25 * baseline,
      needs: NEEDS * (room.bottom - room.top),
      side: NUMBER_LINES * baseline,
      marks: [ruleAcross(setting)],
      place: { name: place.name, bookmark },
    },
    space(baseline * 0.75, 'keep'),
    ...rows.map((row, index) => (index === 0 ? { ...row, marks: [...number, ...row.marks] } : row)),
    ...note,
    space(baseline * 1.25, 'keep'),
  ];
}

/** A line from margin to margin, at the top of its row. */
export function ruleAcross({ grid, look }: Setting, color = look.colors.light.ink): Mark {
  const ends = { x1: grid.left, y1: 0, x2: grid.right, y2: 0 };
  return { shape: { kind: 'rule', ...ends, color, width: 0.75 }, tag: null };
}

/** A chapter begins only where at least this part of a page is left. */
const NEEDS = 0.3;
/** The number takes so many lines of the side column. */
const NUMBER_LINES = 3;
const NUMBER_SIZE = 36;

function sideNumber(number: number, owner: Tag, setting: Setting): readonly Mark[] {
  const { grid, styles, faces, look } = setting;
  const style = { ...styles.h1, plain: 'serif', color: look.colors.light.accent } as const;
  const column = { x: grid.left, width: grid.sideWidth };
  // Larger than its heading, on the same baseline.
  return textRows([plainSpan(`${number} `, style, owner)], style, column, faces).flatMap(({ marks }) =>
    marks.map((mark) =>
      mark.shape.kind === 'text' ? { ...mark, shape: { ...mark.shape, size: NUMBER_SIZE } } : mark,
    ),
  );
}

function noteRows(note: PersonalWords, owner: Tag, setting: Setting): readonly Row[] {
  const { grid, styles, look } = setting;
  const style = { ...styles.label, leading: look.print.baseline, color: look.colors.light.accent };
  const column = { x: grid.textLeft, width: grid.textWidth };
  return [space(look.print.baseline / 2, 'keep'), personalRow(note, style, column, tag('P', owner))];
}
