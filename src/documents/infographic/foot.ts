import { say } from '../../content/phrase.ts';
import { lineMarks, linesOf } from '../layout/lines.ts';
import type { Line } from '../layout/lines.ts';
import { sharedCopyAddress } from '../layout/setting.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Page, Tag } from '../layout/shapes.ts';
import { linked, plainSpan } from '../layout/spans.ts';
import type { Span } from '../layout/spans.ts';

/** Above the edge of the paper. */
const BASELINE = 30;
const LEADING = 10.5;
/** Between the rule and the baseline of the last line but the lines between them. */
const BELOW_RULE = 12;

/** How high the foot is, with the white space above it: it has as many lines as its words take. Points. */
export function footHeight(setting: Setting): number {
  return BASELINE + footLines(tag('P', null), setting).length * LEADING + BELOW_RULE;
}

/**
 * The same page with its foot: who made it and where to find her, since a page that is pinned up stands alone; which edition this is, where
 * to get a copy of one's own, which page of how many.
 */
export function withFoot(page: Page, owner: Tag, number: number, count: number, setting: Setting): Page {
  const { grid, look } = setting;
  const { line } = look.colors.light;
  const { size, color } = setting.styles.note;
  const y = grid.height - BASELINE;
  const rows = footLines(owner, setting);
  const top = y - (rows.length - 1) * LEADING - BELOW_RULE;
  const { text, width } = pageNumber(number, count, setting);
  const marks: Mark[] = [
    {
      shape: { kind: 'rule', x1: grid.left, y1: top, x2: grid.right, y2: top, color: line, width: 0.5 },
      tag: null,
    },
    ...rows.flatMap((row, index) => lineMarks(row, grid.left, y - (rows.length - 1 - index) * LEADING)),
    { shape: { kind: 'text', x: grid.right - width, y, text, face: 'text', size, color }, tag: null },
  ];
  return { ...page, pieces: [...page.pieces, { x: 0, y: 0, marks, running: 'footer' }] };
}

function footLines(owner: Tag, setting: Setting): readonly Line[] {
  const { grid, faces } = setting;
  const room = grid.right - grid.left - pageNumber(99, 99, setting).width - 20;
  return [contact, edition].flatMap((words) => linesOf(words(tag('P', owner), setting), room, faces));
}

function pageNumber(page: number, pages: number, { content, faces, styles }: Setting) {
  return faces.measure('text', say(content.words.document.page, { page, pages }), styles.note.size);
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
