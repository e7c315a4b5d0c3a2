import { constants, crc32, deflateRawSync } from 'node:zlib';
import { shiftBy, sumOfBoth } from './sums.ts';
import type { Shift } from './sums.ts';

/** Stands in a rendered page wherever the carried query belongs; no text of ours holds it. A link to `/x` becomes `/x?the_…`. */
export const GAP = '?the_carried_query_stands_here';

/**
 * A page whose links carry the query of each request on, compressed once: what stands between the gaps is kept as pieces of a deflate
 * stream, and a query is put between them as it is. Any query at all costs some microseconds and is kept nowhere, so that strangers who
 * invent campaigns can spend neither our time nor our memory.
 */
export type GappedPage = {
  /** The page around its gaps: one more than there are gaps. */
  readonly plain: readonly Buffer[];
  /** The same, deflated, one byte a character. All but the last end where the length of a stored block belongs. */
  readonly deflated: readonly string[];
  /** CRC-32 of each. */
  readonly sums: readonly { readonly sum: number; readonly shift: Shift }[];
  readonly length: number;
};

export function withGaps(html: string): GappedPage {
  const plain = html.split(GAP.slice(1)).map((piece) => Buffer.from(piece));
  const last = plain.length - 1;
  return {
    plain,
    deflated: plain.map((piece, index) => deflate(piece, index === last)),
    sums: plain.map((piece) => ({ sum: crc32(piece), shift: shiftBy(piece.length) })),
    length: plain.reduce((sum, piece) => sum + piece.length, 0),
  };
}

/** The page with the query in its gaps, one byte a character. @param query as `carriedQuery` writes it, and not empty. */
export function filledPlain(page: GappedPage, query: string): string {
  return page.plain.map((piece) => piece.toString('latin1')).join(inHtml(query));
}

/** The same as one gzip member (RFC 1952): programs that read compressed answers need not take several. */
export function filledGzip(page: GappedPage, query: string): string {
  const text = inHtml(query);
  // A stored block (RFC 1951, 3.2.4): length, its complement, the bytes themselves. A query is no longer than a request's head may be.
  const block = number(text.length, 2) + number(~text.length, 2) + text;
  const length = page.length + text.length * (page.plain.length - 1);
  return GZIP_HEAD + page.deflated.join(block) + number(sumWith(page, text), 4) + number(length, 4);
}

function sumWith(page: GappedPage, text: string): number {
  const own = crc32(text);
  const shift = shiftBy(text.length);
  let whole = 0;
  for (const [index, piece] of page.sums.entries()) {
    if (index > 0) whole = sumOfBoth(whole, own, shift);
    whole = sumOfBoth(whole, piece.sum, piece.shift);
  }
  return whole;
}

/** Deflate, no name, no time, compressed as well as may be, on an unknown system. */
const GZIP_HEAD = '\x1f\x8b\x08\0\0\0\0\0\x02\xff';
/** The end of the empty stored block that a flush leaves: length nought and its complement. A query's own take their place. */
const EMPTY = 4;

/** Each piece by itself: nothing in it refers to what stands before it, since a query between them would shift that. */
function deflate(piece: Buffer, isLast: boolean): string {
  const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
  const bytes = deflateRawSync(piece, { level: 9, finishFlush });
  return bytes.toString('latin1', 0, isLast ? bytes.length : bytes.length - EMPTY);
}

/** A carried query is made of letters, digits and `*-._+%=&`: one of them has a meaning in HTML. */
function inHtml(query: string): string {
  return query.slice(1).replaceAll('&', '&amp;');
}

/** The lowest byte first. */
function number(value: number, bytes: 2 | 4): string {
  const low = String.fromCharCode(value & 255, (value >>> 8) & 255);
  return bytes === 2 ? low : low + String.fromCharCode((value >>> 16) & 255, (value >>> 24) & 255);
}
