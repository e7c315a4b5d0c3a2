import type { Font, How, Position, Run } from 'fontkit';

/**
 * The same font with a memory of the words that it has shaped. Shaping takes four fifths of the time of a document, and
 * documents consist of the same words. pdfkit scales the positions of a run in place, so each caller gets its own.
 */
export function remembering(font: Font): Font {
  const known = new Map<string, Shaped>();
  const shape = (text: string, ...how: How): Run => {
    // pdfkit says that it has no wishes by passing undefined.
    const key = how.every((wish) => wish === undefined) ? text : `${JSON.stringify(how)}\0${text}`;
    let run = known.get(key);
    if (run === undefined) {
      // Many characters can share a glyph (a blank and a no-break space), and fontkit remembers only the first that asked:
      // without a clean start, the text that one reader can copy would depend on the names set before.
      font._glyphs = {};
      run = copied(font.layout(text, ...how));
      // Names are endless: forget everything now and then instead of growing with each reader.
      if (known.size > MOST_WORDS) known.clear();
      known.set(key, run);
    }
    return new OwnRun(run);
  };
  // Everything else (tables, names) is the font's own, but for the glyphs that a subset asks for without any character.
  const shared: unknown = Object.create(font, {
    layout: { value: shape },
    _glyphs: { value: {}, writable: true },
  });
  return shared as Font;
}

/** Words kept for each cut. */
export const MOST_WORDS = 6_000;

type Shaped = Pick<Run, 'glyphs' | 'positions'>;

/** Only what pdfkit reads of a run: fontkit's own glyphs hold the whole font and all that was ever asked of them. */
function copied({ glyphs, positions }: Run): Shaped {
  return {
    glyphs: glyphs.map(({ id, advanceWidth, codePoints }) => ({ id, advanceWidth, codePoints })),
    positions: positions.map(own),
  };
}

function own({ xAdvance, yAdvance, xOffset, yOffset }: Position): Position {
  return { xAdvance, yAdvance, xOffset, yOffset };
}

class OwnRun implements Run {
  readonly glyphs: Run['glyphs'];
  readonly positions: readonly Position[];

  constructor({ glyphs, positions }: Shaped) {
    this.glyphs = glyphs;
    this.positions = positions.map(own);
  }

  /** Reckoned anew each time, since pdfkit reads it after scaling. */
  get advanceWidth(): number {
    return this.positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
  }
}
