import type { Panel } from '../../content/infographic-model.ts';
import type { LayoutProblem } from '../layout/shapes.ts';
import type { Bench, Cell } from './panel.ts';
import { nameOf } from './panel.ts';

/** A panel, or figures beside each other, as it was set for so much room. */
export type Part = { readonly panels: readonly Panel[]; readonly cell: Cell; readonly width: number };

/** What a panel has that cannot be read: a text smaller than the least that is set, or one that stands out of its room. */
export function misfitsOf(
  { panels, cell, width }: Part,
  { setting, least }: Bench,
): readonly LayoutProblem[] {
  const isMisfit = (x: number, size: number, text: number) =>
    size < least.text - SLIP || x < -OVERHANG * size || x + text > width + SLIP;
  for (const { x, marks } of cell.pieces)
    for (const { shape, tag } of marks) {
      // The raised number of a source is a link, and small.
      if (shape.kind !== 'text' || tag?.type === 'Link') continue;
      const words = shape.text.trim();
      const text = setting.faces.measure(shape.face, words, shape.size).width;
      if (isMisfit(x + shape.x, shape.size, text)) return [misfit(words, panels)];
    }
  return [];
}

/** Points; rounding is no misfit. */
const SLIP = 0.05;
/** A large number stands out to the left by the white beside its first figure: so much of its size. */
const OVERHANG = 0.05;

function misfit(words: string, panels: readonly Panel[]): LayoutProblem {
  const says = (panel: Panel) => panel.kind === 'figure' && panel.value === words;
  const panel = panels.find(says) ?? panels[0];
  return {
    line: panel?.line ?? null,
    problem: `${panel === undefined ? 'A panel' : nameOf(panel)} has no room for “${words}” in type that can be read.`,
    remedy: 'Shorten it.',
  };
}

/** The panels that stand beyond the page's end. None: it is the sources that do. */
export function tooLong(beyond: readonly Panel[]): LayoutProblem {
  const names = beyond.length === 0 ? 'the sources' : beyond.map(nameOf).join(', ');
  return {
    line: beyond[0]?.line ?? null,
    problem: `The infographic is longer than its page: ${names} finds no room in type that can be read.`,
    remedy: 'Shorten it, or one before it.',
  };
}
