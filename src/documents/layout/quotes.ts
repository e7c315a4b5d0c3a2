import type { Block } from '../../content/paper-model.ts';
import { balancedLinesOf, lineMarks } from './lines.ts';
import { baselineOf, below, textRows, together } from './rows.ts';
import type { Aside, Column, Row } from './rows.ts';
import type { Setting } from './setting.ts';
import { tag } from './shapes.ts';
import type { Mark, Tag } from './shapes.ts';
import { spansOf } from './spans.ts';

type Quote = Extract<Block, { kind: 'quote' }>;

/** A sentence pulled out of the text, for the side column: it costs no line there. */
export function asideOf(quote: Quote, level: Aside['level'], owner: Tag, setting: Setting): Aside {
  const { grid, styles, faces, look } = setting;
  const { baseline } = look.print;
  const text = tag('P', tag('BlockQuote', owner));
  const lines = balancedLinesOf(spansOf(quote.text, styles.aside, text, setting), grid.sideWidth, faces);
  const first = baseline / 2;
  const marks = lines.flatMap((line, index) =>
    lineMarks(line, grid.left, first + index * styles.aside.leading + baselineOf(styles.aside)),
  );
  return {
    height: first + lines.length * styles.aside.leading,
    marks: [accent(setting), ...marks],
    line: quote.line,
    level,
  };
}

/** The same in the column of text, large, where the side column has no room for it. */
export function quoteRows(quote: Quote, column: Column, owner: Tag, setting: Setting): readonly Row[] {
  const { styles, faces, look } = setting;
  const { baseline } = look.print;
  const text = tag('P', tag('BlockQuote', owner));
  const inner = { x: column.x + INDENT, width: column.width - INDENT };
  const rows = textRows(spansOf(quote.text, styles.quote, text, setting), styles.quote, inner, faces);
  const color = look.colors.light.accent;
  const bar = (top: number, bottom: number): readonly Mark[] => [
    {
      shape: {
        kind: 'rule',
        x1: column.x + 1,
        y1: top + 2,
        x2: column.x + 1,
        y2: bottom - 2,
        color,
        width: 1.5,
      },
      tag: null,
    },
  ];
  return below(baseline, together(rows.map((row) => ({ ...row, ground: bar }))));
}

const INDENT = 18;

function accent({ grid, look }: Setting): Mark {
  const ends = { x1: grid.left, y1: 0, x2: grid.left + 28, y2: 0 };
  return { shape: { kind: 'rule', ...ends, color: look.colors.light.accent, width: 1.5 }, tag: null };
}
