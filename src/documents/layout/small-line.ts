import { say } from '../../content/phrase.ts';
import { textRows } from './rows.ts';
import type { Column, Row } from './rows.ts';
import { sharedCopyAddress } from './setting.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Tag } from './shapes.ts';
import { linked, plainSpan } from './spans.ts';

/** The way to an own copy, for whoever got somebody else's. */
export function passedOnRows(column: Column, owner: Tag, setting: Setting): readonly Row[] {
  const { content, faces } = setting;
  const words = content.words.document.shared_copy;
  const style = smallStyle(setting);
  const span = plainSpan(words, style, tag('P', owner));
  const link = linked(span, { kind: 'url', url: sharedCopyAddress(setting) }, words, setting);
  return textRows([link], style, column, faces);
}

/** Which edition this is: a copy that is made after a change of the content says so. */
export function editionRows(column: Column, owner: Tag, setting: Setting): readonly Row[] {
  const { content, faces, values } = setting;
  const style = smallStyle(setting);
  const words = say(content.words.document.edition, { date: values.date, version: content.version });
  return textRows([plainSpan(words, style, tag('P', owner))], style, column, faces);
}

function smallStyle({ styles }: Setting) {
  return { ...styles.note, size: 8, leading: 12 };
}
