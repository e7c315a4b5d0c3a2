import type { InfographicSource } from '../../content/infographic-model.ts';
import type { Content } from '../../content/model.ts';
import type { ScreenPictures } from '../model.ts';
import type { Faces } from '../layout/faces.ts';
import { settingFor } from '../layout/setting.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { LayoutProblem, Piece, Sheets } from '../layout/shapes.ts';
import { pageSvg } from '../svg/page.ts';
import { misfitsOf } from './complaints.ts';
import { headerCell } from './header.ts';
import { leadParts } from './lead.ts';
import type { Bench } from './panel.ts';
import { moved } from './panel.ts';
import { openingOf } from './sheet.ts';
import { sourcesCell } from './small-print.ts';
import { stripsOf } from './strips.ts';

/**
 * The panels of an infographic as pictures for screens. Null for an offer of another kind.
 * Takes some 100 ms: make them once for a content version.
 */
export function screenSvgs(content: Content, offer: string, faces: Faces): ScreenPictures | null {
  const source = content.offers.find(({ key }) => key === offer)?.document;
  if (source?.kind !== 'infographic') return null;
  // A picture has no links, so no address of ours stands in it.
  const setting = settingFor({ offer, situation: null, paper: 'a4' }, content, faces, content.site.url);
  const description = setting.content.words.document.screen;
  const drawn = (screen: Screen) => {
    const sheets = setForScreen(source, setting, screen);
    const { width, height } = sheets;
    return { svg: pageSvg(sheets, 0, faces, { ids: 'p', description }), width, height };
  };
  return { narrow: drawn('narrow'), wide: drawn('wide') };
}

export type Screen = keyof ScreenPictures;

/** The panels on a page that is as tall as it needs to be: on a phone one under the other, on a desk as on paper. */
export function setForScreen(source: InfographicSource, setting: Setting, screen: Screen): Sheets {
  const { content, grid, look } = setting;
  const { width, margin, gap, ...size } = SCREENS[screen];
  const bench: Bench = {
    ...size,
    setting: { ...setting, grid: { ...grid, width, left: margin, right: width - margin } },
    owner: tag('Document', null),
    colors: look.colors.light,
  };
  const room = width - 2 * margin;
  const { lead, rest } = openingOf(source.panels);
  const header = headerCell(source, lead, bench);
  const pieces: Piece[] = [...header.pieces];
  let y = header.height;
  const strips = stripsOf(rest, room, bench);
  for (const { cell } of strips) {
    pieces.push(...moved(cell, margin, y + gap));
    y += gap + cell.height;
  }
  const sources = sourcesCell(source, room, bench);
  pieces.push(...moved(sources, margin, y + gap));
  return {
    width,
    height: Math.ceil(y + gap + sources.height + margin),
    pages: [{ pieces, places: [] }],
    title: source.title,
    author: content.site.coach.name,
    subject: source.subtitle,
    language: content.site.language,
    edition: content.version,
    date: content.site.updated,
    problems: [...leadParts(lead, bench), ...strips.flatMap(({ parts }) => parts)].flatMap((part) =>
      misfitsOf(part, bench),
    ),
  };
}

/** What cannot be read in the pictures for screens, for the coach: a panel that fits on paper may be too wide for a phone. */
export function screenProblems(source: InfographicSource, setting: Setting): readonly LayoutProblem[] {
  const on = { narrow: 'a phone', wide: 'a desk' } as const;
  return (['narrow', 'wide'] as const).flatMap((screen) =>
    setForScreen(source, setting, screen).problems.map((each) => ({
      ...each,
      problem: `In the picture for ${on[screen]}: ${each.problem}`,
    })),
  );
}

type Size = Pick<Bench, 'scale' | 'least' | 'form'> & Readonly<Record<'width' | 'margin' | 'gap', number>>;

/** In pixels of the screen at which each is shown first: no text on a phone is smaller than 14, and none on a desk smaller than 12. */
const SCREENS: Readonly<Record<Screen, Size>> = {
  narrow: { width: 360, margin: 20, gap: 34, scale: 1.5, least: { text: 14, note: 14 }, form: 'screen' },
  wide: { width: 900, margin: 56, gap: 40, scale: 1.46, least: { text: 15, note: 12.5 }, form: 'sheet' },
};
