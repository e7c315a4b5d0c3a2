import { livingPosts, postAddress } from './living.ts';
import { dayInWords } from '../kernel/day-words.ts';
import { say } from './phrase.ts';
import type { LinkResolver } from './links.ts';
import type { Content, Post } from './model.ts';

/** A post as lists show it. `href` is a path here or an address elsewhere. */
export type PostView = {
  readonly href: string;
  readonly elsewhere: boolean;
  readonly title: string;
  readonly description: string;
  /** Topic, day and reading time, or the site on which it lives. */
  readonly facts: string;
};

export type TopicView = { readonly href: string; readonly name: string };

export function postView(content: Content, post: Post): PostView {
  return {
    href: postAddress(content, post),
    elsewhere: post.url !== null,
    title: post.title,
    description: post.description,
    facts: oneLine([topicOf(content, post).name, ...readingFacts(content, post)]),
  };
}

/** How many posts stand under a page that is about something else. */
export const A_FEW = 3;

/** The newest posts, for a page that is about something else. */
export function newestPosts(content: Content): readonly PostView[] {
  return livingPosts(content.posts)
    .slice(0, A_FEW)
    .map((post) => postView(content, post));
}

/** A number stays beside its unit. */
const NO_BREAK = '\u00a0';

/** Day and reading time of a post, each as people write it. */
export function readingFacts(content: Content, post: Post): readonly string[] {
  const words = content.words.page.articles;
  const minutes = say(words.minutes, { minutes: post.minutes }).replaceAll(' ', NO_BREAK);
  const facts = [longDate(content, post.date), minutes];
  const host = post.url === null ? undefined : URL.parse(post.url)?.hostname.replace(/^www\./, '');
  return host === undefined ? facts : [...facts, say(words.elsewhere, { host })];
}

/** Facts beside each other. The dot stays with the fact before it, so that no line begins with one. */
export function oneLine(facts: readonly string[]): string {
  return facts.join(`${NO_BREAK}· `);
}

export function topicOf(content: Content, post: Post): TopicView {
  const topic = content.site.topics.find((candidate) => candidate.slug === post.topic);
  return { href: `${content.base}/articles/topic/${post.topic}`, name: topic?.name ?? post.topic };
}

/** The topics that have posts to read, after the list of all. */
export function topicList(content: Content): readonly TopicView[] {
  const used = new Set(livingPosts(content.posts).map((post) => post.topic));
  const topics = content.site.topics.filter((topic) => used.has(topic.slug));
  return [
    { href: `${content.base}/articles`, name: content.words.page.articles.all_topics },
    ...topics.map((topic) => ({ href: `${content.base}/articles/topic/${topic.slug}`, name: topic.name })),
  ];
}

/** A day of the content (`YYYY-MM-DD`) in the site's language. */
export function longDate(content: Pick<Content, 'site'>, day: string): string {
  return dayInWords(Date.parse(`${day}T00:00:00Z`), content.site.locale, 'UTC');
}

/** Leads the links of a text to pages here or to where they live. `link` adds the carried query. */
export function pageLinks(content: Content, link: (path: string) => string): LinkResolver {
  return (target) => {
    switch (target.kind) {
      case 'post':
        return link(
          postAddress(
            content,
            content.posts.find((candidate) => candidate.slug === target.slug),
          ),
        );
      case 'offer':
        return link(`/${target.key}`);
      case 'talk':
        return content.site.talk.url;
      case 'url':
        return target.url;
      default:
        return target satisfies never;
    }
  };
}
