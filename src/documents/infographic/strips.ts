import type { Panel } from '../../content/infographic-model.ts';
import { figuresCell } from './figures.ts';
import { misfitsOf } from './complaints.ts';
import type { Part } from './complaints.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, moved, onGround } from './panel.ts';
import { panelCell } from './panels.ts';

export type Strip = {
  readonly panels: readonly Panel[];
  readonly cell: Cell;
  /** What stands in it, each as it was set for its own room. */
  readonly parts: readonly Part[];
};

/** Panels in strips over the whole width: figures beside each other, two that share a strip, or one alone. */
export function stripsOf(panels: readonly Panel[], width: number, bench: Bench): readonly Strip[] {
  const strips: Strip[] = [];
  for (let index = 0; index < panels.length;) {
    const group = groupAt(panels, index, bench);
    strips.push({ panels: group, ...setStrip(group, width, bench) });
    index += group.length;
  }
  return strips;
}

function groupAt(panels: readonly Panel[], index: number, { form }: Bench): readonly Panel[] {
  const [first, second] = panels.slice(index, index + 2);
  if (first?.kind === 'figure') {
    const end = panels.findIndex((panel, at) => at > index && panel.kind !== 'figure');
    return panels.slice(index, end === -1 ? panels.length : end);
  }
  const half = (panel: Panel | undefined) =>
    panel !== undefined && panel.kind !== 'figure' && panel.kind !== 'myth';
  const pair = form === 'sheet' && half(first) && half(second);
  return panels.slice(index, index + (pair ? 2 : 1));
}

type Set = Omit<Strip, 'panels'>;

function setStrip(group: readonly Panel[], width: number, bench: Bench): Set {
  const figures = group.filter((panel) => panel.kind === 'figure');
  if (figures.length > 0) {
    const cell = figuresCell(figures, width, bench);
    return { cell, parts: [{ panels: figures, cell, width }] };
  }
  const [first, second] = group;
  if (first === undefined) return { cell: { height: 0, pieces: [] }, parts: [] };
  if (second === undefined) return stripOf([first], [width], bench);
  const tried = SPLITS.map((part) => {
    const left = (width - GUTTER) * part;
    return stripOf([first, second], [left, width - GUTTER - left], bench);
  });
  const fit = tried.filter(({ parts }) => parts.every((part) => misfitsOf(part, bench).length === 0));
  return (fit.length > 0 ? fit : tried).reduce((best, each) =>
    each.cell.height < best.cell.height - 1 ? each : best,
  );
}

/** Where a strip may be parted, the best first: two panels of unlike length come out about equally high. */
const SPLITS = [0.5, 0.46, 0.54, 0.42, 0.58];

function stripOf(group: readonly Panel[], rooms: readonly number[], bench: Bench): Set {
  const set = group.map((panel, index) => {
    const ground = groundOf(panel, bench);
    const padding = ground === null ? 0 : PADDING * Math.min(1.2, bench.scale);
    const room = rooms[index] ?? 0;
    const inner = room - 2 * padding;
    const cell = panelCell(panel, inner, group.length === 1, ground?.bench ?? bench);
    return { cell, room, padding, ground, part: { panels: [panel], cell, width: inner } };
  });
  const height = Math.max(...set.map(({ cell, padding }) => cell.height + 2 * padding));
  let x = 0;
  const pieces = set.flatMap(({ cell, room, padding, ground }) => {
    const placed = ground === null ? cell : onGround(cell, room, padding, height, ground.fill);
    const at = x;
    x += room + GUTTER;
    return moved(placed, at, 0);
  });
  return { cell: { height, pieces }, parts: set.map(({ part }) => part) };
}

const PADDING = 15;

/** What a panel stands on, if not on the page: a note on the wash; what the reader can do on ink, in the colours of the night. */
function groundOf(panel: Panel, bench: Bench): { readonly fill: string; readonly bench: Bench } | null {
  const { light, dark } = bench.setting.look.colors;
  if (panel.kind === 'note') return { fill: light.wash, bench };
  if (panel.kind === 'steps') return { fill: light.ink, bench: { ...bench, colors: dark } };
  return null;
}
