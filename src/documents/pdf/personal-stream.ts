import type { PersonalShape } from '../layout/shapes.ts';
import type { Code } from './alphabet.ts';

/** What is known of a personal line once it is set: everything but where on the page it stands. */
export type PersonalLine = Pick<
  PersonalShape,
  'field' | 'before' | 'after' | 'without' | 'size' | 'least' | 'room' | 'align'
>;

/**
 * The drawing of a personal line, as the content of a form that begins at its left end: the one routine by which all are drawn, in a
 * file that is filled in afterwards and in one that is made for one reader. Glyphs are hexadecimal numbers, so whatever was
 * typed cannot be read as an instruction (ISO 32000-1, 7.3.4.3). Never longer than `STREAM_BYTES`; nothing for no glyphs.
 * @param end glyphs of what stands for the rest of a line that is too long.
 */
export function personalStream(line: PersonalLine, glyphs: readonly Code[], end: readonly Code[]): string {
  if (glyphs.length === 0) return '';
  const { shown, size, width } = fitted(line, glyphs, end);
  const left = line.align === 'right' ? line.room - width : 0;
  let hex = '';
  for (const glyph of shown) hex += glyph.hex;
  return `BT /${FONT} ${short(size)} Tf ${short(left)} 0 Td <${hex}> Tj ET`;
}

/** What stands for the rest of a line that is too long. */
export const ELLIPSIS = '…';
/** What the font of the personal lines is called in their forms' resources. */
export const FONT = 'Personal';
/** Bytes that are kept for a line in a file. */
export const STREAM_BYTES = 768;
/** Four digits each, and room for the instructions around them. */
const MOST_GLYPHS = 170;

/** As it is, or smaller down to `least`, or cut. Without kerning, a line is as wide as its glyphs. */
function fitted({ size, least, room }: PersonalLine, glyphs: readonly Code[], end: readonly Code[]) {
  const em = emOf(glyphs);
  if (em * least <= room && glyphs.length <= MOST_GLYPHS) {
    const fits = em * size <= room ? size : room / em;
    return { shown: glyphs, size: fits, width: em * fits };
  }
  const kept: Code[] = [];
  let used = emOf(end);
  for (const glyph of glyphs) {
    if ((used + glyph.em) * least > room || kept.length + end.length === MOST_GLYPHS) break;
    kept.push(glyph);
    used += glyph.em;
  }
  return { shown: [...kept, ...end], size: least, width: used * least };
}

function emOf(glyphs: readonly Code[]): number {
  let sum = 0;
  for (const { em } of glyphs) sum += em;
  return sum;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
