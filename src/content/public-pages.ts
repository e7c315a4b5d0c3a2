import { homeOf } from './alternates.ts';
import { ownOffers } from './languages.ts';
import { livingPosts, postAddress } from './living.ts';
import type { Content } from './model.ts';
import { topicOf } from './page-views.ts';

/** A page that may be found: its path, and the day of its last change (`YYYY-MM-DD`) if the content tells. */
export type PublicPage = { readonly path: string; readonly day: string | null };

/** Every page of one language that may be found. */
export function publicPages(content: Content): readonly PublicPage[] {
  const { site, privacy } = content;
  const posts = livingPosts(content.posts);
  const newest = posts[0]?.date ?? null;
  const topics = new Map<string, string>();
  // Newest first: the first of a topic is the last change of its page.
  for (const post of posts) {
    const { href } = topicOf(content, post);
    if (!topics.has(href)) topics.set(href, post.date);
  }
  return [
    // It shows the offers and the newest posts.
    { path: homeOf(content), day: [site.updated, newest ?? ''].toSorted().at(-1) ?? null },
    ...ownOffers(content).map(({ key }) => ({ path: `/${key}`, day: site.updated })),
    { path: postAddress(content, undefined), day: newest },
    ...[...topics].map(([path, day]) => ({ path, day })),
    ...posts
      .filter(({ url }) => url === null)
      .map((post) => ({ path: postAddress(content, post), day: post.date })),
    { path: `${content.base}/privacy`, day: privacy.updated },
  ];
}
