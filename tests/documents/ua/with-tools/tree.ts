import { told } from './file.ts';
import type { Dict, PdfFile, Value } from './file.ts';

/** One element of the structure, with what is right below it. */
export type Element = {
  readonly ref: string;
  readonly type: string;
  readonly dict: Dict;
  readonly parent: Element | null;
  readonly elements: readonly Element[];
  /** Marked content, by page and number. */
  readonly marks: readonly { readonly page: string; readonly mcid: number }[];
  readonly annotations: readonly { readonly page: string; readonly annotation: string }[];
};

/** All elements in the order of reading. */
export function elementsOf(file: PdfFile): readonly Element[] {
  const root = file.dict(file.catalog['/StructTreeRoot']);
  return kidsOf(root, file).flatMap((kid) => [...walk(kid, null, '', file)]);
}

/** The tree of parents as a list: what stands under each number. */
export function parentsOf(file: PdfFile): ReadonlyMap<number, Value> {
  const root = file.dict(file.catalog['/StructTreeRoot']);
  const pairs = new Map<number, Value>();
  const add = (node: Dict): void => {
    const numbers = file.list(node['/Nums']);
    for (let index = 0; index < numbers.length; index += 2)
      pairs.set(Number(numbers[index]), numbers[index + 1] ?? null);
    for (const kid of file.list(node['/Kids'])) add(file.dict(kid));
  };
  add(file.dict(root['/ParentTree']));
  return pairs;
}

function kidsOf(dict: Dict, file: PdfFile): readonly Value[] {
  const kids = dict['/K'];
  const found = file.at(kids);
  return Array.isArray(found) ? (found as readonly Value[]) : kids === undefined ? [] : [kids];
}

function* walk(value: Value, parent: Element | null, inherited: string, file: PdfFile): Generator<Element> {
  const dict = file.dict(value);
  const page = told(dict['/Pg'] ?? inherited);
  const elements: Element[] = [];
  const marks: { page: string; mcid: number }[] = [];
  const annotations: { page: string; annotation: string }[] = [];
  const element: Element = {
    ref: told(value),
    type: told(dict['/S']).slice(1),
    dict,
    parent,
    elements,
    marks,
    annotations,
  };
  yield element;
  for (const kid of kidsOf(dict, file)) {
    const inner = file.dict(kid);
    if (typeof kid === 'number') marks.push({ page, mcid: kid });
    else if (inner['/Type'] === '/MCR')
      marks.push({ page: told(inner['/Pg'] ?? page), mcid: Number(inner['/MCID']) });
    else if (inner['/Type'] === '/OBJR')
      annotations.push({ page: told(inner['/Pg'] ?? page), annotation: told(inner['/Obj']) });
    else {
      let first = true;
      for (const below of walk(kid, element, page, file)) {
        if (first) elements.push(below);
        first = false;
        yield below;
      }
    }
  }
}
