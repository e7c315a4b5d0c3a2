import { createHash } from 'node:crypto';
import type { Sheets } from '../layout/shapes.ts';
import { legible } from './text-strings.ts';

/** What the file tells about itself, and the same in XMP (PDF/UA-1, 7.1). All dates are the content's: no clock, so the same sheets give the same bytes. */
export function infoOf(sheets: Sheets): Readonly<Record<string, string | Date>> {
  const date = new Date(`${sheets.date}T00:00:00Z`);
  return {
    Title: legible(sheets.title),
    Author: legible(sheets.author),
    Subject: legible(sheets.subject),
    Edition: legible(sheets.edition),
    CreationDate: date,
    ModDate: date,
  };
}

/** Names a variant of one edition; copies for different readers share it (ISO 32000-1, 14.4, asks for no more than a hint). */
function fileId({ pages, ...sheets }: Sheets): Uint8Array {
  const drawn = pages.map(({ pieces }) =>
    pieces.map(({ x, y, marks }) => [x, y, marks.map(({ shape }) => shape)]),
  );
  return createHash('sha256')
    .update(JSON.stringify([sheets, drawn]))
    .digest()
    .subarray(0, 16);
}

/** Puts our own XMP in place of pdfkit's, which writes `&` as it is and knows neither the language nor the edition. */
export function setMetadata(doc: PDFKit.PDFDocument, sheets: Sheets): void {
  doc._id = fileId(sheets);
  doc.endMetadata = () => {
    const metadata = doc.ref({ Type: 'Metadata', Subtype: 'XML' });
    metadata.compress = false;
    metadata.write(Buffer.from(xmpOf(sheets), 'utf8'));
    metadata.end();
    doc._root.data.Metadata = metadata;
  };
}

function xmpOf(sheets: Sheets): string {
  const date = `${sheets.date}T00:00:00Z`;
  // One language only: Firefox puts all of them into the title of its window, one behind the other.
  const either = (text: string): string =>
    `<rdf:Alt><rdf:li xml:lang="x-default">${xml(text)}</rdf:li></rdf:Alt>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>${either(sheets.title)}</dc:title>
<dc:creator><rdf:Seq><rdf:li>${xml(sheets.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description>${either(sheets.subject)}</dc:description>
<dc:language><rdf:Bag><rdf:li>${xml(sheets.language)}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<xmp:CreateDate>${date}</xmp:CreateDate>
<xmp:ModifyDate>${date}</xmp:ModifyDate>
<xmp:CreatorTool>PDFKit</xmp:CreatorTool>
<xmpMM:VersionID>${xml(sheets.edition)}</xmpMM:VersionID>
<pdf:Producer>PDFKit</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

function xml(text: string): string {
  return legible(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
