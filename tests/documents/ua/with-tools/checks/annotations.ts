import type { Check, Fault } from '../check.ts';
import { textOf, told } from '../file.ts';
import type { Dict, PdfFile } from '../file.ts';
import { elementsOf, parentsOf } from '../tree.ts';
import type { Element } from '../tree.ts';

/** Links, and nothing else: each in its Link, described, and leading somewhere. */
export const annotations: Check = {
  answers: [
    '28-002',
    '28-004',
    '28-005',
    '28-006',
    '28-007',
    '28-008',
    '28-009',
    '28-010',
    '28-011',
    '28-012',
    '28-014',
    '28-015',
    '28-016',
    '28-017',
    '28-018',
  ],
  *faults(file) {
    const elements = elementsOf(file);
    const parents = parentsOf(file);
    for (const [index, [ref, page]] of file.pages.entries()) {
      const found = file.list(page['/Annots']);
      const where = `page ${index + 1}`;
      if (found.length > 0 && page['/Tabs'] === undefined) yield { condition: '28-008', where };
      else if (found.length > 0 && page['/Tabs'] !== '/S') yield { condition: '28-009', where };
      for (const one of found) {
        const annotation = file.dict(one);
        const link = elements.filter((element) =>
          element.annotations.some((held) => held.annotation === one),
        );
        yield* described(annotation, `${where}: ${told(one)}`, link[0], file);
        const held = link[0]?.annotations.find((each) => each.annotation === one);
        if (held !== undefined && held.page !== ref)
          yield { condition: 'page of a link', where: `${where}: ${told(one)}` };
        if (link.length > 1 || parents.get(Number(annotation['/StructParent'])) !== link[0]?.ref)
          yield { condition: 'tree of parents', where: `${where}: ${told(one)}` };
        if (!isOnPage(annotation, page, file))
          yield { condition: 'place of a link', where: `${where}: ${told(one)}` };
      }
    }
  },
};

function* described(
  annotation: Dict,
  where: string,
  owner: Element | undefined,
  file: PdfFile,
): Generator<Fault> {
  if (annotation['/Subtype'] !== '/Link') {
    yield {
      condition: '28-002',
      where: `${where} is ${told(annotation['/Subtype'])}; these documents have links only`,
    };
    return;
  }
  if (owner?.type !== 'Link') yield { condition: '28-011', where };
  if ((textOf(annotation['/Contents']) ?? '').trim() === '') yield { condition: '28-012', where };
  const action = file.dict(annotation['/A']);
  const url = textOf(action['/URI']);
  const goal = textOf(action['/D']);
  const fine =
    action['/S'] === '/URI'
      ? /^(https?:\/\/|mailto:)[!-~]+$/.test(url ?? '')
      : action['/S'] === '/GoTo' && placesOf(file).has(goal ?? '');
  if (!fine) yield { condition: 'goal of a link', where: `${where}: ${url ?? goal ?? 'none'}` };
}

/** The named places that links may lead to. */
export function placesOf(file: PdfFile): ReadonlyMap<string, Dict> {
  const names = file.list(file.dict(file.dict(file.catalog['/Names'])['/Dests'])['/Names']);
  const pages = new Set(file.pages.map(([ref]) => ref));
  const places = new Map<string, Dict>();
  for (let index = 0; index < names.length; index += 2) {
    const [page] = file.list(names[index + 1]);
    if (pages.has(told(page))) places.set(textOf(names[index]) ?? '', file.dict(page));
  }
  return places;
}

function isOnPage(annotation: Dict, page: Dict, file: PdfFile): boolean {
  const [left = 0, below = 0, right = 0, above = 0] = file.list(annotation['/Rect']).map(Number);
  const [, , width = 0, height = 0] = file.list(page['/MediaBox']).map(Number);
  return left < right && below < above && left >= 0 && below >= 0 && right <= width && above <= height;
}
