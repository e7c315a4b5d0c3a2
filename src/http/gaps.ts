import { formFor, fill } from './gapped-form.ts';
import type { GappedForm } from './gapped-form.ts';

/** Stands in a rendered page for the query that its links carry on: `href="/x?the_…"`. */
export const GAP = '?the_carried_query_stands_here';

/**
 * A page that is compressed before it is known which query its links will carry. Any query costs some microseconds and is kept nowhere,
 * so strangers who invent campaigns can spend neither our time nor our memory.
 */
export type GappedPage = {
  /** What stands around the gaps: one piece more than there are gaps. */
  readonly pieces: readonly Buffer[];
  /** What follows every gap, before the piece: the end of an attribute, or nothing where a gap stands elsewhere. */
  readonly end: '"' | '';
  /** By the room in each gap, in bytes; null: it cannot be compressed so. A form is made when it is first asked for. */
  readonly forms: Map<number, GappedForm | null>;
};

/** Queries have endless lengths, rooms few. */
const STEP = 32;
/** Longer queries are no campaign's: their pages are sent as they are. */
const MOST = 512;
/** Spaces that every room ends with; see `formFor`. */
export const SPARE = '  ';

export function withGaps(html: string): GappedPage {
  const [first = '', ...others] = html.split(GAP.slice(1));
  const areEnds = others.every((piece) => piece.startsWith('"'));
  const behind = areEnds ? others.map((piece) => piece.slice(1)) : others;
  const pieces = [first, ...behind].map((piece) => Buffer.from(piece));
  return { pieces, end: areEnds ? '"' : '', forms: new Map() };
}

/** The page with the query in its gaps, one byte a character. @param query as `carriedQuery` writes it, and not empty. */
export function filledPlain({ pieces, end }: GappedPage, query: string): string {
  return pieces.map((piece) => piece.toString('latin1')).join(inHtml(query) + end);
}

/** The same as one gzip member, with some space behind each query; null when it has to be sent as it is. */
export function filledGzip({ pieces, end, forms }: GappedPage, query: string): string | null {
  // Only where the query ends an attribute is there a place for more space.
  if (end === '') return null;
  const text = inHtml(query) + end;
  const room = Math.ceil((text.length + SPARE.length) / STEP) * STEP;
  if (room > MOST) return null;
  let form = forms.get(room);
  if (form === undefined) {
    form = formFor(pieces, room, SPARE);
    forms.set(room, form);
  }
  return form && fill(form, text.padEnd(room));
}

/** A carried query is made of letters, digits and `*-._+%=&`: one of them has a meaning in HTML. */
function inHtml(query: string): string {
  return query.slice(1).replaceAll('&', '&amp;');
}
