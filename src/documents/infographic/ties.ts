import type { Panel } from '../../content/model.ts';
import { say } from '../../content/phrase.ts';
import { stretchedMotif } from '../layout/motif.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, moved, spanCell, stacked, styleOf, textCell, titleCell } from './panel.ts';
import { tag } from '../layout/shapes.ts';
import type { Piece, Tag } from '../layout/shapes.ts';
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
  const strong = { ...style, plain: 'textBold', color: colors.accent } as const;
  const span = line.to[0] - line.from[0];
  const middle = { x: (line.from[0] + line.to[0]) / 2, y: (line.from[1] + line.to[1]) / 2 };
  // Above the line where it is long enough, else below it and the far cluster.
  const weakPiece =
    setting.faces.measure(strong.plain, weak, strong.size).width < 0.85 * span
      ? labelPiece(
          weak,
          strong,
          middle.x,
          middle.y + above - style.leading * 1.45,
          'middle',
          width,
          figure,
          bench,
        )
      : labelPiece(weak, strong, width, above + height * 0.72, 'right', width * 0.65, figure, bench);
  return {
    height: above + height + style.leading + 2 * scale,
    pieces: [
      weakPiece,
      { x: 0, y: above, marks },
      labelPiece(near, style, 0, above + height + 2 * scale, 'left', width / 2, figure, bench),
      labelPiece(far, style, width, above + height + 2 * scale, 'right', width / 2, figure, bench),
    ],
  };
}

/** Height of the close cluster at scale 1. */
const NEAR = 56;

function labelPiece(
  text: string,
  base: TextStyle,
  x: number,
  y: number,
  align: 'left' | 'middle' | 'right',
  room: number,
  figure: Tag,
  { setting }: Bench,
): Piece {
  const full = setting.faces.measure(base.plain, text, base.size).width;
  const size = full > room ? (base.size * room) / full : base.size;
  const width = Math.min(full, room);
  const left = x - { left: 0, middle: width / 2, right: width }[align];
  const shape = { kind: 'text', x: 0, y: base.size, text: `${text} `, face: base.plain, size } as const;
  return { x: left, y, marks: [{ shape: { ...shape, color: base.color }, tag: figure }] };
}
