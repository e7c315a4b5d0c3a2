import { contentsOf, mainOf } from './languages.ts';
import type { Content } from './model.ts';

/** More than any browser sends; the rest of a longer list is not read. */
const MOST_RANGES = 30;

/**
 * The content in the language that a browser likes best among those that it is written in; in the main one where it likes none of
 * them, or says nothing.
 * @param accepted an `Accept-Language` header (RFC 9110, 12.5.4), such as `fr-CA, fr;q=0.9, en;q=0.8`.
 */
export function contentPreferred<Some extends Pick<Content, 'site' | 'translations'>>(
  content: Some,
  accepted: string | undefined,
): Some {
  const spoken = contentsOf(content);
  const main = mainOf(content);
  for (const range of rangesOf(accepted ?? '')) {
    // French of Canada is answered in French: regions differ less than languages do.
    const found = range === '*' ? main : spoken.find(({ site }) => primary(site.language) === primary(range));
    if (found !== undefined) return found;
  }
  return main;
}

/** What is wanted at all, the dearest first; equals stay in the order in which they are named. */
function rangesOf(accepted: string): readonly string[] {
  return accepted
    .split(',', MOST_RANGES)
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { range, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ range, weight }) => range !== '' && weight > 0 && weight <= 1)
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-', 1)[0] ?? '';
}
