import type { Check, Fault } from '../check.ts';
import { textOf, told } from '../file.ts';
import type { PdfFile } from '../file.ts';
import { elementsOf } from '../tree.ts';
import type { Element } from '../tree.ts';
import { textsOf } from '../texts.ts';

/** The tree that screen readers follow: which types, how nested, with what they need. */
export const structure: Check = {
  answers: [
    '02-001',
    '02-003',
    '02-004',
    '09-004',
    '09-005',
    '09-006',
    '09-007',
    '09-008',
    '13-004',
    '14-002',
    '14-003',
    '14-006',
    '14-007',
    '15-003',
    '16-001',
    '16-002',
    '17-002',
    '17-003',
    '19-003',
    '19-004',
  ],
  *faults(file) {
    const root = file.dict(file.catalog['/StructTreeRoot']);
    if ('/RoleMap' in root)
      yield { condition: '02-001', where: 'types are mapped, which no document here needs' };
    const elements = elementsOf(file);
    const tops = elements.filter(({ parent }) => parent === null);
    if (tops.length !== 1 || tops[0]?.type !== 'Document')
      yield { condition: 'one Document', where: 'top of the tree' };
    for (const element of elements) {
      const { ref, type, dict, parent } = element;
      const where = `${type} ${ref}`;
      if (!(type in PARENTS))
        yield { condition: '02-001', where: `${where} is no type that these documents use` };
      else if (PARENTS[type] !== null && !PARENTS[type]?.includes(parent?.type ?? ''))
        yield { condition: nesting(type), where: `${where} in ${parent?.type}` };
      for (const kid of element.elements)
        if (CHILDREN[type]?.includes(kid.type) === false)
          yield { condition: nesting(type), where: `${kid.type} ${kid.ref} in ${where}` };
      if (dict['/P'] !== (parent?.ref ?? file.catalog['/StructTreeRoot']))
        yield { condition: 'parents', where: `${where} names another parent` };
      if (element.elements.length + element.marks.length + element.annotations.length === 0)
        yield { condition: 'empty element', where };
      yield* needs(element, file);
    }
    yield* headings(elements);
  },
};

/** Where each type may stand (ISO 32000-1, 14.8.4); null: anywhere. What is not here is not used, such as tables, notes, formulas, ruby. */
const PARENTS: Readonly<Record<string, readonly string[] | null>> = {
  Document: [''],
  Sect: ['Document', 'Sect'],
  Div: ['Document', 'Sect', 'Div', 'BlockQuote', 'LBody'],
  H1: ['Document', 'Sect', 'Div'],
  H2: ['Document', 'Sect', 'Div'],
  H3: ['Document', 'Sect', 'Div'],
  P: ['Document', 'Sect', 'Div', 'BlockQuote', 'LBody'],
  BlockQuote: ['Document', 'Sect', 'Div', 'LBody'],
  L: ['Document', 'Sect', 'Div', 'LBody', 'L', 'BlockQuote'],
  LI: ['L'],
  Lbl: ['LI'],
  LBody: ['LI'],
  TOC: ['Document', 'Sect', 'TOC'],
  TOCI: ['TOC'],
  Reference: null,
  Link: null,
  Span: null,
  Figure: ['Document', 'Sect', 'Div', 'P', 'LBody'],
  Caption: ['Figure', 'L', 'Div', 'Sect'],
};

/** What may stand in a type that is strict about it. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  L: ['LI', 'Caption', 'L'],
  LI: ['Lbl', 'LBody'],
  TOC: ['TOCI', 'TOC', 'Caption'],
  TOCI: ['Lbl', 'Reference', 'P', 'TOC'],
};

function nesting(type: string): string {
  if (['L', 'LI', 'Lbl', 'LBody'].includes(type)) return '09-005';
  return type.startsWith('TOC') ? '09-006' : 'nesting';
}

function* needs(element: Element, file: PdfFile): Generator<Fault> {
  const { type, dict, ref } = element;
  if (type === 'Figure') {
    if ((textOf(dict['/Alt']) ?? '').trim() === '') yield { condition: '13-004', where: ref };
    const box = file.list(file.dict(dict['/A'])['/BBox']).map(Number);
    const [left = 0, below = 0, right = 0, above = 0] = box;
    if (box.length !== 4 || left >= right || below >= above)
      yield { condition: 'box of a figure', where: ref };
  }
  if (
    type === 'L' &&
    element.elements.some((item) =>
      item.elements.some((label) => label.type === 'Lbl' && isCounted(label, file)),
    )
  ) {
    const numbering = file.dict(dict['/A'])['/ListNumbering'];
    if (numbering === undefined) yield { condition: '16-001', where: ref };
    else if (!ORDERED.includes(told(numbering))) yield { condition: '16-002', where: ref };
  }
}

const ORDERED = ['/Decimal', '/UpperRoman', '/LowerRoman', '/UpperAlpha', '/LowerAlpha'];

function isCounted(label: Element, file: PdfFile): boolean {
  return label.marks.some(({ page, mcid }) => /^\d/.test(textsOf(file).get(`${page} ${mcid}`) ?? ''));
}

function* headings(elements: readonly Element[]): Generator<Fault> {
  let before = 0;
  for (const { type, ref } of elements) {
    if (type === 'H') yield { condition: '14-007', where: ref };
    const [, level] = /^H(\d)$/.exec(type) ?? [];
    if (level === undefined) continue;
    if (before === 0 && level !== '1') yield { condition: '14-002', where: `${type} ${ref}` };
    else if (Number(level) > before + 1)
      yield { condition: '14-003', where: `${type} ${ref} after H${before}` };
    before = Number(level);
  }
}
