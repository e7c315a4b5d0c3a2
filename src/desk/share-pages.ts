import { homeOf } from '../content/alternates.ts';
import { contentsOf } from '../content/languages.ts';
import { livingPosts, postAddress } from '../content/living.ts';
import type { Content } from '../content/model.ts';

export type PageChoice = {
  readonly path: string;
  readonly name: string;
  /** Of its name, BCP 47: titles are in the page's own language, the desk's names for other pages in English. */
  readonly language: string;
};
export type PageGroup = { readonly name: string; readonly pages: readonly PageChoice[] };

/** The pages to which a campaign's link may lead, in groups: all here, of every language, and none that is somebody's own. */
export function sharedPages(content: Content): readonly PageGroup[] {
  const offers = content.offers.map(({ key, title, language }) => ({
    path: `/${key}`,
    name: title,
    language,
  }));
  const reading = contentsOf(content).flatMap((one) => readingPages(one));
  return [{ name: 'Offers', pages: offers }, ...reading].filter(({ pages }) => pages.length > 0);
}

function readingPages(content: Content): readonly PageGroup[] {
  const language = content.base === '' ? '' : ` in ${englishName(content.site.language)}`;
  const posts = livingPosts(content.posts).filter(({ url }) => url === null);
  return [
    {
      name: `Pages${language}`,
      pages: [
        { path: homeOf(content), name: `First page${language}`, language: 'en' },
        { path: postAddress(content, undefined), name: `All articles${language}`, language: 'en' },
      ],
    },
    {
      name: `Articles${language}`,
      pages: posts.map((post) => ({
        path: postAddress(content, post),
        name: post.title,
        language: content.site.language,
      })),
    },
  ];
}

function englishName(language: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
}
