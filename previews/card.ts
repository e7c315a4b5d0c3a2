import type { CardWords } from '../src/content/previews.ts';
import type { Faces } from '../src/documents/layout/faces.ts';
import { fitLine } from '../src/documents/layout/fit.ts';
import { balancedLinesOf, lineMarks } from '../src/documents/layout/lines.ts';
import { motif } from '../src/documents/layout/motif.ts';
import { baselineIn } from '../src/documents/layout/rows.ts';
import type { Mark, Piece, Sheets } from '../src/documents/layout/shapes.ts';
import { plainSpan } from '../src/documents/layout/spans.ts';
import { printStyles } from '../src/documents/layout/styles.ts';
import type { TextStyle } from '../src/documents/layout/styles.ts';
import { titleParts } from '../src/documents/layout/title-parts.ts';
import { loadLook } from '../src/kernel/look.ts';

/** Pixels, as the large card of every network is; one point of the sheet is one pixel. */
export const CARD = { width: 1200, height: 630 };
/** Where the first page of a document stands on its card; it has the proportions of A4. */
export const COVER = { x: 762, y: 56, width: 366 };

const LEFT = 72;
const RIGHT = CARD.width - LEFT;
const GUTTER = 64;

/** A card: whose it is, the title, for whom and by whom. Room for the cover is kept on the right, or the motif stands there. */
export function cardSheets(
  words: CardWords,
  right: 'cover' | 'motif',
  faces: Faces,
  language: string,
): Sheets {
  const { wash, paper, accent } = loadLook().colors.light;
  const room = (right === 'cover' ? COVER.x : MOTIF.x) - GUTTER - LEFT;
  const ground: Mark = {
    shape: {
      kind: 'rect',
      x: 0,
      y: 0,
      w: CARD.width,
      h: CARD.height,
      fill: right === 'cover' ? wash : paper,
    },
    tag: null,
  };
  const rule: Mark = {
    shape: { kind: 'rule', x1: 0, y1: 0, x2: 56, y2: 0, color: accent, width: 3 },
    tag: null,
  };
  const text = textBlock(words, room, faces);
  const top = TOP + Math.max(0, (FOOT - 40 - TOP - text.height) / 2);
  const pieces: readonly Piece[] = [
    { x: 0, y: 0, marks: [ground] },
    { x: LEFT, y: 64, marks: drawing(MARK, 1.4) },
    { x: LEFT + MARK + 20, y: 100, marks: [line(words.site, 26, 'ink', room - MARK - 20, faces)] },
    { x: LEFT, y: top - 28, marks: [rule] },
    { x: LEFT, y: top, marks: text.marks },
    { x: LEFT, y: FOOT, marks: [line(words.by, 24, 'muted', room, faces)] },
    ...(right === 'motif' ? [{ x: MOTIF.x, y: MOTIF.y, marks: drawing(MOTIF.width, 2.6) }] : []),
  ];
  return {
    ...CARD,
    pages: [{ pieces, places: [] }],
    title: words.title,
    author: words.by,
    subject: words.subtitle,
    language,
    edition: '',
    date: '2000-01-01',
    problems: [],
  };
}

const MARK = 84;
const MOTIF = { x: 724, y: 160, width: RIGHT - 724 };
/** The text stands between the head and the line at the foot. */
const TOP = 190;
const FOOT = CARD.height - 68;

/** Title and subtitle in the largest type that has room: five lines of the title fit at the smallest. */
function textBlock(words: CardWords, room: number, faces: Faces) {
  const styles = printStyles(loadLook());
  let best = { marks: [] as readonly Mark[], height: 0 };
  for (let size = 64; size >= 32; size -= 4) {
    const { main, rest } = titleParts(words.title);
    const blocks = [
      { ...block(main, { ...styles.title, size, leading: size * 1.12 }, room, faces), gap: 0 },
      { ...block(rest, { ...styles.lead, size: size * 0.6, leading: size * 0.76 }, room, faces), gap: 6 },
      { ...block(words.subtitle, { ...styles.body, size: 25, leading: 36 }, room, faces), gap: 20 },
    ].filter(({ height }) => height > 0);
    let y = 0;
    const marks: Mark[] = [];
    for (const { marks: own, height, gap } of blocks) {
      y += y === 0 ? 0 : gap;
      marks.push(...own.map((mark) => lowered(mark, y)));
      y += height;
    }
    best = { marks, height: y };
    if (best.height <= FOOT - 60 - TOP) break;
  }
  return best;
}

function block(text: string, style: TextStyle, room: number, faces: Faces) {
  if (text === '') return { marks: [], height: 0 };
  const set = balancedLinesOf([plainSpan(text, style, null)], room, faces);
  const marks = set.flatMap((one, index) =>
    lineMarks(one, 0, index * style.leading + baselineIn(style.leading, style.size)),
  );
  return { marks, height: set.length * style.leading };
}

function lowered(mark: Mark, by: number): Mark {
  return mark.shape.kind === 'text' ? { ...mark, shape: { ...mark.shape, y: mark.shape.y + by } } : mark;
}

function line(text: string, size: number, color: 'ink' | 'muted', room: number, faces: Faces): Mark {
  const face = color === 'ink' ? 'textBold' : 'text';
  const fitted = fitLine(text, face, size, room, faces);
  return {
    shape: { kind: 'text', x: 0, y: 0, ...fitted, face, color: loadLook().colors.light[color] },
    tag: null,
  };
}

/** The motif's lines are made for print, where a point is wider than a pixel here. */
function drawing(width: number, weight: number): readonly Mark[] {
  return motif(width, loadLook().colors.light, null).map((mark) =>
    mark.shape.kind === 'rule'
      ? { ...mark, shape: { ...mark.shape, width: mark.shape.width * weight } }
      : mark,
  );
}
