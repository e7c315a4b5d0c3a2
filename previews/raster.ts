import { createCanvas } from '@napi-rs/canvas';
import type { Canvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A PDF as its pages show it. Pages count from 1. */
export type OpenedPdf = {
  readonly pages: readonly OpenedPage[];
  /** The chapters of its outline: on which page each begins, and how far down (0 is the top of the page, 1 its foot). */
  readonly chapters: readonly Chapter[];
  readonly close: () => Promise<void>;
};

export type Chapter = { readonly title: string; readonly page: number; readonly down: number };

export type OpenedPage = {
  readonly number: number;
  /** Its words without white space, so that a title is found however its lines were broken. */
  readonly letters: string;
  /** What is drawn on it, step by step, as a text: the same on every machine, which pixels are not. */
  readonly steps: () => Promise<string>;
  /** The page as a picture so many pixels wide. */
  readonly draw: (width: number) => Promise<Canvas>;
};

/** Opens a PDF with pdf.js, which draws letters as outlines here: no font of this machine takes part. */
export async function openPdf(bytes: Uint8Array): Promise<OpenedPdf> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const pages: OpenedPage[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push({
      number,
      letters: lettersOf(items.map((item) => ('str' in item ? item.str : '')).join('')),
      steps: async () => {
        const { fnArray, argsArray } = await page.getOperatorList();
        // A font is named by the number of documents that this process has opened.
        return JSON.stringify([fnArray, argsArray], plainArrays).replace(/g_d\d+_/g, '');
      },
      draw: async (width) => {
        const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
        const canvas = createCanvas(width, Math.round(viewport.height));
        // pdf.js is typed for the browser's canvas; this one has the same methods.
        await page.render({
          canvas: canvas as unknown as Parameters<typeof page.render>[0]['canvas'],
          viewport,
        }).promise;
        return canvas;
      },
    });
  }
  const chapters: Chapter[] = [];
  // The types promise a list, but a document without bookmarks has none.
  const outline: Awaited<ReturnType<typeof pdf.getOutline>> | null = await pdf.getOutline();
  for (const { title, dest } of outline ?? []) {
    const place = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
    if (place?.[0] === undefined) continue;
    const page = (await pdf.getPageIndex(place[0])) + 1;
    const [, bottom = 0, , top = 1] = (await pdf.getPage(page)).view;
    // [page, /XYZ, left, top, zoom] (ISO 32000-1, 12.3.2.2)
    const y: unknown = place[3];
    chapters.push({ title, page, down: typeof y === 'number' ? (top - y) / (top - bottom) : 0 });
  }
  return { pages, chapters, close: () => task.destroy() };
}

/** A text as pages are searched for it. */
export function lettersOf(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad]/g, '');
}

function plainArrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
}
