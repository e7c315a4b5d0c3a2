import type { Faces } from './faces.ts';
import type { Span } from './spans.ts';

/** A piece of a word in one cut. */
export type Bit = { readonly text: string; readonly width: number; readonly span: Span };

/** What a line cannot break. `space` is the width of the blank behind it; 0 where a line may break without one. */
export type Word = { readonly bits: readonly Bit[]; readonly width: number; readonly space: number };

/** Words no wider than `room` points: a longer one (a web address, a name of 80 letters) is cut wherever the room ends. */
export function wordsOf(spans: readonly Span[], room: number, faces: Faces): readonly Word[] {
  const words: Word[] = [];
  let bits: Bit[] = [];
  const finish = (space: number): void => {
    const last = words.at(-1);
    if (bits.length > 0) words.push(...narrow(bits, space, room, faces));
    // A blank at the start of a run belongs to the word before it.
    else if (last !== undefined && last.space === 0) words.push({ ...(words.pop() ?? last), space });
    bits = [];
  };
  for (const span of spans) {
    for (const token of span.text.replace(BOUND, '\u00a0').match(TOKENS) ?? []) {
      if (BLANK.test(token)) {
        finish(faces.measure(span.face, ' ', span.size).width);
        continue;
      }
      const { text, width } = faces.measure(span.face, token, span.size);
      if (text !== '') bits.push({ text, width, span });
      if (BREAKS_AFTER.test(token)) finish(0);
    }
  }
  finish(0);
  return words;
}

/** Blanks (not the no-break space), and runs that end where a line may break: behind a hyphen, a dash or a slash within a word. */
const TOKENS = /[ \t\n]+|[^ \t\n]*?[\p{L}\p{N}]{2}[-–—/](?=\p{L}{3})|[^ \t\n]+/gu;
const BLANK = /^[ \t\n]+$/;
/** "76 %" is one word, and so is "« Quoi ? »" where somebody typed French with the blanks of a keyboard. */
const BOUND = /(?<=\d) (?=%)| (?=[;:!?»](?:[\s»).,]|$))|(?<=(?:^|[\s(])«) /gu;
const BREAKS_AFTER = /[-–—/]$/;

function narrow(bits: readonly Bit[], space: number, room: number, faces: Faces): readonly Word[] {
  const width = widthOf(bits);
  if (width <= room) return [{ bits, width, space }];
  const parts: Bit[][] = [[]];
  let used = 0;
  for (const { span, text } of bits) {
    for (const { segment } of LETTERS.segment(text)) {
      const part = parts.at(-1) ?? [];
      const before = part.at(-1);
      const joins = before !== undefined && before.span === span;
      // Measured together: kerning makes a run wider or narrower than its letters.
      const longer = faces.measure(span.face, (joins ? before.text : '') + segment, span.size);
      const more = longer.width - (joins ? before.width : 0);
      if (used > 0 && used + more > room) {
        const alone = faces.measure(span.face, segment, span.size);
        parts.push([{ ...alone, span }]);
        used = alone.width;
      } else {
        part.splice(joins ? -1 : part.length, joins ? 1 : 0, { ...longer, span });
        used += more;
      }
    }
  }
  return parts.map((part, index) => ({
    bits: part,
    width: widthOf(part),
    space: index === parts.length - 1 ? space : 0,
  }));
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

function widthOf(bits: readonly Bit[]): number {
  return bits.reduce((sum, bit) => sum + bit.width, 0);
}
