import type { FastifyReply, FastifyRequest } from 'fastify';
import { articleQuery, carriedQuery, isTagged } from '../http/attribution.ts';
import type { Query } from '../http/attribution.ts';
import type { ErrorPages } from '../http/errors.ts';
import type { PageCache } from '../http/page-cache.ts';
import { linker } from '../http/pages.ts';
import type { Frame, Pages } from '../http/pages.ts';
import type { Clock } from '../kernel/clock.ts';
import { homeOf } from './alternates.ts';
import { contentsOf } from './languages.ts';
import { livingPosts, postAddress } from './living.ts';
import { renderHtml } from './markdown.ts';
import type { Content, Post } from './model.ts';
import { longDate, oneLine, pageLinks, postView, readingFacts, topicList, topicOf } from './page-views.ts';
import { say } from './phrase.ts';
import { siteFileRoutes } from './site-file-routes.ts';
import type { SiteFileRoutes } from './site-file-routes.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export type ContentParts = {
  readonly content: () => Content;
  readonly pages: Pages;
  readonly cache: PageCache;
  readonly errors: ErrorPages;
  readonly publicUrl: () => string;
  readonly clock: Clock;
  readonly countView: (request: FastifyRequest, path: string) => void;
};

/** What the funnel's reading pages answer; paths are in `app.ts`. The parameter `language` is that of all but the main language's pages. */
export type ContentRoutes = {
  readonly home: Handler;
  /** The same of another language, whose tag stands where an offer's key does: parameter `offer`. */
  readonly languageHome: Handler;
  readonly articles: Handler;
  /** Parameter `slug`. */
  readonly article: Handler;
  /** Parameter `topic`. */
  readonly topic: Handler;
  readonly privacy: Handler;
} & SiteFileRoutes;

/** The frame of a page that may be found, before it is known what its links carry on. */
type PublicFrame = Omit<Frame, 'query' | 'path' | 'language' | 'offerQuery'> & {
  readonly path: string;
  /** Of one page there may be two: `?own` beside the usual one. */
  readonly version?: string;
  /** What links to offers carry, when that is not what all others do. */
  readonly offersCarry?: (query: string) => string;
};

/** How many posts stand under a page that is about something else. */
const A_FEW = 3;

export function contentRoutes(parts: ContentParts): ContentRoutes {
  /** A handler that is told the content in the language of its address; other languages have no pages. */
  const spoken =
    (answer: (request: FastifyRequest, reply: FastifyReply, content: Content) => FastifyReply): Handler =>
    async (request, reply) => {
      const { language, offer } = request.params as { readonly language?: string; readonly offer?: string };
      const named = language ?? offer;
      const base = named === undefined ? '' : `/${named}`;
      const content = contentsOf(parts.content()).find((one) => one.base === base);
      return content === undefined ? parts.errors.send(reply, 'not_found') : answer(request, reply, content);
    };

  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    content: Content,
    template: string,
    frame: PublicFrame,
    data: (frame: Frame) => Readonly<Record<string, unknown>>,
  ) => {
    const { version, offersCarry, ...rest } = frame;
    const name = frame.path + (version ?? '');
    return parts.cache.send(reply, name, carriedQuery(request.query as Query), (query) => {
      const whole: Frame = {
        ...rest,
        language: content.site.language,
        query,
        offerQuery: offersCarry?.(query) ?? query,
      };
      return parts.pages.html(template, whole, data(whole));
    });
  };

  const home = spoken((request, reply, content) => {
    const { site, posts } = content;
    const words = content.words.page.home;
    const frame = {
      title: say(words.title, { site: site.name }),
      description: say(words.description, { site: site.name, coach: site.coach.firstName }),
      path: homeOf(content),
      subject: { kind: 'home' } as const,
    };
    parts.countView(request, frame.path);
    return show(request, reply, content, 'home', frame, () => ({
      posts: livingPosts(posts)
        .slice(0, A_FEW)
        .map((post) => postView(content, post)),
    }));
  });

  return {
    home,
    languageHome: home,

    articles: spoken((request, reply, content) => {
      const words = content.words.page.articles;
      const frame = {
        title: words.title,
        description: say(words.description, { site: content.site.name }),
        path: postAddress(content, undefined),
        subject: { kind: 'articles' } as const,
      };
      parts.countView(request, frame.path);
      return show(request, reply, content, 'articles', frame, () => ({
        heading: words.heading,
        lead: say(words.lead, { coach: content.site.coach.firstName }),
        topics: topicList(content),
        posts: livingPosts(content.posts).map((post) => postView(content, post)),
      }));
    }),

    topic: spoken((request, reply, content) => {
      const words = content.words.page.articles;
      const { topic: slug } = request.params as { readonly topic: string };
      const posts = livingPosts(content.posts).filter((post) => post.topic === slug);
      if (posts[0] === undefined) return parts.errors.send(reply, 'not_found');
      const topic = topicOf(content, posts[0]);
      parts.countView(request, topic.href);
      const frame = {
        title: say(words.topic_title, { topic: topic.name }),
        description: say(words.topic_description, { topic: topic.name, site: content.site.name }),
        path: topic.href,
        subject: { kind: 'topic', name: topic.name } as const,
      };
      return show(request, reply, content, 'articles', frame, () => ({
        heading: topic.name,
        lead: null,
        topics: topicList(content),
        posts: posts.map((post) => postView(content, post)),
      }));
    }),

    article: spoken((request, reply, content) => {
      const { slug } = request.params as { readonly slug: string };
      const post = content.posts.find((candidate) => candidate.slug === slug);
      if (post === undefined) return parts.errors.send(reply, 'not_found');
      const path = postAddress(content, post);
      if (post.url !== null) return reply.redirect(path, 302);
      parts.countView(request, path);
      const tagged = isTagged(carriedQuery(request.query as Query));
      const frame = {
        title: post.title,
        description: post.description,
        path,
        subject: { kind: 'article', post } as const,
        version: tagged ? '' : '?own',
        offersCarry: (query: string) => articleQuery(query, slug, tagged),
      };
      return show(request, reply, content, 'article', frame, (whole) => articleData(content, post, whole));
    }),

    privacy: spoken((request, reply, content) => {
      const legal = content.privacy;
      const { title, description } = legal;
      const frame = { title, description, path: `${content.base}/privacy` };
      return show(request, reply, content, 'privacy', frame, (whole) => ({
        legal,
        updated: longDate(content, legal.updated),
        text: renderHtml(legal.body, pageLinks(content, linker(content, whole))),
      }));
    }),

    ...siteFileRoutes(parts),
  };
}

function articleData(content: Content, post: Post, frame: Frame): Readonly<Record<string, unknown>> {
  const links = pageLinks(content, linker(content, frame));
  const posts = livingPosts(content.posts);
  const next = posts.find((candidate) => candidate.slug === post.next);
  const related = posts.filter(
    (candidate) => candidate.topic === post.topic && candidate !== post && candidate !== next,
  );
  return {
    post,
    topic: topicOf(content, post),
    facts: oneLine(readingFacts(content, post)),
    text: post.body === null ? '' : renderHtml(post.body, links),
    next: next === undefined ? null : postView(content, next),
    related: related.slice(0, A_FEW).map((candidate) => postView(content, candidate)),
  };
}
