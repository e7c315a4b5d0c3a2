import { say } from '../../content/phrase.ts';
import type { Bench, Cell } from './panel.ts';
import { markCell } from './panel.ts';
import type { Mark, Tag } from '../layout/shapes.ts';

export type Share = { readonly low: number; readonly high: number };

/** A field of a hundred points over the whole width: `low` are filled, those up to `high` are open, the others are pale. */
export function pointsCell(share: Share, columns: 20 | 25, width: number, bench: Bench): Cell {
  const { colors, setting, owner } = bench;
  const pitch = width / (columns - 1 + 2 * RADIUS);
  const r = pitch * RADIUS;
  const figure: Tag = { type: 'Figure', parent: owner, alt: altOf(share, bench) };
  const marks = Array.from({ length: 100 }, (_, index): readonly Mark[] => {
    const at = { x: r + (index % columns) * pitch, y: r + Math.floor(index / columns) * pitch };
    const dot = (radius: number, fill: string): Mark => ({
      shape: { kind: 'dot', ...at, r: radius, fill },
      tag: figure,
    });
    if (index < share.low) return [dot(r, colors.ink)];
    if (index < share.high) return [dot(r, colors.ink), dot(r * 0.68, setting.look.colors.light.surface)];
    return [dot(r, colors.line)];
  });
  return markCell(marks.flat(), (100 / columns - 1) * pitch + 2 * r);
}

/** Of the distance between two points. */
const RADIUS = 0.38;

function altOf({ low, high }: Share, { setting }: Bench): string {
  const words = setting.content.words.document;
  if (low === high) return say(words.points, { count: low });
  return low === 0 ? say(words.points_under, { high }) : say(words.points_between, { low, high });
}
