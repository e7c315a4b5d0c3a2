import { contentIn, contentsOf, mainOf, ownOffers } from './languages.ts';
import type { Content } from './model.ts';

/** A page in another language: where it is, and what the language calls itself. */
export type LanguageLink = {
  /** BCP 47. */
  readonly language: string;
  /** `Français`, in its own words. */
  readonly name: string;
  /** A path of ours. */
  readonly href: string;
};

/**
 * The languages that a public page can be read in, its own included and the main one first; empty when it is read in one only.
 * @param content in the language of the page.
 * @param path of the page, without a query.
 */
export function alternatesOf(content: Content, path: string): readonly LanguageLink[] {
  const links = contentsOf(content).flatMap((other) => {
    const href = other.base === content.base ? path : counterpart(content, other, path);
    return href === null ? [] : [linkTo(other, href)];
  });
  return links.length > 1 ? links : [];
}

/** For people: the other languages, each with the page that says the same, or with its first page. */
export function otherLanguages(content: Content, path: string | null): readonly LanguageLink[] {
  return contentsOf(content)
    .filter((other) => other.base !== content.base)
    .map((other) =>
      linkTo(other, (path === null ? null : counterpart(content, other, path)) ?? homeOf(other)),
    );
}

/** First parts of the paths that are the main language's own: the public pages, and the desk. */
const OF_THE_MAIN_LANGUAGE = ['', 'articles', 'privacy', 'admin'];

/** The content in the language whose pages this path belongs to; null when it belongs to none, as a personal link's does. */
export function contentAt(content: Content, path: string): Content | null {
  const [, first = ''] = path.split(/[/?#]/);
  const offer = content.offers.find(({ key }) => key === first);
  if (offer !== undefined) return contentIn(content, offer.language);
  if (OF_THE_MAIN_LANGUAGE.includes(first)) return mainOf(content);
  return contentsOf(content).find(({ base }) => base === `/${first}`) ?? null;
}

export function homeOf({ base }: Pick<Content, 'base'>): string {
  return base === '' ? '/' : base;
}

/** The page of another language that says what this one says; null: there is none. */
function counterpart(from: Content, to: Content, path: string): string | null {
  const offer = ownOffers(from).find(({ key }) => path === `/${key}`);
  if (offer !== undefined) {
    const first = offer.translates ?? offer.key;
    const other = ownOffers(to).find(({ key, translates }) => key === first || translates === first);
    return other === undefined ? null : `/${other.key}`;
  }
  if (path === homeOf(from)) return homeOf(to);
  const place = path.slice(from.base.length);
  const slug = /^\/articles\/([a-z0-9-]+)$/.exec(place)?.[1];
  if (slug !== undefined && !isReadHere(to, slug)) return null;
  const topic = /^\/articles\/topic\/([a-z0-9-]+)$/.exec(place)?.[1];
  if (topic !== undefined && !to.posts.some((post) => post.topic === topic && !post.dead)) return null;
  return to.base + place;
}

function isReadHere({ posts }: Content, slug: string): boolean {
  return posts.some((post) => post.slug === slug && post.url === null);
}

function linkTo({ site: { language } }: Content, href: string): LanguageLink {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return { language, name: name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1), href };
}
