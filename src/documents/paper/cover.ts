import type { PaperSource } from '../../content/paper-model.ts';
import { fitLine } from '../layout/fit.ts';
import { balancedLinesOf, lineMarks } from '../layout/lines.ts';
import { MOTIF_HEIGHT, motif } from '../layout/motif.ts';
import { personalShape, personalWords } from '../layout/personal.ts';
import { baselineIn } from '../layout/rows.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Face, Mark, Page, Piece, Tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';
import type { TextStyle } from '../layout/styles.ts';
import { titleParts } from '../layout/title-parts.ts';

/** The cover: the motif above, the title below it, and at the foot for whom it was made. */
export function coverPage(source: PaperSource, root: Tag, setting: Setting): Page {
  const { content, grid, styles, look } = setting;
  const { paper, accent } = look.colors.light;
  const cover = tag('Sect', root);
  const width = grid.right - grid.left;
  const ground: Mark = {
    shape: { kind: 'rect', x: 0, y: 0, w: grid.width, h: grid.height, fill: paper },
    tag: null,
  };
  const { main, rest } = titleParts(source.title);
  const heading = tag('H1', cover);
  const title = fittedTitle(`${main} `, heading, setting);
  const second = lines(rest, { ...styles.lead, size: 22, leading: 30 }, heading, setting);
  const subtitle = lines(
    source.subtitle,
    { ...styles.body, size: 12, leading: 18 },
    tag('P', cover),
    setting,
  );
  const top = TITLE_TOP * grid.height;
  const rule: Mark = {
    shape: { kind: 'rule', x1: 0, y1: 0, x2: 34, y2: 0, color: accent, width: 1.5 },
    tag: null,
  };
  const secondTop = top + title.height + (rest === '' ? 0 : 4);
  const end = secondTop + second.height + 14 + subtitle.height;
  if (title.count > MOST_LINES || end > grid.height - FOOT - 40) {
    const remedy = 'Shorten the title or the subtitle: eight to twelve words are a good title.';
    setting.pass.report({ line: source.titleLine, problem: 'The title is too long for the cover.', remedy });
  }
  return {
    pieces: [
      { x: 0, y: 0, marks: [ground] },
      { x: grid.left, y: 66, marks: [line(content.site.name, 'textBold', 9.5, tag('P', cover), setting)] },
      drawing(top, cover, setting),
      { x: grid.left, y: top - 22, marks: [rule] },
      { x: grid.left, y: top, marks: title.marks },
      { x: grid.left, y: secondTop, marks: second.marks },
      { x: grid.left, y: secondTop + second.height + 14, marks: subtitle.marks },
      ...foot(source, cover, width, setting),
    ],
    places: [{ name: 'cover', y: 0, bookmark: { title: source.title, level: 1 } }],
  };
}

const TITLE_TOP = 0.51;
/** The author stands so far above the lower edge. */
const FOOT = 66;
const MOST_LINES = 3;
/** Parts of the title's size: a long one is set smaller. */
const SIZES = [1, 0.85, 0.7];

/** The title in the largest size that takes three lines at most. */
function fittedTitle(text: string, owner: Tag, setting: Setting) {
  const { title } = setting.styles;
  const tried = SIZES.map((part) => {
    const style = { ...title, size: title.size * part, leading: title.leading * part };
    return lines(text, style, owner, setting);
  });
  const smallest = tried.at(-1) ?? lines(text, title, owner, setting);
  return tried.find(({ count }) => count <= MOST_LINES) ?? smallest;
}

function drawing(titleTop: number, cover: Tag, setting: Setting): Piece {
  const { content, grid, look } = setting;
  const width = grid.right - grid.left;
  const height = width * MOTIF_HEIGHT;
  const y = 66 + (titleTop - 22 - 66 - height) / 2;
  const figure: Tag = {
    type: 'Figure',
    parent: cover,
    alt: content.words.document.motif,
    box: [grid.left, y, grid.right, y + height],
  };
  return { x: grid.left, y, marks: motif(width, look.colors.light, figure) };
}

function foot(source: PaperSource, cover: Tag, width: number, setting: Setting): readonly Piece[] {
  const { grid, look, faces, content, values } = setting;
  const base = grid.height - FOOT;
  const byline = fitLine(`${source.author} · ${values.date}`, 'text', 9.5, width, faces);
  const author: Mark = {
    shape: { kind: 'text', x: 0, y: 0, ...byline, face: 'text', color: look.colors.light.muted },
    tag: tag('P', cover),
  };
  const words = personalWords(content.words.document.prepared_for, 'name', '');
  const whom: Mark = {
    shape: personalShape(words, 13, width, look.colors.light.ink),
    tag: tag('P', cover),
  };
  return [
    { x: grid.left, y: base - 22, marks: [whom] },
    { x: grid.left, y: base, marks: [author] },
  ];
}

function line(text: string, face: Face, size: number, owner: Tag, setting: Setting): Mark {
  const { grid, faces, look } = setting;
  const fitted = fitLine(text, face, size, grid.right - grid.left, faces, 0.6);
  return { shape: { kind: 'text', x: 0, y: 0, ...fitted, face, color: look.colors.light.ink }, tag: owner };
}

function lines(text: string, style: TextStyle, owner: Tag, setting: Setting) {
  const { grid, faces } = setting;
  const set = balancedLinesOf([plainSpan(text, style, owner)], grid.right - grid.left, faces);
  const marks = set.flatMap((one, index) =>
    lineMarks(one, 0, index * style.leading + baselineIn(style.leading, style.size)),
  );
  return { marks, count: set.length, height: set.length * style.leading };
}
