import type { Attribution } from './words.ts';

/** The tags of links that we set ourselves: what comes by them was not brought by anybody outside. */
export const OWN_LINKS = {
  /** Links in the emails of the sequence; the campaign is the step's key. */
  email: { source: 'email', medium: 'sequence' },
  /** Links in a document, for whoever was handed a copy. */
  sharedCopy: { source: 'shared-copy' },
  /** From an article to an offer, for those who came to the article without a tag; the campaign is the article. */
  article: { source: 'article' },
} as const;

/**
 * Whether a confirmed signup becomes the last touch of its lead. It does when something outside brought her. It does not when a link of
 * ours did (we would pay ourselves for a reader whom LinkedIn had brought), nor when nothing is known of how she came: that is mostly her
 * own download page, which leads to the other offer. Analytics programs call this "last non-direct".
 *
 * The touches of a **new** lead are those of her first signup, whatever they are: a friend who was forwarded an email did come by it.
 */
export function movesLastTouch(came: Attribution): boolean {
  const { source, medium, referrer } = came;
  if (source === OWN_LINKS.email.source && medium === OWN_LINKS.email.medium) return false;
  if (source === OWN_LINKS.sharedCopy.source) return false;
  // Only the page from which she came to the article tells of somebody outside.
  if (source === OWN_LINKS.article.source && medium === null) return referrer !== null;
  return PARTS.some((part) => came[part] !== null);
}

const PARTS = ['source', 'medium', 'campaign', 'term', 'content', 'referrer'] as const;
