import { postAddress } from './living.ts';
import type { Content, Offer, Post } from './model.ts';
import { topicOf } from './page-views.ts';

/** What a public page is about. Said to search engines and to programs that show a link to it. */
export type Subject =
  | { readonly kind: 'home' }
  | {
      readonly kind: 'offer';
      readonly offer: Offer;
      /** To read its document; null as long as nobody has counted. */
      readonly minutes: number | null;
      /** Those that stand on the page, and no others. */
      readonly questions: readonly { readonly q: string; readonly a: string }[];
    }
  | { readonly kind: 'articles' }
  | { readonly kind: 'topic'; readonly name: string }
  | { readonly kind: 'article'; readonly post: Post };

/** Where the page stands: `path` is its own; `image` is the whole address of its picture for links. */
export type Place = {
  readonly publicUrl: string;
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly image: string | null;
};

type Node = { readonly [key: string]: unknown };

/** The page as schema.org describes it (JSON-LD 1.1). Holds nothing that the page itself does not show. */
export function structuredData(content: Content, subject: Subject, place: Place): Node {
  return { '@context': 'https://schema.org', '@graph': nodesOf(content, subject, place) };
}

/** JSON that can stand in a `script`: without `<` no text can end it (the HTML standard, 4.12.1.3). */
export function jsonInHtml(value: Node): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function nodesOf(content: Content, subject: Subject, place: Place): readonly Node[] {
  switch (subject.kind) {
    case 'home':
      return [webSite(content, place), person(content, place)];
    case 'offer':
      return [
        documentOf(content, subject.offer, subject.minutes, place),
        person(content, place),
        ...questions(subject.questions, place),
      ];
    case 'articles':
      return [collection(content, place), trail(place, [articles(content)])];
    case 'topic':
      return [
        collection(content, place),
        trail(place, [articles(content), { name: subject.name, path: place.path }]),
      ];
    case 'article':
      return [
        article(content, subject.post, place),
        person(content, place),
        trail(place, [
          articles(content),
          { name: topicOf(content, subject.post).name, path: topicOf(content, subject.post).href },
          { name: subject.post.title, path: place.path },
        ]),
      ];
    default:
      return subject satisfies never;
  }
}

function webSite({ site }: Content, { publicUrl, path, description }: Place): Node {
  return {
    '@type': 'WebSite',
    '@id': `${publicUrl}${path}#site`,
    url: publicUrl + path,
    name: site.name,
    description,
    inLanguage: site.language,
    publisher: coachOf(publicUrl),
  };
}

function person({ site }: Content, { publicUrl }: Place): Node {
  const { name, role, sameAs } = site.coach;
  return {
    '@type': 'Person',
    ...coachOf(publicUrl),
    name,
    jobTitle: role,
    url: site.url,
    ...(sameAs.length === 0 ? {} : { sameAs }),
    worksFor: { '@type': 'Organization', name: site.name, url: site.url },
  };
}

function documentOf({ site }: Content, offer: Offer, minutes: number | null, place: Place): Node {
  return {
    ...work(site.language, place),
    '@type': 'DigitalDocument',
    name: offer.document.title,
    description: place.description,
    dateModified: site.updated,
    encodingFormat: 'application/pdf',
    ...(minutes === null ? {} : { timeRequired: `PT${minutes}M` }),
    ...(offer.landing.eyebrow === null ? {} : freeOfCharge(place)),
  };
}

/** Only beside an eyebrow, where people read the same. No currency: nought is nought in each, and the page names none. */
function freeOfCharge({ publicUrl, path }: Place): Node {
  return { isAccessibleForFree: true, offers: { '@type': 'Offer', price: '0', url: publicUrl + path } };
}

function article(content: Content, post: Post, place: Place): Node {
  return {
    ...work(content.site.language, place),
    '@type': 'Article',
    headline: post.title,
    description: post.description,
    datePublished: post.date,
    articleSection: topicOf(content, post).name,
    timeRequired: `PT${post.minutes}M`,
    isAccessibleForFree: true,
    ...(post.sources.length === 0 ? {} : { citation: post.sources }),
  };
}

/** What every text of the coach has. */
function work(inLanguage: string, { publicUrl, path, image }: Place): Node {
  return {
    '@id': `${publicUrl}${path}#text`,
    mainEntityOfPage: publicUrl + path,
    inLanguage,
    author: coachOf(publicUrl),
    publisher: coachOf(publicUrl),
    ...(image === null ? {} : { image }),
  };
}

function collection({ site }: Content, { publicUrl, path, title, description }: Place): Node {
  return {
    '@type': 'CollectionPage',
    url: publicUrl + path,
    name: title,
    description,
    inLanguage: site.language,
  };
}

function questions(list: Extract<Subject, { kind: 'offer' }>['questions'], place: Place): readonly Node[] {
  if (list.length === 0) return [];
  const mainEntity = list.map(({ q, a }) => ({
    '@type': 'Question',
    name: q,
    acceptedAnswer: { '@type': 'Answer', text: a },
  }));
  return [{ '@type': 'FAQPage', '@id': `${place.publicUrl}${place.path}#questions`, mainEntity }];
}

type Step = { readonly name: string; readonly path: string };

function trail({ publicUrl }: Place, steps: readonly Step[]): Node {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: publicUrl + path,
    })),
  };
}

function articles(content: Content): Step {
  return { name: content.words.page.articles.title, path: postAddress(content, undefined) };
}

/** One person on every page, by one name for machines. */
function coachOf(publicUrl: string): { readonly '@id': string } {
  return { '@id': `${publicUrl}/#coach` };
}
