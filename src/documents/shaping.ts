import type { Font, Position, Run } from 'fontkit';

/**
 * The same font with a memory of the words that it has shaped. Shaping takes four fifths of the time of a document, and
 * documents consist of the same words. pdfkit scales the positions of a run in place, so each caller gets its own.
 */
export function remembering(font: Font): Font {
  const known = new Map<string, Run>();
  const shape = (text: string): Run => {
    let run = known.get(text);
    if (run === undefined) {
      run = font.layout(text);
      // Names are endless: forget everything now and then instead of growing with each reader.
      if (known.size > MOST_WORDS) known.clear();
      known.set(text, run);
    }
    return new OwnRun(run);
  };
  // Everything else (tables, subsets, names) is the font's own.
  const shared: unknown = Object.create(font, { layout: { value: shape } });
  return shared as Font;
}

/** Words kept for each cut. */
export const MOST_WORDS = 20_000;

class OwnRun implements Run {
  readonly glyphs: Run['glyphs'];
  readonly positions: readonly Position[];

  constructor({ glyphs, positions }: Run) {
    this.glyphs = glyphs;
    this.positions = positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => ({
      xAdvance,
      yAdvance,
      xOffset,
      yOffset,
    }));
  }

  /** Reckoned anew each time, since pdfkit reads it after scaling. */
  get advanceWidth(): number {
    return this.positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
  }
}
