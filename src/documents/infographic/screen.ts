import type { Content, InfographicSource } from '../../content/model.ts';
import type { Faces } from '../layout/faces.ts';
import { settingFor } from '../layout/setting.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Piece, Sheets } from '../layout/shapes.ts';
import { pageSvg } from '../svg/page.ts';
import { headerCell } from './header.ts';
import type { Bench } from './panel.ts';
import { moved } from './panel.ts';
import { openingOf } from './sheet.ts';
import { sourcesCell } from './small-print.ts';
import { stripsOf } from './strips.ts';

/**
 * The panels of an infographic as one tall picture for a narrow screen, a whole SVG file. Null for an offer of another kind.
 * Takes some 50 ms: make it once for a content version.
 */
export function screenSvg(content: Content, offer: string, faces: Faces): string | null {
  const source = content.offers.find(({ key }) => key === offer)?.document;
  if (source?.kind !== 'infographic') return null;
  // A picture has no links, so no address of ours stands in it.
  const setting = settingFor({ offer, situation: null, paper: 'a4' }, content, faces, content.site.url);
  return pageSvg(setForScreen(source, setting), 0, faces, {
    ids: 'pic',
    description: content.words.document.screen,
  });
}

/** The panels one under the other in a column, as tall as it needs to be: 360 units wide, no text smaller than 14. */
export function setForScreen(source: InfographicSource, setting: Setting): Sheets {
  const { content, grid, look } = setting;
  const narrow = { ...grid, width: WIDTH, left: MARGIN, right: WIDTH - MARGIN };
  const bench: Bench = {
    setting: { ...setting, grid: narrow },
    owner: tag('Document', null),
    scale: 1.5,
    least: { text: LEAST, note: LEAST },
    form: 'screen',
    colors: look.colors.light,
  };
  const room = WIDTH - 2 * MARGIN;
  const { lead, rest } = openingOf(source.panels);
  const header = headerCell(source, lead, bench);
  const pieces: Piece[] = [...header.pieces];
  let y = header.height;
  for (const { cell } of stripsOf(rest, room, bench)) {
    pieces.push(...moved(cell, MARGIN, y + GAP));
    y += GAP + cell.height;
  }
  const sources = sourcesCell(source, room, bench);
  pieces.push(...moved(sources, MARGIN, y + GAP));
  return {
    width: WIDTH,
    height: Math.ceil(y + GAP + sources.height + MARGIN),
    pages: [{ pieces, places: [] }],
    title: source.title,
    author: content.site.coach.name,
    subject: source.subtitle,
    language: content.site.language,
    edition: content.version,
    date: content.site.updated,
    problems: [],
  };
}

const WIDTH = 360;
const MARGIN = 20;
const LEAST = 14;
const GAP = 34;
