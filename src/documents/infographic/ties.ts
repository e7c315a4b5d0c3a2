import type { Panel } from '../../content/infographic-model.ts';
import { say } from '../../content/phrase.ts';
import { balancedLinesOf, lineMarks } from '../layout/lines.ts';
import { stretchedMotif } from '../layout/motif.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, moved, spanCell, stacked, styleOf, textCell, titleCell } from './panel.ts';
import { tag } from '../layout/shapes.ts';
import type { Tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';
import type { TextStyle } from '../layout/styles.ts';

type Ties = Extract<Panel, { readonly kind: 'ties' }>;

/** The weak tie as a drawing with its three names, and what was found of it. */
export function tiesCell(panel: Ties, width: number, bench: Bench): Cell {
  const { scale } = bench;
  const side = width > WIDE * scale && bench.form === 'sheet';
  const room = side ? (width - GUTTER) / 2 : width;
  const drawing = drawingCell(panel, room, bench);
  if (!side)
    return stacked(
      [titleCell({ title: panel.title }, width, bench), drawing, foundCell(panel, width, bench)],
      (bench.form === 'screen' ? 13 : 9) * scale,
    );
  const words = stacked(
    [titleCell({ title: panel.title }, room, bench), foundCell(panel, room, bench)],
    6 * scale,
  );
  return {
    height: Math.max(words.height, drawing.height),
    pieces: [...words.pieces, ...moved(drawing, room + GUTTER, 0)],
  };
}

/** From this width on (points at scale 1) the drawing stands beside the words. */
const WIDE = 400;

function foundCell(panel: Ties, width: number, bench: Bench): Cell {
  const number = { ...styleOf('number', bench), size: 30 * bench.scale, leading: 32 * bench.scale };
  const value =
    panel.value === undefined
      ? []
      : [
          spanCell(
            [plainSpan(`${panel.value} `, number, tag('P', bench.owner))],
            number,
            width + number.size,
            bench,
          ),
        ];
  const text = textCell(panel.text, styleOf('text', bench), 'P', bench.owner, width, bench, panel.source);
  return stacked([...value, text], 1 * bench.scale);
}

function drawingCell(panel: Ties, width: number, bench: Bench): Cell {
  const { owner, colors, setting, scale } = bench;
  const { near, weak, far } = panel;
  const alt = say(setting.content.words.document.ties, { near, weak, far });
  const figure: Tag = { type: 'Figure', parent: owner, alt };
  const style = { ...styleOf('text', bench), leading: styleOf('text', bench).size * 1.2 };
  const height = NEAR * scale;
  const { marks, line } = stretchedMotif(width, height, colors, figure);
  const above = style.leading * 1.1;
  const gap = 2 * scale;
  const strong = { ...style, plain: 'textBold', color: colors.accent } as const;
  const span = 0.85 * (line.to[0] - line.from[0]);
  // Above the line where it is long enough, else below it and the far cluster.
  const isAbove = setting.faces.measure(strong.plain, weak, strong.size).width < span;
  const room = isAbove ? span : width - line.from[0];
  const left = isAbove ? (line.from[0] + line.to[0] - room) / 2 : line.from[0];
  const top = isAbove
    ? (line.from[1] + line.to[1]) / 2 + above - style.leading * 1.45
    : above + height * 0.72;
  const named = labelCell(weak, strong, isAbove ? 'middle' : 'right', room, figure, bench);
  const foot = Math.max(above + height + gap, top + named.height + 3 * gap);
  const half = (width - GUTTER / 2) / 2;
  const nearCell = labelCell(near, style, 'left', half, figure, bench);
  const farCell = labelCell(far, style, 'right', half, figure, bench);
  return {
    height: foot + Math.max(nearCell.height, farCell.height),
    pieces: [
      ...moved(named, left, top),
      { x: 0, y: above, marks },
      ...moved(nearCell, 0, foot),
      ...moved(farCell, width - half, foot),
    ],
  };
}

/** Height of the close cluster at scale 1. */
const NEAR = 56;

/** Lines of a name in the drawing. */
const MOST_LINES = { sheet: 2, screen: 3 } as const;

/** A name in the drawing, in smaller type where it takes too many lines. What cannot be read is told by `misfitsOf`. */
function labelCell(
  text: string,
  base: TextStyle,
  align: 'left' | 'middle' | 'right',
  room: number,
  figure: Tag,
  { setting, form }: Bench,
): Cell {
  const { faces } = setting;
  const word = Math.max(...text.split(' ').map((each) => faces.measure(base.plain, each, 1).width));
  let size = Math.min(base.size, room / word);
  const linesAt = (points: number) =>
    balancedLinesOf([plainSpan(`${text} `, { ...base, size: points }, figure)], room, faces);
  while (linesAt(size).length > MOST_LINES[form]) size *= 0.97;
  const lines = linesAt(size);
  const marks = lines.flatMap((line, index) => {
    const spare = room - line.width;
    const x = { left: 0, middle: spare / 2, right: spare }[align];
    return lineMarks(line, x, base.size + index * base.leading);
  });
  return { height: lines.length * base.leading, pieces: [{ x: 0, y: 0, marks }] };
}
