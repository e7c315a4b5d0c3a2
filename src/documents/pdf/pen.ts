import type { Faces } from '../layout/faces.ts';
import type { Mark, Page, PersonalShape, Piece, Sheets, Tag } from '../layout/shapes.ts';
import { withCrossReferenceStream } from './cross-reference.ts';
import { inAscii, wordsOf } from './links.ts';
import { infoOf, setMetadata } from './metadata.ts';
import { outlineOf } from './outline.ts';
import { personalPen } from './personal-lines.ts';
import type { Filling, PersonalPen } from './personal-lines.ts';
import { structureOf } from './structure.ts';
import type { Structure } from './structure.ts';
import { textString } from './text-strings.ts';

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
    info: infoOf(sheets),
  });
  setMetadata(doc, sheets);
  const chunks: Uint8Array[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  for (const [face, font] of Object.entries(faces.fonts)) doc.registerFont(face, font);
  const personal = personalPen(doc, faces, filling);
  const structure = structureOf(doc);
  const outline = outlineOf(doc, sheets.pages.length);
  for (const page of sheets.pages) {
    doc.addPage();
    outline.add(page.places);
    drawPage(doc, page, structure, personal);
  }
  outline.end();
  structure.end();
  doc.end();
  personal.finish();
  return { bytes: withCrossReferenceStream(await finished), lines: personal.lines };
}

function drawPage(doc: PDFKit.PDFDocument, page: Page, structure: Structure, personal: PersonalPen): void {
  let open: Tag | string | undefined;
  for (const piece of page.pieces) {
    for (const mark of piece.marks) {
      const owner = mark.tag ?? artifactOf(piece);
      if (owner !== open) {
        if (open !== undefined) structure.close();
        if (typeof owner === 'string') doc.addContent(`/Artifact ${owner} BDC`);
        else structure.open(owner);
        open = owner;
      }
      drawMark(doc, mark, piece.x, piece.y, structure, personal);
    }
  }
  if (open !== undefined) structure.close();
}

/** What is not read aloud, and why (ISO 32000-1, 14.8.2.2). */
function artifactOf({ running }: Piece): string {
  return running === undefined
    ? '<</Type /Layout>>'
    : '<</Type /Pagination /Subtype /Footer /Attached [/Bottom]>>';
}

function drawMark(
  doc: PDFKit.PDFDocument,
  { shape, tag }: Mark,
  dx: number,
  dy: number,
  structure: Structure,
  personal: PersonalPen,
): void {
  switch (shape.kind) {
    case 'personal':
      personal.draw(shape, shape.x + dx, shape.y + dy);
      return;
    case 'text':
      if (tag?.type === 'Lbl' && /^\d/.test(shape.text)) structure.countedBy(tag);
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
      const at = [shape.x + dx, shape.y + dy, shape.w, shape.h] as const;
      structure.annotate(tag, (StructParent) => {
        const options = { StructParent, Contents: textString(wordsOf(shape.says, shape.target)) };
        if (shape.target.kind === 'url') doc.link(...at, inAscii(shape.target.url), options);
        else doc.goTo(...at, shape.target.name, options);
      });
    }
  }
}
