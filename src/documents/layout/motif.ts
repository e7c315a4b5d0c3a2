import type { Colors } from '../../kernel/look.ts';
import type { Mark, Tag } from './shapes.ts';

/** Height of the drawing as a part of its width. */
export const MOTIF_HEIGHT = 0.56;

/**
 * The motif of the house: a close cluster joined to a far one by a single thin line, the weak tie that brings the job.
 * Drawn with its left top corner at 0, 0 and so wide as asked; always the same.
 */
export function motif(width: number, colors: Colors, owner: Tag | null): readonly Mark[] {
  const unit = width / 100;
  return networkMarks(
    NODES.map(([x, y, r]) => [x * unit, y * unit, r * unit]),
    colors,
    owner,
  );
}

/** The motif with a longer line: the close cluster at the left edge, `tall` points high, the far one at the right. */
export function stretchedMotif(
  width: number,
  tall: number,
  colors: Colors,
  owner: Tag | null,
): { readonly marks: readonly Mark[]; readonly line: { readonly from: Node; readonly to: Node } } {
  const near = NODES.slice(0, CLOSE);
  const far = NODES.slice(CLOSE);
  const edge = (nodes: readonly Node[], of: (node: Node) => number) => Math.min(...nodes.map(of));
  const top = edge(near, ([, y, r]) => y - r);
  const unit = tall / (-edge(near, ([, y, r]) => -y - r) - top);
  const left = edge(near, ([x, , r]) => x - r);
  const right = -edge(far, ([x, , r]) => -x - r);
  const farTop = edge(far, ([, y, r]) => y - r);
  const nodes = NODES.map(([x, y, r], index): Node => {
    const isNear = index < CLOSE;
    return [
      isNear ? (x - left) * unit : width - (right - x) * unit,
      (y - (isNear ? top : farTop)) * unit,
      r * unit,
    ];
  });
  const [from = [0, 0, 0], to = [0, 0, 0]] = WEAK_TIE.map((index) => nodes[index]);
  return { marks: networkMarks(nodes, colors, owner), line: { from, to } };
}

/** Left, top and radius. */
type Node = readonly [number, number, number];

function networkMarks(nodes: readonly Node[], colors: Colors, owner: Tag | null): readonly Mark[] {
  const line = ([from, to]: readonly [number, number], color: string, weight: number): readonly Mark[] => {
    const a = nodes[from];
    const b = nodes[to];
    if (a === undefined || b === undefined) return [];
    const ends = { x1: a[0], y1: a[1], x2: b[0], y2: b[1] };
    return [{ shape: { kind: 'rule', ...ends, color, width: weight }, tag: owner }];
  };
  return [
    ...TIES.flatMap((tie) => line(tie, colors.ink, 0.45)),
    ...line(WEAK_TIE, colors.accent, 0.9),
    ...nodes.map(([x, y, r], index): Mark => {
      const fill = WEAK_TIE.includes(index) ? colors.accent : colors.ink;
      return { shape: { kind: 'dot', x, y, r, fill }, tag: owner };
    }),
  ];
}

/** In hundredths of the width: eleven who are close, then six who are far. */
const NODES: readonly Node[] = [
  [20.5, 37.5, 1.75],
  [10.5, 33.0, 1.0],
  [4.0, 42.0, 0.75],
  [13.5, 46.5, 1.15],
  [22.0, 52.5, 0.8],
  [29.5, 46.0, 1.3],
  [30.5, 32.5, 1.05],
  [22.5, 26.0, 0.8],
  [13.5, 24.5, 0.65],
  [37.5, 39.5, 0.95],
  [7.0, 52.0, 0.6],
  [84.5, 12.5, 1.45],
  [75.5, 10.0, 0.95],
  [80.5, 3.0, 0.7],
  [93.0, 6.5, 0.9],
  [95.5, 17.0, 0.65],
  [87.0, 21.5, 0.85],
];

/** So many of them are close. */
const CLOSE = 11;

const TIES: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, 3],
  [0, 5],
  [0, 6],
  [0, 7],
  [1, 2],
  [1, 3],
  [1, 8],
  [2, 3],
  [2, 10],
  [3, 4],
  [3, 10],
  [3, 5],
  [4, 5],
  [5, 6],
  [5, 9],
  [6, 7],
  [6, 9],
  [7, 8],
  [1, 7],
  [0, 9],
  [11, 12],
  [11, 13],
  [11, 14],
  [11, 16],
  [12, 13],
  [13, 14],
  [14, 15],
  [11, 15],
  [15, 16],
];

const WEAK_TIE: readonly [number, number] = [9, 12];
