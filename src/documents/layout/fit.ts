import type { Faces } from './faces.ts';
import type { Face } from './shapes.ts';

/** A text that fits on one line: as it is, or smaller down to `least` of its size, or cut with an ellipsis. */
export function fitLine(
  text: string,
  face: Face,
  size: number,
  room: number,
  faces: Faces,
  least = 0.75,
): { readonly text: string; readonly size: number; readonly width: number } {
  const full = faces.measure(face, text, size);
  if (full.width <= room) return { ...full, size };
  const smaller = (size * room) / full.width;
  if (smaller >= size * least) return { text: full.text, size: smaller, width: room };
  const letters = [...LETTERS.segment(full.text)].map(({ segment }) => segment);
  let few = 0;
  let many = letters.length;
  while (many - few > 1) {
    const middle = (few + many) >> 1;
    if (cut(letters, middle, face, size * least, faces).width <= room) few = middle;
    else many = middle;
  }
  return { ...cut(letters, few, face, size * least, faces), size: size * least };
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

function cut(letters: readonly string[], count: number, face: Face, size: number, faces: Faces) {
  return faces.measure(face, `${letters.slice(0, count).join('').trimEnd()}…`, size);
}
