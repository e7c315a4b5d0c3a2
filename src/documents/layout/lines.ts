import type { Faces } from './faces.ts';
import type { Mark } from './shapes.ts';
import type { Bit, Word } from './words.ts';
import { wordsOf } from './words.ts';
import type { Span } from './spans.ts';

export type Line = { readonly words: readonly Word[]; readonly width: number };

/**
 * Breaks a paragraph as a whole, so that its ragged edge is calm and its last line is not a single short word. The first line
 * has `indent` points less.
 */
export function linesOf(spans: readonly Span[], room: number, faces: Faces, indent = 0): readonly Line[] {
  const words = wordsOf(spans, room, faces);
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= words.length; end++) {
    let choice = { cost: Infinity, from: end - 1 };
    let width = 0;
    for (let from = end - 1; from >= 0; from--) {
      const word = words[from];
      const before = best[from];
      if (word === undefined || before === undefined) break;
      width += word.width + (from === end - 1 ? 0 : word.space);
      if (width > room + SLIP && from < end - 1) break;
      const full = width + (from === 0 ? indent : 0);
      if (full > room + SLIP && from < end - 1) break;
      const cost = before.cost + costOf(full / room, end === words.length);
      if (cost < choice.cost) choice = { cost, from };
    }
    best.push(choice);
  }
  return cut(words, best);
}

/** For headings: as few lines as there can be, all of about the same length. */
export function balancedLinesOf(spans: readonly Span[], room: number, faces: Faces): readonly Line[] {
  const words = wordsOf(spans, room, faces);
  const most = fill(words, room);
  let low = Math.max(0, ...words.map(({ width }) => width));
  let high = room;
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (fill(words, middle).length > most.length) low = middle;
    else high = middle;
  }
  return fill(words, high);
}

/** The marks of a line whose baseline is at `y`. */
export function lineMarks(line: Line, x: number, y: number): readonly Mark[] {
  const marks: Mark[] = [];
  let at = x;
  for (const run of runsOf(line)) {
    const { face, size, color, rise, tag, link } = run.span;
    const shape = { kind: 'text', x: at, y: y - rise, text: run.text, face, size, color } as const;
    marks.push({ shape, tag });
    if (link !== null) {
      const box = { x: at, y: y - rise - size, w: run.ink, h: size * 1.3 };
      marks.push({ shape: { kind: 'link', ...forAFinger(box), ...link }, tag });
    }
    at += run.width;
  }
  return marks;
}

/** A link is at least so wide and high (points): a small number is no target by itself. */
const LEAST_TARGET = 12;

type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

function forAFinger({ x, y, w, h }: Box): Box {
  const [wide, high] = [Math.max(w, LEAST_TARGET), Math.max(h, LEAST_TARGET)];
  return { x: x - (wide - w) / 2, y: y - (high - h) / 2, w: wide, h: high };
}

/** Rounding of glyph widths; a hundredth of a point is no overflow. */
const SLIP = 0.01;

/** Each line costs a little, and more the emptier it is; the last may be short, unless it is very short. */
function costOf(filled: number, last: boolean): number {
  if (last) return filled < 0.15 ? 0.3 : 0.02;
  return 0.02 + (1 - filled) ** 2;
}

function cut(words: readonly Word[], best: readonly { readonly from: number }[]): readonly Line[] {
  const lines: Line[] = [];
  for (let end = words.length; end > 0; end = best[end]?.from ?? 0) {
    lines.unshift(lineFrom(words.slice(best[end]?.from ?? 0, end)));
  }
  return lines;
}

function fill(words: readonly Word[], room: number): readonly Line[] {
  const lines: Word[][] = [];
  let used = Infinity;
  for (const word of words) {
    if (used + word.width > room + SLIP) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(word);
    used += word.width + word.space;
  }
  return lines.map(lineFrom);
}

function lineFrom(words: readonly Word[]): Line {
  const last = words.at(-1)?.space ?? 0;
  return { words, width: words.reduce((sum, { width, space }) => sum + width + space, 0) - last };
}

/** Neighbours in one cut become one run. A blank ends the line too: without it readers glue the words of two lines together. */
function runsOf(line: Line): readonly { text: string; width: number; ink: number; span: Span }[] {
  const runs: { text: string; width: number; ink: number; span: Span }[] = [];
  for (const { bits, space } of line.words) {
    bits.forEach((bit: Bit, index) => {
      const blank = index === bits.length - 1 ? space : 0;
      const text = bit.text + (blank > 0 ? ' ' : '');
      const run = runs.at(-1);
      if (run?.span === bit.span) {
        run.ink = run.width + bit.width;
        run.text += text;
        run.width += bit.width + blank;
      } else {
        runs.push({ text, width: bit.width + blank, ink: bit.width, span: bit.span });
      }
    });
  }
  return runs;
}
