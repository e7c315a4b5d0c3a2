import { alternatesOf } from '../content/alternates.ts';
import { contentIn } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import { jsonInHtml, structuredData } from '../content/structured-data.ts';
import type { Subject } from '../content/structured-data.ts';
import type { CardPicture } from './previews.ts';

/** What the `<head>` tells machines of a page that may be found; all addresses are whole. */
export type Head = {
  readonly canonical: string;
  /** For Open Graph: a language with a country, such as `en_CA`. */
  readonly locale: string;
  readonly otherLocales: readonly string[];
  /** Every language of the page, its own included; none where there is one. */
  readonly alternates: readonly { readonly language: string; readonly href: string }[];
  readonly card: (CardPicture & { readonly url: string }) | null;
  /** Set on articles only. */
  readonly article: { readonly published: string; readonly section: string } | null;
  /** JSON-LD, ready to stand in a `script`. */
  readonly structured: string | null;
};

/** Null for a page that is not to be found: it tells nothing of itself but its title. */
export function headOf(
  content: Content,
  frame: {
    readonly path: string | null;
    readonly title: string;
    readonly description: string | null;
    readonly subject?: Subject;
  },
  site: { readonly publicUrl: string; readonly card: (path: string) => CardPicture | null },
): Head | null {
  const { path, subject } = frame;
  if (path === null) return null;
  const { publicUrl } = site;
  const picture = site.card(path);
  const card = picture === null ? null : { ...picture, url: publicUrl + picture.path };
  const place = {
    publicUrl,
    path,
    title: frame.title,
    description: frame.description ?? '',
    image: card?.url ?? null,
  };
  const alternates = alternatesOf(content, path);
  return {
    canonical: publicUrl + path,
    locale: openGraphLocale(content),
    otherLocales: alternates
      .map(({ language }) => openGraphLocale(contentIn(content, language)))
      .filter((locale) => locale !== openGraphLocale(content)),
    alternates: alternates.map(({ language, href }) => ({ language, href: publicUrl + href })),
    card,
    article: subject?.kind === 'article' ? articleOf(content, subject) : null,
    structured: subject === undefined ? null : jsonInHtml(structuredData(content, subject, place)),
  };
}

/** Open Graph knows no language without a country: where none is named, the one where most who speak it live. */
function openGraphLocale({ site }: Pick<Content, 'site'>): string {
  const { language, region } = new Intl.Locale(site.locale).maximize();
  return `${language}_${region}`;
}

function articleOf({ site }: Content, { post }: Extract<Subject, { kind: 'article' }>): Head['article'] {
  const section = site.topics.find(({ slug }) => slug === post.topic)?.name ?? post.topic;
  return { published: post.date, section };
}
