import { folderOf } from './language-folders.ts';
import { contentsOf } from './languages.ts';
import { parseTarget } from './links.ts';
import { markdownTokens } from './markdown.ts';
import type { Content } from './model.ts';
import type { Markdown } from './text.ts';

/** A web address that the content leads to. */
export type OutwardLink = {
  readonly url: string;
  /** Where it stands: file, with the line where that is known. */
  readonly places: readonly string[];
  /** Of an article that lives elsewhere. */
  readonly post: { readonly slug: string; readonly dead: boolean } | null;
};

type Found = { readonly url: string; readonly place: string };

/** Every web address in the content, once. Links within the site and `mailto:` are none. */
export function outwardLinks(content: Content): readonly OutwardLink[] {
  const posts = contentsOf(content).flatMap((one) => one.posts);
  const found: readonly Found[] = [
    ...contentsOf(content).flatMap(linksOfLanguage),
    ...content.offers.flatMap((offer) => linksIn(offer, `offers/${offer.key}`)),
  ];
  const byUrl = Map.groupBy(
    found.filter(({ url }) => /^https?:/i.test(url)),
    ({ url }) => url.split('#')[0] ?? url,
  );
  return [...byUrl].map(([url, all]) => {
    const post = posts.find((one) => one.url !== null && one.url.split('#')[0] === url);
    return {
      url,
      places: [...new Set(all.map(({ place }) => place))],
      post: post === undefined ? null : { slug: post.slug, dead: post.dead },
    };
  });
}

function linksOfLanguage({ base, site, posts, sequence, emails, privacy }: Content): readonly Found[] {
  const folder = base === '' ? '' : folderOf(site.language);
  return [
    { url: site.url, place: `${folder}site.yaml` },
    { url: site.talk.url, place: `${folder}site.yaml (talk)` },
    ...site.navigation.map(({ label, url }) => ({ url, place: `${folder}site.yaml (navigation: ${label})` })),
    ...posts.flatMap(({ slug, url }) => (url === null ? [] : [{ url, place: `${folder}posts/${slug}.md` }])),
    ...posts.flatMap((post) => linksIn(post, `${folder}posts/${post.slug}.md`)),
    ...linksIn([sequence, Object.values(emails), privacy], ''),
  ];
}

/** Looks through all texts of a part, whatever its shape; a link of a document knows only its folder. */
function linksIn(part: unknown, place: string): readonly Found[] {
  if (Array.isArray(part)) return part.flatMap((one: unknown) => linksIn(one, place));
  if (typeof part !== 'object' || part === null) return [];
  if (isMarkdown(part)) return linksInMarkdown(part);
  const href = 'href' in part && typeof part.href === 'string' ? [{ url: part.href, place }] : [];
  return [...href, ...Object.values(part).flatMap((one: unknown) => linksIn(one, place))];
}

function isMarkdown(part: object): part is Markdown {
  return 'source' in part && 'file' in part && 'line' in part;
}

function linksInMarkdown({ source, file, line }: Markdown): readonly Found[] {
  return markdownTokens(source).flatMap((token) =>
    (token.children ?? []).flatMap((child) => {
      const target = child.type === 'link_open' ? parseTarget(String(child.attrGet('href') ?? '')) : null;
      return target?.kind === 'url'
        ? [{ url: target.url, place: `${file}:${line + (token.map?.[0] ?? 0)}` }]
        : [];
    }),
  );
}
