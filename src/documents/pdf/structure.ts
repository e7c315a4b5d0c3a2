import type { Tag } from '../layout/shapes.ts';
import { headings } from './headings.ts';
import { textString } from './text-strings.ts';

/** The structure that screen readers follow, as it grows with the drawing. */
export type Structure = {
  /** What is drawn from here to `close` belongs to `tag`. */
  open(tag: Tag): void;
  close(): void;
  /** Makes `draw` add one annotation to the page, which belongs to `tag`; it must carry the number that it is given. */
  annotate(tag: Tag, draw: (structParent: number) => void): void;
  /** The list around this label counts its items. */
  countedBy(label: Tag): void;
  /** Writes all of it. Without this the document never ends. */
  end(): void;
};

/**
 * pdfkit's own elements are not used: it writes them at the document's end and says of every link that it stands on the last page
 * (`PDFStructureElement._flushChild` in 0.20.2).
 */
export function structureOf(doc: PDFKit.PDFDocument): Structure {
  const elements = new Map<Tag, Element>();
  const root = doc._root.data.StructTreeRoot;
  const parents = root.data.ParentTree;
  const levelOf = headings();
  const top: PDFKit.PDFKitReference[] = [];

  const elementOf = (tag: Tag): Element => {
    const known = elements.get(tag);
    if (known !== undefined) return known;
    const parent = tag.parent === null ? null : elementOf(tag.parent);
    const data: ElementData = {
      Type: 'StructElem',
      S: levelOf(tag.type),
      P: parent?.ref ?? root,
      K: [],
      ...(tag.alt === undefined ? {} : { Alt: textString(tag.alt) }),
      ...(tag.box === undefined ? {} : { A: layout(tag.box, doc.page.height) }),
    };
    const element = { ref: doc.ref(data), data };
    (parent?.data.K ?? top).push(element.ref);
    elements.set(tag, element);
    return element;
  };

  return {
    open: (tag) => {
      const { ref, data } = elementOf(tag);
      const marks = parents.get(doc.page.structParentTreeKey);
      if (!Array.isArray(marks)) throw new Error('A page shares its number with an annotation.');
      const MCID = marks.push(ref) - 1;
      const page = doc.page.dictionary;
      data.Pg ??= page;
      data.K.push(data.Pg === page ? MCID : { Type: 'MCR', Pg: page, MCID });
      doc.addContent(`/${data.S} <</MCID ${MCID}>> BDC`);
    },
    close: () => doc.addContent('EMC'),
    annotate: (tag, draw) => {
      const { ref, data } = elementOf(tag);
      const key = doc.createStructParentTreeNextKey();
      parents.add(key, ref);
      draw(key);
      data.K.push({ Type: 'OBJR', Pg: doc.page.dictionary, Obj: doc.page.annotations.at(-1) });
    },
    countedBy: ({ parent }) => {
      // A label without its list, or in a list that is ordered already, needs nothing.
      const list = parent?.parent?.type === 'L' ? elementOf(parent.parent) : null;
      if (list !== null) list.data.A = { O: 'List', ListNumbering: 'Decimal' };
    },
    end: () => {
      parents.limits = false;
      root.data.K = top;
      for (const { ref } of elements.values()) ref.end();
    },
  };
}

type Element = { readonly ref: PDFKit.PDFKitReference; readonly data: ElementData };

/** ISO 32000-1, table 323; strings are names, `String` objects are texts. */
type ElementData = {
  readonly Type: 'StructElem';
  readonly S: string;
  readonly P: PDFKit.PDFKitReference;
  readonly K: (PDFKit.PDFKitReference | number | MarksElsewhere | AnnotationOf)[];
  readonly Alt?: object;
  Pg?: PDFKit.PDFKitReference;
  A?: { readonly O: 'Layout' | 'List'; readonly [attribute: string]: unknown };
};
type MarksElsewhere = { readonly Type: 'MCR'; readonly Pg: PDFKit.PDFKitReference; readonly MCID: number };
type AnnotationOf = { readonly Type: 'OBJR'; readonly Pg: PDFKit.PDFKitReference; readonly Obj: unknown };

/** PDF counts from the foot of the page. */
function layout([left, above, right, below]: NonNullable<Tag['box']>, height: number) {
  return { O: 'Layout', Placement: 'Block', BBox: [left, height - below, right, height - above] } as const;
}
