import type { InfographicSource } from '../../content/model.ts';
import { withFooter } from '../layout/footer.ts';
import { headerCell } from './header.ts';
import { movesPage } from '../layout/moves.ts';
import type { Tried } from '../layout/moves.ts';
import type { Cell } from './panel.ts';
import { moved, nameOf } from './panel.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Page, Piece, Place, Sheets, Tag } from '../layout/shapes.ts';
import { sourcesCell } from './small-print.ts';
import { stripsOf } from './strips.ts';
import type { Strip } from './strips.ts';

/** Sets an infographic: one page of panels, and a second one for the reader's situation. */
export function setInfographic(source: InfographicSource, setting: Setting): Sheets {
  const tried = pagesFor(source, setting);
  const pages = tried.flatMap((each) => (each.ok ? [each.page] : []));
  if (pages.length === tried.length) return sheetsOf(source, pages, setting);
  throw new Error(tried.flatMap((each) => (each.ok ? [] : [each.problem])).join(' '));
}

function pagesFor(source: InfographicSource, setting: Setting): readonly Tried[] {
  const root = tag('Document', null);
  const moves = setting.situation === null ? undefined : source.situations[setting.situation];
  const first = panelsPage(source, root, setting);
  return moves === undefined ? [first] : [first, movesPage(moves, root, setting)];
}

function sheetsOf(source: InfographicSource, pages: readonly Page[], setting: Setting): Sheets {
  const { content, grid } = setting;
  return {
    width: grid.width,
    height: grid.height,
    pages: pages.map((page, index) => withFooter(page, source.title, index + 1, pages.length, setting)),
    title: source.title,
    author: content.site.coach.name,
    subject: source.subtitle,
    language: content.site.language,
    date: content.site.updated,
    problems: [],
  };
}

/** The largest type at which all panels fit; what is left over goes between them. */
function panelsPage(source: InfographicSource, root: Tag, setting: Setting): Tried {
  const { grid } = setting;
  const owner = tag('Sect', root);
  const header = headerCell(source, owner, setting);
  const width = grid.right - grid.left;
  const room = grid.bottom - FOOT - header.height;
  let strips: readonly Strip[] = [];
  let used = 0;
  for (let scale = LARGEST; scale >= SMALLEST; scale -= 0.02) {
    const bench = { setting, owner, scale };
    const sources = sourcesCell(source, width, bench);
    strips = stripsOf(source.panels, width, bench);
    used = sources.height + LEAST_GAP * scale;
    const spare = room - strips.reduce((sum, { cell }) => sum + cell.height + LEAST_GAP * scale, used);
    if (spare >= 0) {
      const gap = LEAST_GAP * scale + Math.min(MOST_MORE, spare / (strips.length + 1));
      return { ok: true, page: pageOf(source, header, strips, sources, gap, setting) };
    }
  }
  return { ok: false, problem: tooLong(strips, room - used) };
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

function tooLong(strips: readonly Strip[], room: number): string {
  let used = 0;
  const beyond = strips.find(({ cell }) => (used += cell.height + LEAST_GAP * SMALLEST) > room);
  const names = (beyond ?? strips.at(-1))?.panels.map(nameOf).join(', ') ?? 'sources';
  return `The infographic is longer than its page. The first panel that finds no room: ${names}. Shorten it, or one before it.`;
}
