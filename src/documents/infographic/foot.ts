import { say } from '../../content/phrase.ts';
import { lineMarks, linesOf } from '../layout/lines.ts';
import { sharedCopyAddress } from '../layout/setting.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Page, Tag } from '../layout/shapes.ts';
import { linked, plainSpan } from '../layout/spans.ts';
import type { Span } from '../layout/spans.ts';

/** How high the foot is, with the white space above it. Points. */
export const FOOT = 63;
/** Above the edge of the paper. */
const BASELINE = 30;
const LEADING = 10.5;

/**
 * The same page with its foot: who made it and where to find her, since a page that is pinned up stands alone; which edition this is, where
 * to get a copy of one's own, which page of how many.
 */
export function withFoot(page: Page, owner: Tag, number: number, count: number, setting: Setting): Page {
  const { content, grid, look, faces, styles } = setting;
  const { line } = look.colors.light;
  const style = styles.note;
  const y = grid.height - BASELINE;
  const top = y - LEADING - 12;
  const { text, width } = faces.measure(
    'text',
    say(content.words.document.page, { page: number, pages: count }),
    style.size,
  );
  const room = grid.right - grid.left - width - 20;
  const rows = [contact, edition].map((words) => linesOf(words(tag('P', owner), setting), room, faces)[0]);
  const marks: Mark[] = [
    {
      shape: { kind: 'rule', x1: grid.left, y1: top, x2: grid.right, y2: top, color: line, width: 0.5 },
      tag: null,
    },
    ...rows.flatMap((row, index) =>
      row === undefined ? [] : lineMarks(row, grid.left, y - (1 - index) * LEADING),
    ),
    {
      shape: {
        kind: 'text',
        x: grid.right - width,
        y,
        text,
        face: 'text',
        size: style.size,
        color: style.color,
      },
      tag: null,
    },
  ];
  return { ...page, pieces: [...page.pieces, { x: 0, y: 0, marks, running: 'footer' }] };
}

function contact(holder: Tag, setting: Setting): readonly Span[] {
  const { coach, name, url } = setting.content.site;
  const style = setting.styles.note;
  const host = new URL(url).hostname.replace(/^www\./, '');
  return [
    plainSpan(`${coach.name} · ${coach.role} · `, style, holder),
    linked(plainSpan(host, style, holder), { kind: 'url', url }, name, setting),
  ];
}

function edition(holder: Tag, setting: Setting): readonly Span[] {
  const { content, styles, values } = setting;
  const words = content.words.document;
  const style = styles.note;
  const said = say(words.edition, { date: values.date, version: content.version });
  const copy = { kind: 'url', url: sharedCopyAddress(setting) } as const;
  return [
    plainSpan(`${said} · `, style, holder),
    linked(plainSpan(words.shared_copy, style, holder), copy, words.shared_copy, setting),
  ];
}
