import type { Page } from '../layout/shapes.ts';
import { legible } from './text-strings.ts';

/** The places of a document, and the bookmarks that lead to them. */
export type Outline = {
  /** What leads to the page that is being drawn. */
  add(places: Page['places']): void;
  end(): void;
};

export function outlineOf(doc: PDFKit.PDFDocument, pages: number): Outline {
  let chapter: PDFKit.PDFOutline | null = null;
  let shown = 0;
  return {
    add: (places) => {
      for (const { name, y, bookmark } of places) {
        const top = Math.max(0, y - ABOVE);
        doc.addNamedDestination(name, 'XYZ', 0, top, null);
        if (bookmark === null) continue;
        // pdfkit reckons `left` from the right edge.
        const title = legible(bookmark.title);
        const at = { top, left: doc.page.width, expanded: bookmark.level === 1 };
        if (bookmark.level === 2 && chapter !== null) chapter.addItem(title, at);
        else chapter = doc.outline.addItem(title, at);
        shown += 1;
      }
    },
    end: () => {
      // pdfkit counts for each bookmark, and not for the outline as a whole (ISO 32000-1, table 152).
      if (shown > 0) doc.outline.outlineData.Count = shown;
      doc._root.data.PageMode = pages > FEW ? 'UseOutlines' : 'UseNone';
      const { Dests } = doc._root.data.Names.data;
      Dests.limits = false;
      // Readers search names by their bytes; pdfkit sorts as the machine's language does, in which "ch" may come after "h".
      Dests._compareKeys = (one, other) => (one < other ? -1 : 1);
    },
  };
}

/** A jump leaves a little of what stands above in sight. */
const ABOVE = 12;
/** So many pages are seen without a list of them beside. */
const FEW = 2;
