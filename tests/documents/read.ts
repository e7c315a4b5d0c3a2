import { bytesOf } from '../../src/documents/model.ts';
import type { FinishedDocument } from '../../src/documents/model.ts';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

type ReadText = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
};
type ReadLink = { readonly url: string | null; readonly place: string | null; readonly says: string };
export type ReadPage = {
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly items: readonly ReadText[];
  readonly links: readonly ReadLink[];
};
export type ReadPdf = {
  readonly title: string;
  readonly language: string;
  readonly pages: readonly ReadPage[];
  readonly outline: readonly { readonly title: string; readonly sections: readonly string[] }[];
  /** Page numbers (from 1) of the named places. */
  readonly places: ReadonlyMap<string, number>;
  readonly structure: string;
};

/** What a reader's program finds in a PDF. */
export async function readPdf(made: Pick<FinishedDocument, 'parts'>): Promise<ReadPdf> {
  const task = getDocument({ data: Uint8Array.from(bytesOf(made)), verbosity: 0 });
  const pdf = await task.promise;
  const pages: ReadPage[] = [];
  const structure: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const texts = items.filter((item) => 'str' in item).filter(({ str }) => str.trim() !== '');
    const annotations: readonly Annotation[] = await page.getAnnotations();
    pages.push({
      width,
      height,
      text: texts
        .map(({ str }) => str)
        .join(' ')
        .replace(/\s+/g, ' '),
      items: texts.map((item) => ({
        text: item.str,
        left: item.transform[4],
        // The blank that ends each run is as wide as a quarter of its size and shows nothing.
        right: item.transform[4] + item.width - (item.str.endsWith(' ') ? item.height / 4 : 0),
        y: height - item.transform[5],
      })),
      links: annotations.map((link) => ({
        url: link.url ?? null,
        place: typeof link.dest === 'string' ? link.dest : null,
        says: link.contentsObj?.str ?? '',
      })),
    });
    structure.push(JSON.stringify(await page.getStructTree()));
  }
  const places = new Map<string, number>();
  for (const [name, place] of await pdf.getDestinations()) {
    places.set(name, (await pdf.getPageIndex(place[0])) + 1);
  }
  const outline = ((await pdf.getOutline()) ?? []).map(({ title, items }) => ({
    title,
    sections: items.map((item: { readonly title: string }) => item.title),
  }));
  const { info } = await pdf.getMetadata();
  await task.destroy();
  const { Title, Language } = info as { readonly Title?: string; readonly Language?: string };
  return {
    title: Title ?? '',
    language: Language ?? '',
    pages,
    outline,
    places,
    structure: structure.join('\n'),
  };
}

/** The text of a file's first page, and no more: for many files. */
export async function textOf(bytes: Uint8Array): Promise<string> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  const page = await (await task.promise).getPage(1);
  const { items } = await page.getTextContent();
  await task.destroy();
  return items.map((item) => ('str' in item ? item.str : '')).join('');
}

/** What stands outside the margins, or below the footer. */
export function beyondMargins(pages: readonly ReadPage[], margin = MARGIN): readonly string[] {
  return pages.flatMap(({ items, width, height }) =>
    items
      .filter(
        ({ left, right, y }) => left < margin - SLIP || right > width - margin + SLIP || y > height - FOOT,
      )
      .map(({ text }) => text),
  );
}

/** Points. */
const MARGIN = 64;
const FOOT = 29.5;
/** pdf.js rounds widths. */
const SLIP = 0.5;

type Annotation = {
  readonly url?: string;
  readonly dest?: unknown;
  readonly contentsObj?: { readonly str: string };
};
