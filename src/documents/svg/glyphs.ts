import type { Faces } from '../layout/faces.ts';
import type { Face } from '../layout/shapes.ts';
import { element, short } from './markup.ts';
import { outlineOf } from './outline.ts';

/** Draws texts as the outlines of their letters, each outline once however often it is used. */
export type Glyphs = {
  /** A text whose first letter stands at `x` with its baseline at `y`. `kerned` is how running text is set. */
  readonly draw: (text: TextRun, kerned: boolean) => string;
  /** The outlines that were used so far. */
  readonly outlines: () => string;
};

export type TextRun = {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly face: Face;
  readonly size: number;
  readonly color: string;
};

/** @param ids begins the name of every outline, so that several drawings can stand in one page. */
export function createGlyphs(faces: Faces, ids: string): Glyphs {
  const outlines = new Map<string, { readonly name: string; readonly d: string }>();
  return {
    draw: ({ x, y, text, face, size, color }, kerned) => {
      const font = faces.fonts[face];
      const scale = size / font.unitsPerEm;
      const uses = placed(text, face, faces, kerned).flatMap(({ id, x: at, y: up }) => {
        const key = `${face} ${id}`;
        let outline = outlines.get(key);
        if (outline === undefined) {
          outline = {
            name: `${ids}${outlines.size.toString(36)}`,
            d: outlineOf(font.getGlyph(id).path.commands),
          };
          outlines.set(key, outline);
        }
        // A blank has no outline.
        if (outline.d === '') return [];
        const place = { ...(at === 0 ? {} : { x: at }), ...(up === 0 ? {} : { y: up }) };
        return [element('use', { href: `#${outline.name}`, ...place })];
      });
      if (uses.length === 0) return '';
      // Letters are drawn with y upwards.
      const turned = `matrix(${scaled(scale)} 0 0 ${scaled(-scale)} ${short(x)} ${short(y)})`;
      return `<g fill="${color}" transform="${turned}">${uses.join('')}</g>`;
    },
    outlines: () =>
      [...outlines.values()]
        .filter(({ d }) => d !== '')
        .map(({ name, d }) => element('path', { id: name, d }))
        .join(''),
  };
}

type Placed = { readonly id: number; readonly x: number; readonly y: number };

/**
 * Where each letter stands, in units of the font from the start of the text. Words are shaped one by one, each with the
 * blank behind it, as pdfkit does it: so the picture and the printed page agree.
 */
function placed(text: string, face: Face, faces: Faces, kerned: boolean): readonly Placed[] {
  const font = faces.fonts[face];
  const pieces = kerned ? (text.match(/[^ ]* |[^ ]+$/g) ?? []) : Array.from(text);
  const glyphs: Placed[] = [];
  let x = 0;
  for (const piece of pieces) {
    const run = font.layout(piece);
    run.glyphs.forEach(({ id }, index) => {
      const position = run.positions[index] ?? { xAdvance: 0, yAdvance: 0, xOffset: 0, yOffset: 0 };
      glyphs.push({ id, x: x + position.xOffset, y: position.yOffset });
      x += position.xAdvance;
    });
  }
  return glyphs;
}

/** A scale has few digits before the point: five behind it are a tenth of a unit at the end of a long line. */
function scaled(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
