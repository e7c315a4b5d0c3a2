import { say } from '../../content/phrase.ts';
import { lineMarks, linesOf } from '../layout/lines.ts';
import { sharedCopyAddress } from '../layout/setting.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Page, Tag } from '../layout/shapes.ts';
import { linked, plainSpan } from '../layout/spans.ts';

/** The same page with its foot: which edition this is, where to get a copy of one's own, which page of how many. */
export function withFoot(page: Page, owner: Tag, number: number, count: number, setting: Setting): Page {
  const { content, grid, look, faces, styles, values } = setting;
  const { line } = look.colors.light;
  const words = content.words.document;
  const y = grid.height - BASELINE;
  const style = styles.note;
  const numbered = say(words.page, { page: number, pages: count });
  const { text, width } = faces.measure('text', numbered, style.size);
  const holder = tag('P', owner);
  const edition = say(words.edition, { date: values.date, version: content.version });
  const copy = linked(
    plainSpan(words.shared_copy, style, holder),
    { kind: 'url', url: sharedCopyAddress(setting) },
    words.shared_copy,
    setting,
  );
  const room = grid.right - grid.left - width - 20;
  const [first] = linesOf([plainSpan(`${edition} · `, style, holder), copy], room, faces);
  const end = grid.right - width;
  const marks: Mark[] = [
    {
      shape: { kind: 'rule', x1: grid.left, y1: y - 13, x2: grid.right, y2: y - 13, color: line, width: 0.5 },
      tag: null,
    },
    ...(first === undefined ? [] : lineMarks(first, grid.left, y)),
    {
      shape: { kind: 'text', x: end, y, text, face: 'text', size: style.size, color: style.color },
      tag: null,
    },
  ];
  return { ...page, pieces: [...page.pieces, { x: 0, y: 0, marks, running: 'footer' }] };
}

/** Above the edge of the paper. */
const BASELINE = 30;
