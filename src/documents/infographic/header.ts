import type { InfographicSource } from '../../content/infographic-model.ts';
import { fitLine } from '../layout/fit.ts';
import { MOTIF_HEIGHT, motif } from '../layout/motif.ts';
import { leadCell } from './lead.ts';
import type { Lead } from './lead.ts';
import type { Bench, Cell } from './panel.ts';
import { balancedCell, markCell, moved, stacked, styleOf } from './panel.ts';
import { personalShape, personalWords } from '../layout/personal.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';
import type { TextStyle } from '../layout/styles.ts';

/** The head of an infographic, from edge to edge: for whom and when, title and subtitle, and the number it opens with. */
export function headerCell(source: InfographicSource, lead: Lead | null, bench: Bench): Cell {
  const { setting, owner, scale, form, colors } = bench;
  const { grid } = setting;
  const width = grid.right - grid.left;
  const beside = lead === null && form === 'sheet' ? width * MOTIF_PART : 0;
  const room = beside === 0 ? width : width - beside - 28;
  const style = titleStyle(source.title, room, bench);
  const text = styleOf('text', bench);
  const subtitle = { ...text, size: text.size * 1.12, leading: text.size * 1.56 };
  const words = stacked(
    [
      balancedCell([plainSpan(source.title, style, tag('H1', owner))], style, room, bench),
      balancedCell([plainSpan(source.subtitle, subtitle, tag('P', owner))], subtitle, room, bench),
    ],
    3 * scale,
  );
  const top = 28 + 2 * smallSize(bench);
  const number = lead === null ? markCell([], 0) : leadCell(lead, width, bench);
  const leadTop = top + words.height + (lead === null ? 0 : 24 * scale);
  const foot = (lead === null ? 20 : 26) * scale;
  const height = leadTop + number.height + foot;
  const ground: Mark = {
    shape: { kind: 'rect', x: 0, y: 0, w: grid.width, h: height, fill: colors.paper },
    tag: null,
  };
  return {
    height,
    pieces: [
      { x: 0, y: 0, marks: [ground] },
      { x: grid.left, y: 0, marks: topLine(bench) },
      ...moved(words, grid.left, top),
      ...(beside === 0 ? [] : moved(drawing(beside, bench), grid.right - beside, top)),
      ...moved(number, grid.left, leadTop),
    ],
  };
}

const MOTIF_PART = 0.27;

/** One line where the title is short enough for it. */
function titleStyle(title: string, room: number, { setting, scale, form }: Bench): TextStyle {
  const { width } = setting.faces.measure(setting.styles.h1.plain, title, 1);
  const oneLine = room / width - 0.01;
  const twoLines = form === 'screen' ? 22 : 27;
  const size = oneLine >= 25 * scale ? Math.min(oneLine, 31 * scale) : twoLines * scale;
  return { ...setting.styles.h1, size, leading: size * 1.18 };
}

/** Of the line above the title. */
function smallSize({ least }: Bench): number {
  return Math.max(9, least.note);
}

/** Whose page it is on the left; for whom and when on the right. */
function topLine(bench: Bench): readonly Mark[] {
  const { setting, owner, colors } = bench;
  const { grid, faces, content, values } = setting;
  const width = grid.right - grid.left;
  const size = smallSize(bench);
  const left = fitLine(content.site.name, 'textBold', size, width * 0.4, faces);
  const phrase = `${content.words.document.prepared_for} · ${values.date}`;
  const room = width * 0.57;
  const whom = personalShape(personalWords(phrase, 'name', values.date), size, room, colors.muted, 'right');
  const y = 22 + size;
  return [
    {
      shape: { kind: 'text', x: 0, y, ...left, face: 'textBold', color: colors.ink },
      tag: tag('P', owner),
    },
    { shape: { ...whom, x: width - room, y }, tag: tag('P', owner) },
  ];
}

function drawing(width: number, { owner, setting, colors }: Bench): Cell {
  const figure: Tag = { type: 'Figure', parent: owner, alt: setting.content.words.document.motif };
  return markCell(motif(width, colors, figure), width * MOTIF_HEIGHT);
}
