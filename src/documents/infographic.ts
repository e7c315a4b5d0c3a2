import type { InfographicSource, Panel } from '../content/model.ts';
import { withFooter } from './footer.ts';
import { headerCell } from './header.ts';
import { movesPage } from './moves.ts';
import type { Bench, Cell } from './panel.ts';
import { moved, nameOf, onGround, sideBySide, spanCell, stacked, textCell } from './panel.ts';
import { GUTTER, barsCell, figuresCell, listCell, noteCell, stepsCell } from './panels.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Page, Piece, Place, Sheets, Tag } from './shapes.ts';
import { plainSpan } from './spans.ts';

/** Sets an infographic: one page of panels, and a second one for the reader's situation. */
export function setInfographic(source: InfographicSource, setting: Setting): Sheets {
  const { content, grid, situation } = setting;
  const root = tag('Document', null);
  const moves = situation === null ? undefined : source.situations[situation];
  const pages = [
    panelsPage(source, root, setting),
    ...(moves === undefined ? [] : [movesPage(moves, root, setting)]),
  ];
  return {
    width: grid.width,
    height: grid.height,
    pages: pages.map((page, index) => withFooter(page, source.title, index + 1, pages.length, setting)),
    title: source.title,
    author: content.site.coach.name,
    subject: source.subtitle,
    language: content.site.language,
    date: content.site.updated,
  };
}

type Strip = { readonly panels: readonly Panel[]; readonly cell: Cell };

/** The largest type at which all panels fit; what is left over goes between them. */
function panelsPage(source: InfographicSource, root: Tag, setting: Setting): Page {
  const { grid } = setting;
  const owner = tag('Sect', root);
  const header = headerCell(source, owner, setting);
  const width = grid.right - grid.left;
  const room = grid.bottom - FOOT - header.height;
  let strips: readonly Strip[] = [];
  let sources: Cell = { height: 0, pieces: [] };
  let spare = -1;
  for (let scale = LARGEST; scale >= SMALLEST && spare < 0; scale -= 0.02) {
    const bench = { setting, owner, scale };
    strips = stripsOf(source.panels, width, bench);
    sources = sourcesCell(source, width, bench);
    spare =
      room -
      sources.height -
      strips.reduce((sum, { cell }) => sum + cell.height + LEAST_GAP * scale, LEAST_GAP * scale);
    if (spare >= 0) {
      const gap = LEAST_GAP * scale + Math.min(MOST_MORE, spare / (strips.length + 1));
      return pageOf(source, header, strips, sources, gap, setting);
    }
  }
  throw tooLong(strips, room - sources.height);
}

const LARGEST = 1.16;
/** Body text of 9.5 points becomes 7.8: the least that prints well. */
const SMALLEST = 0.82;
const LEAST_GAP = 18;
const MOST_MORE = 20;
/** The sources end a little above the footer. */
const FOOT = -18;

function pageOf(
  source: InfographicSource,
  header: Cell,
  strips: readonly Strip[],
  sources: Cell,
  gap: number,
  { grid }: Setting,
): Page {
  const pieces: Piece[] = [...header.pieces];
  let y = header.height;
  for (const { cell } of strips) {
    y += gap;
    pieces.push(...moved(cell, grid.left, y));
    y += cell.height;
  }
  const foot = grid.bottom - FOOT - sources.height;
  pieces.push(...moved(sources, grid.left, foot));
  const places: Place[] = [
    { name: 'top', y: 0, bookmark: { title: source.title, level: 1 } },
    ...source.sources.map(({ id }) => ({ name: `source-${id}`, y: foot, bookmark: null })),
  ];
  return { pieces, places };
}

/** Panels in strips over the whole width: figures beside each other, two halves, or one alone. */
function stripsOf(panels: readonly Panel[], width: number, bench: Bench): readonly Strip[] {
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

/** The sources in small print, in two columns. */
function sourcesCell({ sources }: InfographicSource, width: number, bench: Bench): Cell {
  const { setting, owner, scale } = bench;
  if (sources.length === 0) return { height: 0, pieces: [] };
  const base = setting.styles.note;
  const style = { ...base, size: Math.max(6.6, 7 * Math.min(1, scale)), leading: 9 };
  const words = { ...style, plain: 'textBold' } as const;
  const heading = spanCell(
    [plainSpan(setting.content.words.document.sources, words, tag('H2', owner))],
    words,
    width,
    bench,
  );
  const list = tag('L', owner);
  const room = (width - GUTTER) / 2;
  const cells = sources.map(({ id, text }) => {
    const item = tag('LI', list);
    const label = spanCell([plainSpan(`${id} `, style, tag('Lbl', item))], style, LABEL, bench);
    const body = textCell(text, style, 'LBody', item, room - LABEL, bench);
    return { height: body.height, pieces: [...label.pieces, ...moved(body, LABEL, 0)] };
  });
  const columns = balanced(cells).map((column) => stacked(column, 1.5));
  return stacked([heading, sideBySide(columns, room + GUTTER)], 1.5);
}

const LABEL = 10;

/** Two columns in reading order, as equally high as can be. */
function balanced(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const tall = (some: readonly Cell[]): number => some.reduce((sum, { height }) => sum + height, 0);
  const splits = cells.map((_, index) => [cells.slice(0, index + 1), cells.slice(index + 1)] as const);
  return splits.reduce((best, split) =>
    Math.max(...split.map(tall)) < Math.max(...best.map(tall)) ? split : best,
  );
}

function tooLong(strips: readonly Strip[], room: number): Error {
  let used = 0;
  const beyond = strips.find(({ cell }) => (used += cell.height + LEAST_GAP * SMALLEST) > room);
  const names = (beyond ?? strips.at(-1))?.panels.map(nameOf).join(', ') ?? 'sources';
  return new Error(
    `The infographic is longer than its page. The first panel that finds no room: ${names}. Shorten it, or one before it.`,
  );
}
