import type { Panel } from '../../content/model.ts';
import { figuresCell } from './figures.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, moved, onGround } from './panel.ts';
import { barsCell, listCell, noteCell, stepsCell } from './panels.ts';

export type Strip = { readonly panels: readonly Panel[]; readonly cell: Cell };

/** Panels in strips over the whole width: figures beside each other, two halves, or one alone. */
export function stripsOf(panels: readonly Panel[], width: number, bench: Bench): readonly Strip[] {
  const strips: Strip[] = [];
  for (let index = 0; index < panels.length;) {
    const group = groupAt(panels, index);
    strips.push({ panels: group, cell: stripCell(group, width, bench) });
    index += group.length;
  }
  return strips;
}

function groupAt(panels: readonly Panel[], index: number): readonly Panel[] {
  const [first, second] = panels.slice(index, index + 2);
  if (first?.kind === 'figure') {
    const end = panels.findIndex((panel, at) => at > index && panel.kind !== 'figure');
    return panels.slice(index, end === -1 ? panels.length : end);
  }
  const half = (panel: Panel | undefined) =>
    panel !== undefined && panel.kind !== 'figure' && panel.kind !== 'steps';
  return panels.slice(index, index + (half(first) && half(second) ? 2 : 1));
}

function stripCell(group: readonly Panel[], width: number, bench: Bench): Cell {
  const figures = group.filter((panel) => panel.kind === 'figure');
  if (figures.length > 0) return figuresCell(figures, width, bench);
  const { wash } = bench.setting.look.colors.light;
  const room = group.length === 2 ? (width - GUTTER) / 2 : width;
  const padding = (panel: Panel): number => (onWash(panel) ? PADDING : 0);
  const cells = group.map((panel) => panelCell(panel, room - 2 * padding(panel), group.length === 1, bench));
  const height = Math.max(
    ...cells.map((cell, index) => cell.height + 2 * (group[index] === undefined ? 0 : padding(group[index]))),
  );
  const pieces = cells.flatMap((cell, index) => {
    const panel = group[index];
    const set = panel !== undefined && onWash(panel) ? onGround(cell, room, PADDING, height, wash) : cell;
    return moved(set, index * (room + GUTTER), 0);
  });
  return { height, pieces };
}

const PADDING = 16;

function onWash(panel: Panel): boolean {
  return panel.kind === 'note' || panel.kind === 'steps';
}

function panelCell(panel: Panel, width: number, alone: boolean, bench: Bench): Cell {
  switch (panel.kind) {
    case 'figure':
      return figuresCell([panel], width, bench);
    case 'bars':
      return barsCell(panel, width, bench);
    case 'steps':
      return stepsCell(panel, width, bench);
    case 'list':
      return listCell(panel, width, alone ? 2 : 1, bench);
    case 'note':
      return noteCell(panel, width, bench);
  }
}
