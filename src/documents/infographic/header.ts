import type { InfographicSource } from '../../content/model.ts';
import { fitLine } from '../layout/fit.ts';
import { balancedLinesOf, lineMarks } from '../layout/lines.ts';
import { MOTIF_HEIGHT, motif } from '../layout/motif.ts';
import type { Cell } from './panel.ts';
import { personalShape, personalWords } from '../layout/personal.ts';
import { baselineIn } from '../layout/rows.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Piece, Tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';
import type { TextStyle } from '../layout/styles.ts';

/** The head of an infographic, from edge to edge: title and subtitle, the motif beside them, for whom and when. */
export function headerCell(source: InfographicSource, owner: Tag, setting: Setting): Cell {
  const { content, grid, styles, look } = setting;
  const motifWidth = (grid.right - grid.left) * MOTIF_PART;
  const room = grid.right - grid.left - motifWidth - 28;
  const title = lines(source.title, { ...styles.h1, size: 26, leading: 30 }, 'H1', room, owner, setting);
  const subtitle = lines(
    source.subtitle,
    { ...styles.body, size: 10.5, leading: 15 },
    'P',
    room,
    owner,
    setting,
  );
  const height = TITLE_TOP + title.height + 5 + subtitle.height + 18;
  const ground: Mark = {
    shape: { kind: 'rect', x: 0, y: 0, w: grid.width, h: height, fill: look.colors.light.paper },
    tag: null,
  };
  return {
    height,
    pieces: [
      { x: 0, y: 0, marks: [ground] },
      { x: grid.left, y: 0, marks: topLine(content.site.name, owner, setting) },
      { x: grid.left, y: TITLE_TOP, marks: title.marks },
      { x: grid.left, y: TITLE_TOP + title.height + 5, marks: subtitle.marks },
      drawing(TITLE_TOP, height - 18, motifWidth, owner, setting),
    ],
  };
}

const TITLE_TOP = 58;
const MOTIF_PART = 0.27;
const SMALL = 8.5;

/** Whose page it is on the left; for whom and when on the right. */
function topLine(site: string, owner: Tag, setting: Setting): readonly Mark[] {
  const { grid, faces, look, content, values } = setting;
  const { ink, muted } = look.colors.light;
  const width = grid.right - grid.left;
  const left = fitLine(site, 'textBold', 9, width * 0.35, faces);
  const phrase = `${content.words.document.prepared_for} · ${values.date}`;
  const room = width * 0.62;
  const whom = personalShape(personalWords(phrase, 'name', values.date), SMALL, room, muted, 'right');
  return [
    { shape: { kind: 'text', x: 0, y: 36, ...left, face: 'textBold', color: ink }, tag: tag('P', owner) },
    { shape: { ...whom, x: width - room, y: 36 }, tag: tag('P', owner) },
  ];
}

function drawing(top: number, bottom: number, width: number, owner: Tag, setting: Setting): Piece {
  const { grid, content, look } = setting;
  const tall = width * MOTIF_HEIGHT;
  const x = grid.right - width;
  const y = (top + bottom - tall) / 2;
  const figure: Tag = {
    type: 'Figure',
    parent: owner,
    alt: content.words.document.motif,
    box: [x, y, x + width, y + tall],
  };
  return { x, y, marks: motif(width, look.colors.light, figure) };
}

function lines(text: string, style: TextStyle, type: 'H1' | 'P', room: number, owner: Tag, setting: Setting) {
  const set = balancedLinesOf([plainSpan(text, style, tag(type, owner))], room, setting.faces);
  const marks = set.flatMap((line, index) =>
    lineMarks(line, 0, index * style.leading + baselineIn(style.leading, style.size)),
  );
  return { marks, height: set.length * style.leading };
}
