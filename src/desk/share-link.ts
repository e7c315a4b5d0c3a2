import { OWN_LINKS } from '../kernel/touch.ts';

/** The fields of the link builder, as its form shows them: already tidied. */
export type LinkFields = {
  /** Path of the page to which the link leads. */
  readonly to: string;
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly content: string;
};

export type LinkProblem = { readonly field: keyof LinkFields; readonly text: string };

export type LinkReading =
  /** Nothing was asked for yet. */
  | { readonly kind: 'blank'; readonly typed: LinkFields }
  | { readonly kind: 'link'; readonly typed: LinkFields; readonly link: string }
  | { readonly kind: 'wrong'; readonly typed: LinkFields; readonly problems: readonly LinkProblem[] };

const LONGEST = 60;
/**
 * Bytes of a whole link: the code of so many has 85 modules a side with its edge, and wants 34 mm. Much longer ones fit on no card, and
 * from 2,332 bytes on into no code (level M). Four names of plain letters fit; a я stands in a link as six bytes, a 東 as nine.
 */
const LONGEST_LINK = 400;
const TAGS = ['source', 'medium', 'campaign', 'content'] as const;

/** Reads the query of the link builder. @param paths the pages to which a link may lead; the first is the one proposed. */
export function readLink(
  fields: Readonly<Record<string, string | undefined>>,
  paths: readonly string[],
  publicUrl: string,
): LinkReading {
  const typed = {
    to: fields['to'] ?? paths[0] ?? '/',
    source: tidyTag(fields['source'] ?? ''),
    medium: tidyTag(fields['medium'] ?? ''),
    campaign: tidyTag(fields['campaign'] ?? ''),
    content: tidyTag(fields['content'] ?? ''),
  };
  // Somebody who only looks for a campaign of before, or comes by a link, has asked for nothing.
  if (fields['to'] === undefined) return { kind: 'blank', typed };
  const link = linkOf(typed, publicUrl);
  const problems = problemsOf(typed, paths, link);
  return problems.length > 0 ? { kind: 'wrong', typed, problems } : { kind: 'link', typed, link };
}

/**
 * One spelling for one thing: `Autumn talk` and `autumn-talk` would count as two campaigns. Small letters and digits, hyphens between
 * them; accents go, since each would stand in the link as six characters.
 */
export function tidyTag(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[’']/g, '');
  const words = plain.split(/[^\p{L}\p{N}.]+/u).map((word) => word.replace(/^\.+|\.+$/g, ''));
  return Array.from(words.filter((word) => word !== '').join('-'))
    .slice(0, LONGEST)
    .join('')
    .replace(/-+$/, '');
}

function problemsOf(typed: LinkFields, paths: readonly string[], link: string): readonly LinkProblem[] {
  const problems: LinkProblem[] = [];
  if (!paths.includes(typed.to)) problems.push({ field: 'to', text: 'Choose a page of the list.' });
  if (typed.source === '')
    problems.push({ field: 'source', text: 'Enter a source: where the link will stand, such as linkedin.' });
  const own = ownName(typed);
  if (own !== null) problems.push({ field: 'source', text: own });
  if (problems.length === 0 && link.length > LONGEST_LINK) problems.push(tooLong(typed));
  return problems;
}

/** Named at the longest name: that is where shortening helps. */
function tooLong(typed: LinkFields): LinkProblem {
  const [field] = TAGS.toSorted(
    (a, b) => encodeURIComponent(typed[b]).length - encodeURIComponent(typed[a]).length,
  );
  return {
    field: field ?? 'source',
    text: 'This link is too long for a code that a phone can read from a card. Use shorter names, or plain letters: one я takes up the room of six, one 東 that of nine.',
  };
}

/** Names that the funnel gives to its own links: two things under one name could not be told apart, and would earn no credit. */
export function ownName({ source, medium }: Pick<LinkFields, 'source' | 'medium'>): string | null {
  const { email, sharedCopy, article } = OWN_LINKS;
  if (source === sharedCopy.source || source === article.source)
    return `The funnel marks its own links with “${source}”. Choose another source.`;
  return source === email.source && medium === email.medium
    ? 'The funnel marks the links in its own emails with this source and medium. Choose another of one.'
    : null;
}

function linkOf(typed: LinkFields, publicUrl: string): string {
  const query = new URLSearchParams();
  for (const tag of TAGS) if (typed[tag] !== '') query.set(`utm_${tag}`, typed[tag]);
  return `${publicUrl}${typed.to}?${query.toString()}`;
}
