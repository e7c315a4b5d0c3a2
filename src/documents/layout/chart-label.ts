import type { Block } from '../../content/paper-model.ts';
import { fitLine } from './fit.ts';
import { linesOf } from './lines.ts';
import type { Line } from './lines.ts';
import type { Setting } from './setting.ts';
import type { Mark, Tag } from './shapes.ts';
import { plainSpan } from './spans.ts';
import type { TextStyle } from './styles.ts';

/** A drawing that begins at 0, 0; all its marks belong to the figure that is given. */
export type Drawing = { readonly height: number; readonly marks: (figure: Tag) => readonly Mark[] };

export type Chart = Extract<Block, { kind: 'chart' }>;

/** The lines of a label; told to the coach, and cut, when there are more than `most`. */
export function labelLines(
  label: string,
  room: number,
  most: number,
  figure: Tag,
  chart: Chart,
  setting: Setting,
): readonly Line[] {
  const lines = linesOf([plainSpan(`${label} `, labelStyle(setting), figure)], room, setting.faces);
  if (lines.length > most) {
    const problem = `The label “${label}” of the chart “${chart.title}” is too long.`;
    setting.pass.report({ line: chart.line, problem, remedy: `Shorten it to ${most} short lines.` });
  }
  return lines.slice(0, most);
}

export function labelStyle({ styles }: Setting): TextStyle {
  return { ...styles.small, leading: 11 };
}

/** A value as the coach wrote it, in at most `room`: smaller where it is long, and told when it would have to be too small. */
export function valueText(
  shown: string,
  style: TextStyle,
  { x, y, room }: { readonly x: number; readonly y: number; readonly room: number },
  figure: Tag,
  chart: Chart,
  setting: Setting,
): Mark {
  const { text, size } = fitLine(shown, style.plain, style.size, room, setting.faces, LEAST);
  if (size <= style.size * LEAST) {
    const problem = `The value “${shown}” of the chart “${chart.title}” is too long.`;
    setting.pass.report({ line: chart.line, problem, remedy: 'Shorten the words around the number.' });
  }
  return chartText(text, { ...style, size }, { x, y }, figure);
}

/** Of the size that a value has where there is room. */
export const LEAST = 0.7;

/** A text of a chart that begins at `x`, with its baseline at `y`. */
export function chartText(
  text: string,
  style: TextStyle,
  { x, y }: { readonly x: number; readonly y: number },
  figure: Tag,
): Mark {
  const { plain: face, size, color } = style;
  return { shape: { kind: 'text', x, y, text: `${text} `, face, size, color }, tag: figure };
}
