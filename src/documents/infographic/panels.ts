import type { Panel } from '../../content/infographic-model.ts';
import { barsCell } from './bars.ts';
import { figuresCell } from './figures.ts';
import { leadCell } from './lead.ts';
import type { Bench, Cell } from './panel.ts';
import { GUTTER, moved, sideBySide, spanCell, stacked, styleOf, textCell, titleCell } from './panel.ts';
import { stepsCell } from './steps.ts';
import { tiesCell } from './ties.ts';
import { tag } from '../layout/shapes.ts';
import { plainSpan } from '../layout/spans.ts';

type Of<Kind extends Panel['kind']> = Extract<Panel, { readonly kind: Kind }>;

export function panelCell(panel: Panel, width: number, alone: boolean, bench: Bench): Cell {
  switch (panel.kind) {
    case 'figure':
      return figuresCell([panel], width, bench);
    case 'myth':
      return leadCell(panel, width, { ...bench, scale: bench.scale * AGAIN });
    case 'bars':
      return barsCell(panel, width, bench);
    case 'ties':
      return tiesCell(panel, width, bench);
    case 'steps':
      return stepsCell(panel, width, bench);
    case 'list':
      return listCell(panel, width, alone && bench.form === 'sheet' ? 2 : 1, bench);
    case 'note':
      return noteCell(panel, width, bench);
  }
}

/** A myth below the head is told less loudly. */
const AGAIN = 0.6;

/** Points in as many columns as the width allows. */
function listCell(panel: Of<'list'>, width: number, columns: number, bench: Bench): Cell {
  const { owner, scale, colors } = bench;
  const list = tag('L', owner);
  const text = styleOf('text', bench);
  const room = (width - (columns - 1) * GUTTER) / columns;
  const left = 14 * scale;
  const cells = panel.items.map((words) => {
    const item = tag('LI', list);
    const dash = { ...plainSpan('– ', text, tag('Lbl', item)), color: colors.accent };
    const label = spanCell([dash], text, 2 * left, bench);
    const body = textCell(words, text, 'LBody', item, room - left, bench);
    return { height: body.height, pieces: [...label.pieces, ...moved(body, left, 0)] };
  });
  const each = Math.ceil(cells.length / columns);
  const set = Array.from({ length: columns }, (_, index) =>
    stacked(cells.slice(index * each, (index + 1) * each), 4 * scale),
  );
  return stacked([titleCell(panel, width, bench), sideBySide(set, room + GUTTER)], 8 * scale);
}

function noteCell(panel: Of<'note'>, width: number, bench: Bench): Cell {
  const { owner } = bench;
  const text = textCell(panel.text, styleOf('text', bench), 'P', owner, width, bench, panel.source ?? null);
  return stacked([titleCell({ title: panel.title }, width, bench), text], 7 * bench.scale);
}
