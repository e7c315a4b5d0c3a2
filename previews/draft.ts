import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Content, Offer } from '../src/content/model.ts';
import { contentFor } from '../src/content/languages.ts';
import { documentSource, offerCard, siteCard, siteSource } from '../src/content/previews.ts';
import { loadFaces } from '../src/documents/layout/faces.ts';
import type { Faces } from '../src/documents/layout/faces.ts';
import type { Sheets } from '../src/documents/layout/shapes.ts';
import { bytesOf } from '../src/documents/model.ts';
import type { Press } from '../src/documents/model.ts';
import { drawPdf } from '../src/documents/pdf/pen.ts';
import { createPress } from '../src/documents/press.ts';
import { createPrinter } from '../src/documents/press/printer.ts';
import { ROOT } from '../src/root.ts';
import { cardSheets } from './card.ts';
import { chosenPages } from './choose.ts';
import { openPdf } from './raster.ts';
import type { OpenedPage, OpenedPdf } from './raster.ts';

/** What is to be drawn, before there is a pixel of it. */
export type Draft = {
  readonly source: string;
  readonly drawing: string;
  readonly card: OpenedPage;
};
export type OfferDraft = Draft & {
  readonly key: string;
  readonly pdf: OpenedPdf;
  /** Numbers of the pages that are shown, the first page first. */
  readonly pages: readonly number[];
};
export type Drafts = {
  readonly offers: readonly OfferDraft[];
  readonly site: Draft;
  readonly close: () => Promise<void>;
};

const FONTS = join(ROOT, 'assets/fonts');
/** Links lead somewhere else on each server, and no picture shows where. */
const NOWHERE = 'https://previews.invalid';
const NOBODY = { name: '', situation: null, role: null };

/** Makes the documents as a reader without a name gets them, and the cards. */
export async function draftsOf(content: Content): Promise<Drafts> {
  const faces = await loadFaces(FONTS);
  const press = createPress(
    createPrinter(FONTS),
    () => content,
    () => NOWHERE,
  );
  const opened: OpenedPdf[] = [];
  const open = async (bytes: Uint8Array) => {
    const pdf = await openPdf(bytes);
    opened.push(pdf);
    return pdf;
  };
  const offers: OfferDraft[] = [];
  for (const offer of content.offers)
    offers.push(await offerDraft(contentFor(content, offer.key), offer, press, faces, open));
  const card = firstOf(
    await open(await pdfOf(cardSheets(siteCard(content), 'motif', faces, content.site.language), faces)),
  );
  return {
    offers,
    site: { source: siteSource(content), drawing: await drawingOf([card]), card },
    close: async () => {
      for (const pdf of opened) await pdf.close();
    },
  };
}

async function offerDraft(
  content: Content,
  offer: Offer,
  press: Press,
  faces: Faces,
  open: (bytes: Uint8Array) => Promise<OpenedPdf>,
): Promise<OfferDraft> {
  const { key } = offer;
  const pdf = await open(bytesOf(await press.make({ offer: key, reader: NOBODY, paper: 'a4' })));
  const sheets = cardSheets(offerCard(content, offer), 'cover', faces, content.site.language);
  const card = firstOf(await open(await pdfOf(sheets, faces)));
  const pages = chosenPages(offer, pdf);
  const shown = pdf.pages.filter(({ number }) => pages.includes(number));
  const drawing = await drawingOf([...shown, card]);
  return { key, source: documentSource(content, offer), drawing, pdf, pages, card };
}

/** A card has no personal lines to say anything. */
async function pdfOf(sheets: Sheets, faces: Faces): Promise<Uint8Array> {
  return (await drawPdf(sheets, faces, { kind: 'now', says: () => '' })).bytes;
}

function firstOf({ pages: [first] }: OpenedPdf): OpenedPage {
  if (first === undefined) throw new Error('A document has no page.');
  return first;
}

/** Hex SHA-256 over all that is drawn on these pages. */
async function drawingOf(pages: readonly OpenedPage[]): Promise<string> {
  const hash = createHash('sha256');
  for (const page of pages) hash.update(await page.steps());
  return hash.digest('hex');
}
