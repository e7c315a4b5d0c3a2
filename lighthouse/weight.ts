import { brotliCompressSync } from 'node:zlib';
import type { VisitedPage } from './journey.ts';

/** Bytes as they go over the line, compressed, without heads. */
export type Weight = {
  readonly html: number;
  /** Of the HTML, what its style sheet takes: with it less without it. */
  readonly css: number;
  readonly script: number;
  readonly fonts: number;
  /** What a phone loads before anybody has scrolled far. */
  readonly images: number;
  /** Files of styles and scripts, of which there should be none. */
  readonly others: number;
};

/** @param requests of one visit with an empty cache, as Lighthouse lists them. */
export async function weightOf(
  page: VisitedPage,
  requests: readonly Readonly<Record<string, unknown>>[],
): Promise<Weight> {
  const html = await (await fetch(page.url, { headers: { 'accept-encoding': 'br' } })).text();
  const size = (text: string) => brotliCompressSync(text).length;
  const without = (element: RegExp) => size(html) - size(html.replace(element, ''));
  const bytes = (isMeant: (type: unknown, url: string) => boolean) =>
    requests
      .filter((request) => isMeant(request['resourceType'], String(request['url'])))
      .reduce((sum, request) => sum + Number(request['transferSize'] ?? 0), 0);
  const icons = /\/favicon|apple-touch/;
  return {
    html: bytes((type) => type === 'Document'),
    css: without(/<style>[\s\S]*?<\/style>/),
    script: without(/<script>[\s\S]*?<\/script>/),
    fonts: bytes((type) => type === 'Font'),
    images: bytes((type, url) => type === 'Image' && !icons.test(url)),
    others: bytes((type) => type === 'Stylesheet' || type === 'Script'),
  };
}
