import { runsOf } from '../layout/runs.ts';
import { shapedRun } from './shaped-run.ts';
import type { ShapedRun } from './shaped-run.ts';
import type { LineFont, LineFonts } from './line-fonts.ts';
import type { PersonalLine } from './personal-stream.ts';

/** The content of a form, and the fonts that it uses. */
export type ShapedStream = { readonly stream: string; readonly fonts: readonly LineFont[] };

/**
 * A personal line with letters that need shaping or other fonts, drawn at the same place and by the same rules of size as `personalStream`
 * draws the plain ones.
 */
export function shapedStream(line: PersonalLine, text: string, fonts: LineFonts): ShapedStream {
  const { size, runs, width } = fitted(line, text, fonts);
  const left = line.align === 'right' ? line.room - (width / 1000) * size : 0;
  const used = new Map<string, LineFont>();
  for (const { glyphs } of runs) for (const { font } of glyphs) used.set(font.name, font);
  return {
    stream: `BT ${short(left)} 0 Td ${instructions(runs, size)} ET`,
    fonts: [...used.values()],
  };
}

/** Thousandths of an em. */
type SetLine = { readonly runs: readonly ShapedRun[]; readonly width: number };

/** As it is, or smaller down to `least`, or cut between two letters, with an ellipsis. */
function fitted(
  { size, least, room }: PersonalLine,
  text: string,
  fonts: LineFonts,
): SetLine & { readonly size: number } {
  const full = setLine(text, fonts);
  if ((full.width / 1000) * least <= room) {
    return { ...full, size: Math.min(size, (room * 1000) / Math.max(full.width, 1)) };
  }
  const letters = Array.from(LETTERS.segment(text), ({ segment }) => segment);
  const cut = (count: number): string => `${letters.slice(0, count).join('').trimEnd()}…`;
  let few = 0;
  let many = letters.length;
  while (many - few > 1) {
    const middle = (few + many) >> 1;
    if ((setLine(cut(middle), fonts).width / 1000) * least <= room) few = middle;
    else many = middle;
  }
  return { ...setLine(cut(few), fonts), size: least };
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

function setLine(text: string, fonts: LineFonts): SetLine {
  const runs = runsOf(text).map((run) => shapedRun(run, fonts(run.script)));
  return { runs, width: runs.reduce((sum, { width }) => sum + width, 0) };
}

/** Each glyph moves the pen by its own width; what differs from that is said between them (ISO 32000-1, 9.4.3). */
function instructions(runs: readonly ShapedRun[], size: number): string {
  const said: string[] = [];
  let font = '';
  let rise = 0;
  let pen = 0;
  let start = 0;
  for (const { glyphs, width, run } of runs) {
    const shown: string[] = [];
    let told = '';
    for (const { font: own, glyph, x, y } of glyphs) {
      if (own.name !== font) shown.push(`/${own.name} ${short(size)} Tf`);
      if (y !== rise) shown.push(`${short((y / 1000) * size)} Ts`);
      const back = Math.round(pen - start - x);
      const number = own.include(glyph);
      shown.push(`[${back === 0 ? '' : back}<${number.toString(16).padStart(4, '0')}>] TJ`);
      told += String.fromCodePoint(...glyph.codePoints);
      font = own.name;
      rise = y;
      pen += glyph.advanceWidth * own.scale - back;
    }
    const text = shown.join(' ').replaceAll('] TJ [', '').replaceAll('><', '');
    said.push(isTold(run, told) ? text : `/Span <</ActualText <${utf16(run.text)}>>> BDC ${text} EMC`);
    start += width;
  }
  return said.join(' ');
}

/**
 * Whether those who copy the text find it by the glyphs alone. They stumble over marks, and over vowels of Hindi that stand before the consonant
 * that they follow. What goes from right to left they turn by themselves, and would turn a text that is given them as well.
 */
function isTold({ text, rightToLeft }: ShapedRun['run'], told: string): boolean {
  return rightToLeft || (told === text && !/\p{M}/u.test(text));
}

/** As PDF writes text (ISO 32000-1, 7.9.2.2), in hexadecimal digits. */
function utf16(text: string): string {
  return Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex');
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
