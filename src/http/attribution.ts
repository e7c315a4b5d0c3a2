import type { Attribution } from '../kernel/words.ts';

/** A query string as Fastify parses it. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const;
/** Longer values are cut: no campaign's name needs more, and a link must stay a link. */
const LONGEST = 120;

/** Where the visitor came from, by the query string; `referrer` comes from the form. */
export function attributionOf(query: Query, referrer: string | null): Attribution {
  const [source, medium, campaign, term, content] = UTM.map((part) => utmValue(query, part));
  return {
    source: source ?? null,
    medium: medium ?? null,
    campaign: campaign ?? null,
    term: term ?? null,
    content: content ?? null,
    referrer,
  };
}

/** The query string that links between our pages carry on: `?utm_source=…`, or nothing. */
export function carriedQuery(query: Query): string {
  // Most addresses have no query at all.
  if (Object.keys(query).length === 0) return '';
  const carried = new URLSearchParams();
  for (const part of UTM) {
    const value = utmValue(query, part);
    if (value !== null) carried.set(`utm_${part}`, value);
  }
  return carried.size === 0 ? '' : `?${carried.toString()}`;
}

/** The referring address as it may be kept: another site's, without query and fragment. */
export function tidyReferrer(text: string | undefined, publicOrigin: string): string | null {
  const url = URL.parse(text ?? '');
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin === publicOrigin) return null;
  return `${url.origin}${url.pathname}`.slice(0, 300);
}

function utmValue(query: Query, part: (typeof UTM)[number]): string | null {
  const given = query[`utm_${part}`];
  const text = (typeof given === 'string' ? given : given?.at(-1)) ?? '';
  // Control characters have no place in a campaign's name and would spoil logs and tables.
  const tidy = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  // Whole characters: half of a surrogate pair is no text, and no link could carry it.
  return tidy === '' ? null : Array.from(tidy.toWellFormed()).slice(0, LONGEST).join('');
}
