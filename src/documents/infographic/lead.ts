import type { Panel } from '../../content/infographic-model.ts';
import type { Part } from './complaints.ts';
import { say } from '../../content/phrase.ts';
import type { Bench, Cell } from './panel.ts';
import { balancedCell, cited, markCell, moved, stacked, styleOf, textCell } from './panel.ts';
import { pointsCell } from './points.ts';
import { tag } from '../layout/shapes.ts';
import type { Mark, Tag } from '../layout/shapes.ts';

/** What can open an infographic: one number, so large that it is read across a room. */
export type Lead = Extract<Panel, { readonly kind: 'figure' | 'myth' }>;

/** The number at the left and what there is to say of it at the right; on a screen one under the other. */
export function leadCell(panel: Lead, width: number, bench: Bench): Cell {
  const { setting, scale, form } = bench;
  const em = setting.faces.measure('serifBold', panel.value, 1).width;
  const size = Math.min(LEAD * scale, ((form === 'screen' ? 0.96 : WIDEST) * width) / em);
  // Heard as one: the number, and what is said of it.
  const heading = tag(panel.kind === 'myth' ? 'H2' : 'P', bench.owner);
  const value = valueCell(panel, size, heading, bench);
  const strike = panel.kind === 'myth' ? strikeMarks(panel.value, size, em * size, bench) : [];
  const left = form === 'screen' ? 0 : em * size + 0.17 * size;
  const words = wordsCell(panel, width - left, heading, bench);
  const set = form === 'screen' ? stacked([value, words], 14 * scale) : beside(value, words, left);
  return { ...set, pieces: [...set.pieces, { x: 0, y: 0, marks: strike }] };
}

/** What opens the page, to be looked through for what cannot be read. */
export function leadParts(lead: Lead | null, bench: Bench): readonly Part[] {
  const { left, right } = bench.setting.grid;
  const width = right - left;
  return lead === null ? [] : [{ panels: [lead], cell: leadCell(lead, width, bench), width }];
}

function beside(value: Cell, words: Cell, left: number): Cell {
  const height = Math.max(value.height, words.height);
  return {
    height,
    pieces: [...value.pieces, ...moved(words, left, Math.max(0, (height - words.height) / 2))],
  };
}

/** Points at scale 1. */
const LEAD = 150;
/** Of the width. */
const WIDEST = 0.56;
/** Of Source Serif, in em. */
const CAPITAL = 0.68;

function valueCell(panel: Lead, size: number, heading: Tag, bench: Bench): Cell {
  const { colors } = bench;
  const y = CAPITAL * size;
  const face = 'serifBold' as const;
  const number: Mark = {
    shape: { kind: 'text', x: -0.035 * size, y, text: `${panel.value} `, face, size, color: colors.ink },
    tag: heading,
  };
  return markCell([number], y + 0.02 * size);
}

/** The line that strikes the number out is the motif's: thin, between two points, and rising. */
function strikeMarks(value: string, size: number, width: number, bench: Bench): readonly Mark[] {
  const { owner, setting } = bench;
  const color = bench.colors.accent;
  const alt = say(setting.content.words.document.struck, { value });
  const figure: Tag = { type: 'Figure', parent: owner, alt };
  const ends = { x1: 0.03 * size, y1: 0.55 * size, x2: width - 0.03 * size, y2: 0.12 * size };
  const dot = (x: number, y: number): Mark => ({
    shape: { kind: 'dot', x, y, r: 0.04 * size, fill: color },
    tag: figure,
  });
  return [
    { shape: { kind: 'rule', ...ends, color, width: 0.026 * size }, tag: figure },
    dot(ends.x1, ends.y1),
    dot(ends.x2, ends.y2),
  ];
}

function wordsCell(panel: Lead, width: number, heading: Tag, bench: Bench): Cell {
  const { scale, owner } = bench;
  const base = styleOf('title', bench);
  const large = { ...base, size: 22 * scale, leading: 26 * scale };
  const text = styleOf('text', bench);
  if (panel.kind === 'myth') {
    const title = balancedCell(cited(panel.title, large, heading, bench, null), large, width, bench);
    const words = textCell(panel.text, text, 'P', owner, width, bench, panel.source ?? null);
    return stacked([title, words], 6 * scale);
  }
  const label = { ...base, size: 17 * scale, leading: 22 * scale };
  return stacked(
    [
      textCell(panel.label, label, 'P', owner, width, bench, panel.source),
      ...(panel.share === undefined
        ? []
        : [pointsCell(panel.share, bench.form === 'sheet' ? 25 : 20, width, bench)]),
    ],
    8 * scale,
  );
}
