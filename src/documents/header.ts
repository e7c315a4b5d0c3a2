import type { InfographicSource } from '../content/model.ts';
import { balancedLinesOf, lineMarks } from './lines.ts';
import { MOTIF_HEIGHT, motif } from './motif.ts';
import type { Cell } from './panel.ts';
import { baselineIn } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Piece, Tag } from './shapes.ts';
import { plainSpan } from './spans.ts';
import type { TextStyle } from './styles.ts';

/** The head of an infographic, from edge to edge: title and subtitle, the motif beside them, for whom and when. */
export function headerCell(source: InfographicSource, owner: Tag, setting: Setting): Cell {
  const { content, grid, styles, look, values, preparedFor } = setting;
  const width = grid.right - grid.left;
  const motifWidth = width * 0.3;
  const room = width - motifWidth - 24;
  const small = { ...styles.note, size: 8.5, leading: 12 };
  const site = lines(content.site.name, { ...styles.label, leading: 13 }, 'P', room, owner, setting);
  const title = lines(source.title, { ...styles.h1, size: 27, leading: 31 }, 'H1', room, owner, setting);
  const subtitle = lines(
    source.subtitle,
    { ...styles.body, size: 10.5, leading: 15 },
    'P',
    room,
    owner,
    setting,
  );
  const whom = lines(preparedFor ?? '', { ...styles.label, leading: 13 }, 'P', width / 2, owner, setting);
  const date = lines(values.date, small, 'P', width / 2, owner, setting);
  let y = 34;
  const put = (set: { readonly marks: readonly Mark[]; readonly height: number }, gap: number): Piece => {
    const piece = { x: grid.left, y, marks: set.marks };
    y += set.height + gap;
    return piece;
  };
  const pieces = [
    put(site, 14),
    put(title, 5),
    put(subtitle, 14),
    put(whom, whom.height > 0 ? 1 : 0),
    put(date, 16),
  ];
  const height = Math.max(y, 44 + motifWidth * MOTIF_HEIGHT + 20);
  const ground: Mark = {
    shape: { kind: 'rect', x: 0, y: 0, w: grid.width, h: height, fill: look.colors.light.paper },
    tag: null,
  };
  return {
    height,
    pieces: [{ x: 0, y: 0, marks: [ground] }, ...pieces, drawing(height, motifWidth, owner, setting)],
  };
}

function drawing(height: number, width: number, owner: Tag, setting: Setting): Piece {
  const { grid, content, look } = setting;
  const tall = width * MOTIF_HEIGHT;
  const x = grid.right - width;
  const y = (height - tall) / 2;
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
