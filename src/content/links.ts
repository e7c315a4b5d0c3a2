/** Where a link of the content leads, as written. */
export type LinkTarget =
  | { readonly kind: 'post'; readonly slug: string }
  | { readonly kind: 'offer'; readonly key: string }
  | { readonly kind: 'talk' }
  | { readonly kind: 'url'; readonly url: string };

/** Turns a target into the address that a page, an email or a document shows. */
export type LinkResolver = (target: LinkTarget) => string;

/**
 * Reads what stands between the round brackets of a Markdown link. Null for everything that is not on the short list of
 * `docs/content.md`: a list of what may pass cannot be tricked by the next scheme that runs scripts.
 */
export function parseTarget(href: string): LinkTarget | null {
  if (href === 'talk:') return { kind: 'talk' };
  const own = /^(post|offer):([a-z0-9-]+)$/.exec(href);
  if (own?.[1] === 'post') return { kind: 'post', slug: own[2] ?? '' };
  if (own?.[1] === 'offer') return { kind: 'offer', key: own[2] ?? '' };
  return isOutwardUrl(href) ? { kind: 'url', url: href } : null;
}

/** A whole `https:`, `http:` or `mailto:` address. */
export function isOutwardUrl(text: string): boolean {
  if (/^mailto:[^\s@]+@[^\s@]+$/i.test(text)) return true;
  return /^https?:\/\/[^\s/]/i.test(text) && !/\s/.test(text) && URL.canParse(text);
}
