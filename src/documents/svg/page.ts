import type { Faces } from '../layout/faces.ts';
import { fitLine } from '../layout/fit.ts';
import { legible } from '../layout/legible.ts';
import { PERSONAL_FACE } from '../layout/shapes.ts';
import type { Mark, PersonalField, PersonalShape, Sheets } from '../layout/shapes.ts';
import { createGlyphs } from './glyphs.ts';
import type { Glyphs } from './glyphs.ts';
import { element, escaped, short } from './markup.ts';

export type SvgOptions = {
  /** Begins every id in the file; in one page no two drawings may have the same. Letters and digits, a letter first. */
  readonly ids: string;
  /** What the picture is called; the document's title if it is not given. */
  readonly title?: string;
  /** What it shows, for those who do not see it; the document's subject if it is not given. */
  readonly description?: string;
  /** What personal lines are filled with, as a preview; without it they say what they say to nobody. */
  readonly answers?: Partial<Readonly<Record<PersonalField, string>>>;
};

/**
 * One page of a document as a whole SVG file that looks like the printed page in any browser: letters are outlines of our own
 * fonts, attributes instead of styles (the pages' policy forbids those), nothing that runs, nothing from elsewhere.
 * @param index of the page, from 0; one that does not exist is a bug and throws.
 */
export function pageSvg(sheets: Sheets, index: number, faces: Faces, options: SvgOptions): string {
  const page = sheets.pages[index];
  if (page === undefined) throw new Error(`There is no page ${index + 1} of ${sheets.pages.length}.`);
  const { ids, title = sheets.title, description = sheets.subject } = options;
  const glyphs = createGlyphs(faces, ids);
  const drawn = page.pieces.flatMap(({ x, y, marks }) =>
    marks.map((mark) => markSvg(mark, x, y, glyphs, faces, options)),
  );
  const [width, height] = [short(sheets.width), short(sheets.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` role="img" aria-labelledby="${ids}-title ${ids}-desc" lang="${escaped(sheets.language)}">`,
    `<title id="${ids}-title">${escaped(title)}</title><desc id="${ids}-desc">${escaped(description)}</desc>`,
    `<defs>${glyphs.outlines()}</defs>`,
    element('rect', { width: sheets.width, height: sheets.height, fill: '#FFFFFF' }),
    ...drawn,
    '</svg>',
  ].join('');
}

function markSvg(
  { shape }: Mark,
  dx: number,
  dy: number,
  glyphs: Glyphs,
  faces: Faces,
  options: SvgOptions,
): string {
  switch (shape.kind) {
    case 'text':
      return glyphs.draw({ ...shape, x: shape.x + dx, y: shape.y + dy }, true);
    case 'personal':
      return personalSvg(shape, dx, dy, glyphs, faces, options);
    case 'rect': {
      const { w: width, h: height, fill } = shape;
      return element('rect', { x: shape.x + dx, y: shape.y + dy, width, height, fill });
    }
    case 'frame': {
      const stroke = { fill: 'none', stroke: shape.color, 'stroke-width': shape.width };
      return element('rect', {
        x: shape.x + dx,
        y: shape.y + dy,
        width: shape.w,
        height: shape.h,
        ...stroke,
      });
    }
    case 'rule': {
      const ends = { x1: shape.x1 + dx, y1: shape.y1 + dy, x2: shape.x2 + dx, y2: shape.y2 + dy };
      return element('line', { ...ends, stroke: shape.color, 'stroke-width': shape.width });
    }
    case 'dot':
      return element('circle', { cx: shape.x + dx, cy: shape.y + dy, r: shape.r, fill: shape.fill });
    // Within a picture nothing can be pressed.
    case 'link':
      return '';
  }
}

/** Personal lines are set without kerning, here as in print: see `PersonalShape`. */
function personalSvg(
  shape: PersonalShape,
  dx: number,
  dy: number,
  glyphs: Glyphs,
  faces: Faces,
  { answers }: SvgOptions,
): string {
  const font = faces.fonts[PERSONAL_FACE];
  const shows = (letter: string): boolean =>
    !/\p{M}/u.test(letter) && font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
  const answer = legible(answers?.[shape.field] ?? '', shows);
  const words = answer === null ? shape.without : shape.before + answer + shape.after;
  const letters = Array.from(words);
  const em = letters.reduce((sum, letter) => sum + faces.measure(PERSONAL_FACE, letter, 1).width, 0);
  const fits = em * shape.least <= shape.room;
  const size = Math.min(shape.size, Math.max(shape.least, em === 0 ? shape.size : shape.room / em));
  const text = fits ? words : fitLine(words, PERSONAL_FACE, shape.least, shape.room, faces, 1).text;
  const width = fits ? em * size : shape.room;
  const x = (shape.align === 'right' ? shape.x + shape.room - width : shape.x) + dx;
  return glyphs.draw({ x, y: shape.y + dy, text, face: PERSONAL_FACE, size, color: shape.color }, false);
}
