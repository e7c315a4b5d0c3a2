import type { InfographicSource } from '../../content/infographic-model.ts';
import { withFooter } from '../layout/footer.ts';
import { movesPage } from '../layout/moves.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { LayoutProblem, Page, Sheets, Tag } from '../layout/shapes.ts';
import { footHeight, withFoot } from './foot.ts';
import { withFigureBoxes } from './figure-boxes.ts';
import { panelPages } from './sheet.ts';

/** Sets an infographic: one page of panels, and a second one for the reader's situation. */
export function setInfographic(source: InfographicSource, setting: Setting): Sheets {
  const { content, grid, faces } = setting;
  const root = tag('Document', null);
  const poster = posterOf(setting);
  const panels = panelPages(source, root, poster);
  const moves = movesPages(source, root, setting);
  const count = panels.pages.length + moves.pages.length;
  const pages = [
    ...panels.pages.map((page, index) =>
      withFoot(withFigureBoxes(page, faces), root, index + 1, count, poster),
    ),
    ...moves.pages.map((page, index) =>
      withFooter(page, source.title, panels.pages.length + index + 1, count, setting),
    ),
  ];
  return {
    width: grid.width,
    height: grid.height,
    pages,
    title: source.title,
    author: content.site.coach.name,
    subject: source.subtitle,
    language: content.site.language,
    edition: content.version,
    date: content.site.updated,
    problems: [...panels.problems, ...moves.problems],
  };
}

/** The margins of a poster: narrower than a book's, and wide enough for any printer. */
const MARGIN = 42;

function posterOf(setting: Setting): Setting {
  const { grid } = setting;
  const poster = { ...setting, grid: { ...grid, left: MARGIN, right: grid.width - MARGIN } };
  return { ...poster, grid: { ...poster.grid, bottom: grid.height - footHeight(poster) } };
}

type Set = { readonly pages: readonly Page[]; readonly problems: readonly LayoutProblem[] };

function movesPages(source: InfographicSource, root: Tag, setting: Setting): Set {
  const moves = setting.situation === null ? undefined : source.situations[setting.situation];
  if (moves === undefined) return { pages: [], problems: [] };
  const tried = movesPage(moves, root, setting);
  if (tried.ok) return { pages: [tried.page], problems: [] };
  const problems = [{ line: null, problem: tried.problem, remedy: 'Shorten its moves.' }];
  return { pages: tried.pages, problems };
}
