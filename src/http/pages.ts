import { createHash } from 'node:crypto';
import { homeOf, otherLanguages } from '../content/alternates.ts';
import type { LanguageLink } from '../content/alternates.ts';
import { contentIn, ownOffers } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import type { Subject } from '../content/structured-data.ts';
import type { Templates } from '../kernel/templates.ts';
import { headOf } from './head.ts';
import type { Previews } from './previews.ts';

/** What the frame around every visitor's page needs. */
export type Frame = {
  readonly title: string;
  /** For search engines; null on pages that are not to be found. */
  readonly description: string | null;
  /** BCP 47: the one that the page's words are in. */
  readonly language: string;
  /** Path of the page for the canonical link; null on personal pages, which are then `noindex`. */
  readonly path: string | null;
  /** Carried on by links between our pages: `?utm_source=…` or nothing. */
  readonly query: string;
  /** Carried on by links to offers instead of `query`: an article names itself as the source of those who come through it. */
  readonly offerQuery?: string;
  /** What a page that may be found is about. */
  readonly subject?: Subject;
};

export type PageParts = {
  readonly templates: Templates;
  readonly content: () => Content;
  readonly publicUrl: () => string;
  /** Styles and the one small script, all inline; see `createStyles`. */
  readonly styles: string;
  readonly personalStyles: string;
  readonly script: string;
  /** The ground of pages, which phones give to what is around them. */
  readonly themeColors: { readonly light: string; readonly dark: string };
  /** The address of a file of `assets/web` under its immutable name; see `loadAssets`. */
  readonly asset: (name: string) => string;
  readonly previews: Previews;
};

/** Renders visitors' pages: a template's text inside the site's frame. Data reaches templates by name only. */
export interface Pages {
  html(template: string, frame: Frame, data: Readonly<Record<string, unknown>>): string;
}

export function createPages(parts: PageParts): Pages {
  return {
    html: (template, frame, data) => {
      const content = contentIn(parts.content(), frame.language);
      const shared = {
        site: content.site,
        words: content.words,
        offers: ownOffers(content),
        say,
        link: linker(content, frame),
        asset: parts.asset,
        sheetsOf: parts.previews.sheets,
        ...frame,
        home: homeOf(content),
        // Of a page that nobody may find there is no other version to point to.
        languages: frame.path === null ? [] : languageLinks(content, frame.path, frame.query),
        year: content.site.updated.slice(0, 4),
      };
      const body = parts.templates.render(`pages/${template}`, { ...shared, ...data });
      return parts.templates.render('pages/layout', {
        ...shared,
        body,
        head: headOf(content, frame, { publicUrl: parts.publicUrl(), card: parts.previews.card }),
        themeColors: parts.themeColors,
        styles: frame.path === null ? parts.personalStyles : parts.styles,
        script: parts.script,
      });
    },
  };
}

/** Makes the links of one page: to the pages of its own language, and those between our pages carry the query on. */
export function linker(
  content: Content,
  frame: Pick<Frame, 'query' | 'offerQuery'>,
): (path: string) => string {
  const offers = new Set(content.offers.map((offer) => `/${offer.key}`));
  return (path) =>
    withQuery(inLanguage(content, path), offers.has(path) ? (frame.offerQuery ?? frame.query) : frame.query);
}

/** Templates name pages as they are called in the main language. */
function inLanguage(content: Pick<Content, 'base'>, path: string): string {
  if (path === '/') return homeOf(content);
  return path === '/articles' || path === '/privacy' ? content.base + path : path;
}

function languageLinks(content: Content, path: string, query: string): readonly LanguageLink[] {
  return otherLanguages(content, path).map((link) => ({ ...link, href: withQuery(link.href, query) }));
}

/** Adds the carried query to a path on this site; other addresses stay as they are. */
export function withQuery(path: string, query: string): string {
  if (query === '' || !path.startsWith('/')) return path;
  return path.includes('?') ? `${path}&${query.slice(1)}` : path + query;
}

/** Base64 SHA-256, as a content security policy names an inline style or script. */
export function inlineHash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
