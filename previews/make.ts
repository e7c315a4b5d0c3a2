import type { Canvas } from '@napi-rs/canvas';
import type { Content } from '../src/content/model.ts';
import type { PreviewManifest } from '../src/content/previews.ts';
import { loadLook } from '../src/kernel/look.ts';
import { CARD, COVER } from './card.ts';
import { chapterOf } from './choose.ts';
import { draftsOf } from './draft.ts';
import type { OfferDraft } from './draft.ts';
import { pngFile, webpFile } from './picture.ts';
import type { PictureFile } from './picture.ts';

/** Pixels. A page is shown up to 360 wide, and good screens have two pixels for each. */
const WIDTHS = [360, 720] as const;

export type Previews = { readonly manifest: PreviewManifest; readonly files: readonly PictureFile[] };

/** Draws all pictures of a content, from the documents that its readers get. */
export async function makePreviews(content: Content): Promise<Previews> {
  const drafts = await draftsOf(content);
  const files: PictureFile[] = [];
  /** Takes a file, and gives what the list says of it. */
  const take = (made: PictureFile) => {
    files.push(made);
    const { file, width, height } = made;
    return { file, width, height };
  };
  const offers: PreviewManifest['offers'] = {};
  for (const draft of drafts.offers) {
    const { key, source, drawing } = draft;
    const sheets: PreviewManifest['offers'][string]['sheets'] = [];
    for (const [index, page] of draft.pages.entries()) {
      const name = `${key}/sheet-${index + 1}`;
      const canvases = await drawnIn(draft, page);
      sheets.push({
        page,
        chapter: chapterOf(page, draft.pdf.chapters),
        webp: canvases.map((canvas) => take(webpFile(`${name}-${canvas.width}.webp`, canvas))),
        png: take(pngFile(`${name}.png`, canvases.at(-1) ?? (await drawnCard(draft)))),
      });
    }
    const card = take(pngFile(`${key}/card.png`, await drawnCard(draft)));
    offers[key] = { source, drawing, sheets, card };
  }
  const { source, drawing, card } = drafts.site;
  const picture = take(pngFile('card.png', await card.draw(CARD.width)));
  await drafts.close();
  return { manifest: { offers, site: { source, drawing, card: picture } }, files };
}

async function drawnIn({ pdf }: OfferDraft, number: number): Promise<readonly Canvas[]> {
  const page = pdf.pages[number - 1];
  if (page === undefined) throw new Error(`There is no page ${number}.`);
  return [await page.draw(WIDTHS[0]), await page.draw(WIDTHS[1])];
}

/** The card with the first page of the document laid upon it. */
async function drawnCard({ pdf, card }: OfferDraft): Promise<Canvas> {
  const canvas = await card.draw(CARD.width);
  const cover = await pdf.pages[0]?.draw(COVER.width);
  if (cover === undefined) throw new Error('A document has no page.');
  const brush = canvas.getContext('2d');
  const { ink, line } = loadLook().colors.light;
  brush.save();
  Object.assign(brush, { shadowColor: `${ink}40`, shadowBlur: 28, shadowOffsetY: 10 });
  brush.drawImage(cover, COVER.x, COVER.y);
  brush.restore();
  brush.strokeStyle = line;
  brush.strokeRect(COVER.x - 0.5, COVER.y - 0.5, cover.width + 1, cover.height + 1);
  return canvas;
}
