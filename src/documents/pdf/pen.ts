import type { Faces } from '../layout/faces.ts';
import type { Mark, Page, PersonalShape, Sheets, Tag } from '../layout/shapes.ts';
import { personalPen } from './personal-lines.ts';
import type { Filling, PersonalPen } from './personal-lines.ts';

/** A file, and its personal lines in the order of their rooms. */
export type Drawn = { readonly bytes: Uint8Array; readonly lines: readonly PersonalShape[] };

/** Draws sheets as a tagged PDF. The same sheets give the same bytes: the only date in them is the content's. */
export async function drawPdf(sheets: Sheets, faces: Faces, filling: Filling): Promise<Drawn> {
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    autoFirstPage: false,
    size: [sheets.width, sheets.height],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: sheets.language,
    displayTitle: true,
    info: {
      Title: sheets.title,
      Author: sheets.author,
      Subject: sheets.subject,
      CreationDate: new Date(`${sheets.date}T00:00:00Z`),
    },
  });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  for (const [face, font] of Object.entries(faces.fonts)) doc.registerFont(face, font);
  const personal = personalPen(doc, faces, filling);
  const tree = new Map<Tag, PDFKit.PDFStructureElement>();
  let chapter: PDFKit.PDFOutline | null = null;
  for (const page of sheets.pages) {
    doc.addPage();
    for (const { name, y, bookmark } of page.places) {
      doc.addNamedDestination(name, 'XYZ', 0, y - ABOVE, null);
      if (bookmark === null) continue;
      // pdfkit reckons `left` from the right edge.
      const at = { top: y - ABOVE, left: sheets.width, expanded: bookmark.level === 1 };
      if (bookmark.level === 2 && chapter !== null) chapter.addItem(bookmark.title, at);
      else chapter = doc.outline.addItem(bookmark.title, at);
    }
    drawPage(doc, page, tree, personal);
  }
  doc.end();
  personal.finish();
  return { bytes: await finished, lines: personal.lines };
}

/** A jump leaves a little of what stands above in sight. */
const ABOVE = 12;

function drawPage(
  doc: PDFKit.PDFDocument,
  page: Page,
  tree: Map<Tag, PDFKit.PDFStructureElement>,
  personal: PersonalPen,
): void {
  let open: Tag | null | undefined;
  for (const piece of page.pieces) {
    for (const mark of piece.marks) {
      if (mark.tag !== open) {
        if (open !== undefined) doc.endMarkedContent();
        if (mark.tag === null) doc.markContent('Artifact', { type: 'Layout' });
        else elementOf(mark.tag, doc, tree).add(doc.markStructureContent(mark.tag.type));
        open = mark.tag;
      }
      drawMark(doc, mark, piece.x, piece.y, tree, personal);
    }
  }
  if (open !== undefined) doc.endMarkedContent();
}

function elementOf(
  wanted: Tag,
  doc: PDFKit.PDFDocument,
  tree: Map<Tag, PDFKit.PDFStructureElement>,
): PDFKit.PDFStructureElement {
  const known = tree.get(wanted);
  if (known !== undefined) return known;
  const { type, parent, alt, box } = wanted;
  const element = doc.struct(type, {
    ...(alt === undefined ? {} : { alt }),
    ...(box === undefined ? {} : { bbox: [...box] }),
  });
  if (parent === null) doc.addStructure(element);
  else elementOf(parent, doc, tree).add(element);
  tree.set(wanted, element);
  return element;
}

function drawMark(
  doc: PDFKit.PDFDocument,
  { shape, tag }: Mark,
  dx: number,
  dy: number,
  tree: Map<Tag, PDFKit.PDFStructureElement>,
  personal: PersonalPen,
): void {
  switch (shape.kind) {
    case 'personal':
      personal.draw(shape, shape.x + dx, shape.y + dy);
      return;
    case 'text':
      doc.font(shape.face).fontSize(shape.size).fillColor(shape.color);
      doc.text(shape.text, shape.x + dx, shape.y + dy, { lineBreak: false, baseline: 'alphabetic' });
      return;
    case 'rect':
      doc.rect(shape.x + dx, shape.y + dy, shape.w, shape.h).fill(shape.fill);
      return;
    case 'frame':
      doc
        .lineWidth(shape.width)
        .rect(shape.x + dx, shape.y + dy, shape.w, shape.h)
        .stroke(shape.color);
      return;
    case 'rule':
      doc
        .lineWidth(shape.width)
        .moveTo(shape.x1 + dx, shape.y1 + dy)
        .lineTo(shape.x2 + dx, shape.y2 + dy);
      doc.stroke(shape.color);
      return;
    case 'dot':
      doc.circle(shape.x + dx, shape.y + dy, shape.r).fill(shape.fill);
      return;
    case 'link': {
      if (tag === null) throw new Error(`The link to ${shape.says} stands outside the structure.`);
      const options = { structParent: elementOf(tag, doc, tree), Contents: new String(shape.says) };
      const at = [shape.x + dx, shape.y + dy, shape.w, shape.h] as const;
      if (shape.target.kind === 'url') doc.link(...at, shape.target.url, options);
      else doc.goTo(...at, shape.target.name, options);
    }
  }
}
