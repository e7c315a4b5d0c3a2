import type { FastifyRequest } from 'fastify';
import { OWN_LINKS } from '../kernel/touch.ts';
import type { Attribution } from '../kernel/words.ts';
import { refOf, tidyReferrer } from './referrer.ts';

/** A query string as Fastify parses it. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** All that is read of a query. Click ids (`gclid`, `fbclid`, `msclkid`) name one person's click: they are neither kept nor carried on. */
const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const;
/** Longer values are cut: no campaign's name needs more, and a link must stay a link. */
const LONGEST = 120;

/** Where the visitor came from, by the query string; `referrer` as `referrerOf` gives it. */
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

/** The page from which the visitor came to us, by all that tells of it. Null when nothing does, or when it is one of ours. */
export function referrerOf(
  told: {
    /** The form's own field, which the script fills with the page before. */
    readonly field: string | undefined;
    readonly query: Query;
    /** Of the request that posts the form: a form on the coach's own site has no script, but its page is named here. */
    readonly headers: { readonly referer?: string | undefined; readonly origin?: string | undefined };
  },
  ownHosts: readonly string[],
): string | null {
  const { field, query, headers } = told;
  return (
    tidyReferrer(field, ownHosts) ??
    tidyReferrer(refOf(lastOf(query, 'ref'))?.address, ownHosts) ??
    tidyReferrer(headers.referer, ownHosts) ??
    tidyReferrer(headers.origin, ownHosts)
  );
}

/** The same of a request that posts a form. @param field the form's own. */
export function cameFrom(
  { query, headers, hostname }: FastifyRequest,
  field: string | undefined,
  publicUrl: string,
): string | null {
  return referrerOf({ field, query: query as Query, headers }, [new URL(publicUrl).hostname, hostname]);
}

/** The query string that links between our pages carry on: `?utm_source=…`, or nothing. */
export function carriedQuery(query: Query): string {
  // Most addresses have no query at all.
  if (Object.keys(query).length === 0) return '';
  const parts = carriedParts(query);
  return parts.size === 0 ? '' : `?${parts.toString()}`;
}

/**
 * What an article's links to offers carry on: it names itself to those who came without a tag; a campaign that brought them keeps its
 * credit. @param carried the carried query, or what stands for it, which then tells `isTagged` of the query itself.
 */
export function articleQuery(carried: string, slug: string, tagged = isTagged(carried)): string {
  if (tagged) return carried;
  const own = new URLSearchParams({ utm_source: OWN_LINKS.article.source, utm_campaign: slug });
  return `?${own.toString()}${carried.replace('?', '&')}`;
}

/** Whether a carried query names a campaign, and not only the site that the visitor came from. */
export function isTagged(carried: string): boolean {
  return carried.startsWith('?utm_');
}

function carriedParts(query: Query): URLSearchParams {
  const carried = new URLSearchParams();
  for (const part of UTM) {
    const value = utmValue(query, part);
    if (value !== null) carried.set(`utm_${part}`, value);
  }
  const ref = refOf(lastOf(query, 'ref'));
  if (ref !== null) carried.set('ref', ref.name);
  return carried;
}

function utmValue(query: Query, part: (typeof UTM)[number]): string | null {
  // Control characters have no place in a campaign's name and would spoil logs and tables.
  const tidy = lastOf(query, `utm_${part}`)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  // Whole characters: half of a surrogate pair is no text, and no link could carry it.
  return tidy === '' ? null : Array.from(tidy.toWellFormed()).slice(0, LONGEST).join('');
}

function lastOf(query: Query, name: string): string {
  const given = query[name];
  return (typeof given === 'string' ? given : given?.at(-1)) ?? '';
}
