import type { Reference } from '../../content/paper-model.ts';
import { textRows, together } from '../layout/rows.ts';
import type { Row } from '../layout/rows.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Tag } from '../layout/shapes.ts';
import { plainSpan, spansOf } from '../layout/spans.ts';

/** The sources, each a place that the small numbers in the text lead to. */
export function referenceRows(
  references: readonly Reference[],
  owner: Tag,
  setting: Setting,
): readonly Row[] {
  const { grid, faces, styles, look } = setting;
  const style = { ...styles.small, size: 9, leading: 12.5 };
  const list = tag('L', owner);
  return references.flatMap((reference) => {
    const item = tag('LI', list);
    const label = {
      ...plainSpan(`${reference.id}. `, style, tag('Lbl', item)),
      color: look.colors.light.accent,
    };
    const [number] = textRows([label], style, { x: grid.textLeft - NUMBER, width: NUMBER }, faces);
    const spans = spansOf(reference.text, style, tag('LBody', item), setting);
    const rows = textRows(spans, style, { x: grid.textLeft, width: grid.textWidth }, faces);
    const placed = rows.map((row, at) =>
      at === 0
        ? {
            ...row,
            marks: [...(number?.marks ?? []), ...row.marks],
            place: { name: `source-${reference.id}`, bookmark: null },
          }
        : row,
    );
    return together(placed);
  });
}

/** The numbers hang in the gutter. */
const NUMBER = 22;
