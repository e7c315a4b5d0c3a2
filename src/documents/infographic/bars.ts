import type { Panel } from '../../content/infographic-model.ts';
import { quantity } from '../../content/numbers.ts';
import { say } from '../../content/phrase.ts';
import type { Bench, Cell } from './panel.ts';
import { moved, spanCell, stacked, styleOf, titleCell } from './panel.ts';
import type { Mark, Tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';

type Bars = Extract<Panel, { readonly kind: 'bars' }>;

/** Bars from a common zero, the longest in the accent. Together they are one drawing, whose description says every value. */
export function barsCell(panel: Bars, width: number, bench: Bench): Cell {
  const { owner, scale, colors, setting, form } = bench;
  const figure: Tag = { type: 'Figure', parent: owner, alt: altOf(panel, bench) };
  const text = styleOf('text', bench);
  const number = styleOf('number', bench);
  const said = panel.bars.map((bar) => quantity(bar.value, panel.unit, setting.content.site.language));
  const em = Math.max(...said.map((each) => setting.faces.measure(number.plain, each, 1).width));
  const gap = 8 * scale;
  const size = Math.min(21 * scale, (width * (1 - LEAST_BAR[form]) - gap) / em);
  const value = { ...number, size, leading: THICK * scale };
  const widest = em * size;
  const most = Math.max(...panel.bars.map((bar) => bar.value));
  const longest = width - widest - gap;
  const cells = panel.bars.map((bar, index) => {
    const length = most === 0 ? 1 : Math.max(1, (bar.value / most) * longest);
    const fill = bar.value === most ? colors.accent : colors.ink;
    const shape = { kind: 'rect', x: 0, y: 0, w: length, h: THICK * scale, fill } as const;
    const mark: Mark = { shape, tag: figure };
    const words = spanCell(
      [plainSpan(`${said[index] ?? ''} `, value, figure)],
      value,
      widest + value.size,
      bench,
    );
    return stacked(
      [
        spanCell([plainSpan(`${bar.label} `, text, figure)], text, width, bench),
        {
          height: THICK * scale,
          pieces: [{ x: 0, y: 0, marks: [mark] }, ...moved(words, length + 7 * scale, 0)],
        },
      ],
      2 * scale,
    );
  });
  return stacked([titleCell(panel, width, bench), stacked(cells, 7 * scale)], 8 * scale);
}

const THICK = 18;
/** Of the width: what is left for the longest bar, however much its value says. */
const LEAST_BAR = { sheet: 0.5, screen: 0.4 } as const;

function altOf({ bars, unit }: Bars, { setting: { content } }: Bench): string {
  const { chart_value, between_values } = content.words.document;
  return bars
    .map(({ label, value }) =>
      say(chart_value, { label, value: quantity(value, unit, content.site.language) }),
    )
    .join(between_values);
}
