import type { Faces } from '../layout/faces.ts';
import type { Mark, Page, Piece, Tag } from '../layout/shapes.ts';

type Box = readonly [number, number, number, number];

/** The same page, each figure with the box that its marks fill: PDF/UA wants it, and it is known only once all is placed. */
export function withFigureBoxes(page: Page, faces: Faces): Page {
  const boxes = new Map<Tag, Box>();
  for (const piece of page.pieces)
    for (const mark of piece.marks)
      if (mark.tag?.type === 'Figure')
        boxes.set(mark.tag, around(boxes.get(mark.tag), boxOf(mark, piece, faces)));
  const boxed = new Map([...boxes].map(([tag, box]) => [tag, { ...tag, box }] as const));
  const pieces = page.pieces.map((piece) => ({
    ...piece,
    marks: piece.marks.map((mark) =>
      mark.tag === null ? mark : { ...mark, tag: boxed.get(mark.tag) ?? mark.tag },
    ),
  }));
  return { ...page, pieces };
}

function boxOf({ shape }: Mark, { x, y }: Piece, faces: Faces): Box {
  switch (shape.kind) {
    case 'dot':
      return [x + shape.x - shape.r, y + shape.y - shape.r, x + shape.x + shape.r, y + shape.y + shape.r];
    case 'rule':
      return [
        x + Math.min(shape.x1, shape.x2),
        y + Math.min(shape.y1, shape.y2),
        x + Math.max(shape.x1, shape.x2),
        y + Math.max(shape.y1, shape.y2),
      ];
    case 'text':
      return [
        x + shape.x,
        y + shape.y - shape.size,
        x + shape.x + faces.measure(shape.face, shape.text, shape.size).width,
        y + shape.y,
      ];
    case 'personal':
      return [x + shape.x, y + shape.y - shape.size, x + shape.x + shape.room, y + shape.y];
    case 'rect':
    case 'frame':
    case 'link':
      return [x + shape.x, y + shape.y, x + shape.x + shape.w, y + shape.y + shape.h];
  }
}

function around(one: Box | undefined, other: Box): Box {
  if (one === undefined) return other;
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ];
}
