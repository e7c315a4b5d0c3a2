import type { InfographicSource } from '../../content/infographic-model.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, moved, sideBySide, spanCell, stacked, styleOf, textCell } from './panel.ts';
import { tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';

/** The sources in small print: on a sheet in two columns. */
export function sourcesCell({ sources }: InfographicSource, width: number, bench: Bench): Cell {
  const { setting, owner, form } = bench;
  if (sources.length === 0) return { height: 0, pieces: [] };
  const style = styleOf('note', bench);
  const words = { ...style, plain: 'textBold', color: bench.colors.ink } as const;
  const title = setting.content.words.document.sources;
  const heading = spanCell([plainSpan(title, words, tag('H2', owner))], words, width, bench);
  const list = tag('L', owner);
  const columns = form === 'screen' ? 1 : 2;
  const room = (width - (columns - 1) * GUTTER) / columns;
  const left = form === 'screen' ? 26 : style.size * 1.4;
  const cells = sources.map(({ id, text }) => {
    const item = tag('LI', list);
    const label = spanCell([plainSpan(`${id} `, style, tag('Lbl', item))], style, left, bench);
    const body = textCell(text, style, 'LBody', item, room - left, bench);
    return { height: body.height, pieces: [...label.pieces, ...moved(body, left, 0)] };
  });
  const gap = form === 'screen' ? 8 : 1.5;
  const set = columns === 1 ? stacked(cells, gap) : twoColumns(cells, gap, room);
  return stacked([heading, set], gap);
}

/** Two columns in reading order, as equally high as can be. */
function twoColumns(cells: readonly Cell[], gap: number, room: number): Cell {
  const sets = cells.map((_, index) =>
    sideBySide(
      [stacked(cells.slice(0, index + 1), gap), stacked(cells.slice(index + 1), gap)],
      room + GUTTER,
    ),
  );
  return sets.reduce((best, set) => (set.height < best.height ? set : best));
}
