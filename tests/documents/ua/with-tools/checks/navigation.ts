import type { Check, Fault } from '../check.ts';
import { textOf, told } from '../file.ts';
import type { Dict, PdfFile, Value } from '../file.ts';
import { placesOf } from './annotations.ts';

/** Bookmarks and named places: chained rightly, counted rightly, and sorted as programs search them. */
export const navigation: Check = {
  answers: [],
  *faults(file) {
    const root = file.catalog['/Outlines'];
    const outline = file.dict(root);
    const shown = yield* below(root ?? null, outline, file);
    if (shown === 0) yield { condition: 'outline', where: 'there are no bookmarks' };
    if (outline['/Count'] !== shown)
      yield { condition: 'outline', where: `${shown} are shown and ${told(outline['/Count'])} counted` };
    const wanted = file.pages.length > 2 ? '/UseOutlines' : '/UseNone';
    if (file.catalog['/PageMode'] !== wanted)
      yield { condition: 'outline', where: `PageMode is not ${wanted}` };
    const names = [...placesOf(file).keys()];
    const sorted = names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    if (names.join('\n') !== sorted.join('\n'))
      yield { condition: 'places', where: 'not sorted by their bytes' };
    if (new Set(names).size === 0) yield { condition: 'places', where: 'there are none' };
  },
};

/** Goes through the bookmarks below one; how many of them are shown at first. */
function* below(ref: Value, parent: Dict, file: PdfFile): Generator<Fault, number> {
  const pages = new Set(file.pages.map(([page]) => page));
  let shown = 0;
  let before: Value | undefined;
  let next = parent['/First'];
  while (next !== undefined) {
    const item = file.dict(next);
    const title = textOf(item['/Title']) ?? '';
    if (title.trim() === '') yield { condition: 'outline', where: `${told(next)} has no title` };
    if (item['/Parent'] !== ref || item['/Prev'] !== before)
      yield { condition: 'outline', where: `“${title}” is not chained rightly` };
    if (!pages.has(told(file.list(item['/Dest'])[0])))
      yield { condition: 'outline', where: `“${title}” leads nowhere` };
    const inside = yield* below(next, item, file);
    if (inside > 0 && item['/Count'] !== inside)
      yield { condition: 'outline', where: `“${title}” counts ${told(item['/Count'])} of ${inside}` };
    shown += 1 + inside;
    before = next;
    next = item['/Next'];
  }
  if (parent['/Last'] !== before)
    yield { condition: 'outline', where: `${told(ref)} has another last bookmark` };
  return shown;
}
