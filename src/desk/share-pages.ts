import { livingPosts, postAddress } from '../content/living.ts';
import type { Content } from '../content/model.ts';

export type PageChoice = { readonly path: string; readonly name: string };
export type PageGroup = { readonly name: string; readonly pages: readonly PageChoice[] };

/** The pages to which a campaign's link may lead, in groups: all here, and none that is somebody's own. */
export function sharedPages(content: Content): readonly PageGroup[] {
  const posts = livingPosts(content.posts).filter(({ url }) => url === null);
  const groups = [
    { name: 'Offers', pages: content.offers.map(({ key, title }) => ({ path: `/${key}`, name: title })) },
    {
      name: 'Pages',
      pages: [
        { path: '/', name: 'First page' },
        { path: '/articles', name: 'All articles' },
      ],
    },
    { name: 'Articles', pages: posts.map((post) => ({ path: postAddress(post), name: post.title })) },
  ];
  return groups.filter(({ pages }) => pages.length > 0);
}
