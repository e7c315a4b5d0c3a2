import type { Faces } from './faces.ts';

/**
 * What a typed name (or role) looks like in print; null when nothing readable is left of it. Composed first (NFC), without
 * characters that the text face lacks, with at most two marks on a letter, and never longer than 100 characters.
 */
export function printableName(typed: string, faces: Faces): string | null {
  const start = Array.from(typed).slice(0, MOST_CHARACTERS).join('');
  const shown = faces
    .measure('text', start, 1)
    .text.replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/^\p{M}+/u, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(shown)) return null;
  // Shaping can ask for glyphs that the letters alone do not.
  return faces.fonts.text.layout(shown).glyphs.some((glyph) => glyph.id === 0) ? null : shown;
}

const MOST_CHARACTERS = 100;
