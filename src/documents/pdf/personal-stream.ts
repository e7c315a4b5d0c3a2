import type { PersonalShape } from '../layout/shapes.ts';
import type { Code, Codes } from './alphabet.ts';

/** What is known of a personal line once it is set: everything but where on the page it stands. */
export type PersonalLine = Pick<
  PersonalShape,
  'field' | 'before' | 'after' | 'without' | 'size' | 'least' | 'room' | 'align'
>;

/**
 * The drawing of a personal line, as the content of a form that begins at its left end: the one routine by which all are drawn, in a
 * file that is filled in afterwards and in one that is made for one reader. Glyphs are hexadecimal numbers, so whatever was
 * typed cannot be read as an instruction (ISO 32000-1, 7.3.4.3). Never longer than `STREAM_BYTES`.
 * @param text what the line says; characters without a code are left out.
 */
export function personalStream(line: PersonalLine, text: string, codes: Codes): string {
  const { glyphs, size, width } = fitted(line, text, codes);
  if (glyphs.length === 0) return '';
  const left = line.align === 'right' ? line.room - width : 0;
  const hex = glyphs.map(({ number }) => number.toString(16).padStart(4, '0')).join('');
  return `BT /${FONT} ${short(size)} Tf ${short(left)} 0 Td <${hex}> Tj ET`;
}

/** What the font of the personal lines is called in their forms' resources. */
export const FONT = 'Personal';
/** Bytes that are kept for a line in a file. */
export const STREAM_BYTES = 768;
/** Four digits each, and room for the instructions around them. */
const MOST_GLYPHS = 170;

/** As it is, or smaller down to `least`, or cut with an ellipsis. Without kerning, a line is as wide as its glyphs. */
function fitted({ size, least, room }: PersonalLine, text: string, codes: Codes) {
  const glyphs = Array.from(text).flatMap((character) => codes(character) ?? []);
  const em = emOf(glyphs);
  if (em * least <= room && glyphs.length <= MOST_GLYPHS) {
    const fits = Math.min(size, room / Math.max(em, 0.001));
    return { glyphs, size: fits, width: em * fits };
  }
  const end = codes('…');
  const ellipsis = end === null ? [] : [end];
  const kept: Code[] = [];
  let used = emOf(ellipsis);
  for (const glyph of glyphs) {
    if ((used + glyph.em) * least > room || kept.length === MOST_GLYPHS - 1) break;
    kept.push(glyph);
    used += glyph.em;
  }
  const blank = codes(' ')?.number;
  while (kept.at(-1)?.number === blank && kept.length > 0) used -= kept.pop()?.em ?? 0;
  return { glyphs: [...kept, ...ellipsis], size: least, width: used * least };
}

function emOf(glyphs: readonly Code[]): number {
  return glyphs.reduce((sum, { em }) => sum + em, 0);
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
