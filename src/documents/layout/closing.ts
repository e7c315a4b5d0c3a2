import { beside } from './box.ts';
import { ruleAcross } from './opening.ts';
import type { Row } from './rows.ts';
import { below, bound, space, textRows, together } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Tag } from './shapes.ts';
import { linked, plainSpan } from './spans.ts';

/**
 * The coach's card at the end of the last page: who she is and how to reach her. Below a letter it also tells what she does; a `brief`
 * one, with no letter above it, asks to talk instead.
 */
export function coachRows(owner: Tag, setting: Setting, brief = false): readonly Row[] {
  const { content, grid, styles, faces, look } = setting;
  const { coach, talk, name } = content.site;
  const card = tag('Div', owner);
  const column = { x: grid.textLeft, width: grid.textWidth };
  const side = { x: grid.left, width: grid.sideWidth };
  const text = (words: string, style = styles.body) =>
    textRows([plainSpan(words, style, tag('P', card))], style, column, faces);
  const link = linked(
    plainSpan(talk.label, styles.h3, tag('P', card)),
    { kind: 'url', url: talk.url },
    talk.label,
    setting,
  );
  const reach = linked(
    plainSpan(printed(talk.url), styles.body, tag('P', card)),
    { kind: 'url', url: talk.url },
    `${talk.label}: ${printed(talk.url)}`,
    setting,
  );
  const house = textRows([plainSpan(`${name} `, styles.side, tag('P', card))], styles.side, side, faces);
  const who = text(`${coach.name}, ${coach.role}`, styles.h3);
  const rows = [
    { ...space(0, 'keep'), marks: [ruleAcross(setting)], gap: look.print.baseline * 2 },
    space(12, 'keep'),
    ...beside(house, [...who, ...(brief ? [] : below(4, text(coach.about)))]),
    ...(brief ? below(10, textRows([link], styles.h3, column, faces)) : []),
    ...below(brief ? 2 : 10, textRows([reach], styles.body, column, faces)),
  ];
  return together(rows).map((row, index) => (index === rows.length - 1 ? row : bound(row, 'whole')));
}

/** An address as it reads on paper. */
function printed(url: string): string {
  return url
    .replace(/^(mailto:|https?:\/\/)/, '')
    .replace(/\?.*$/, '')
    .replace(/\/$/, '');
}
