import { livingPosts } from './living.ts';
import { renderHtml } from './markdown.ts';
import type { Content, Post } from './model.ts';
import { A_FEW, oneLine, pageLinks, postView, readingFacts, topicOf } from './page-views.ts';

/** The data of an article's page. `link` adds the carried query. */
export function articleView(
  content: Content,
  post: Post,
  link: (path: string) => string,
): Readonly<Record<string, unknown>> {
  const posts = livingPosts(content.posts);
  const next = posts.find((candidate) => candidate.slug === post.next);
  const related = posts.filter(
    (candidate) => candidate.topic === post.topic && candidate !== post && candidate !== next,
  );
  return {
    post,
    topic: topicOf(content, post),
    facts: oneLine(readingFacts(content, post)),
    text: post.body === null ? '' : renderHtml(post.body, pageLinks(content, link)),
    next: next === undefined ? null : postView(content, next),
    related: related.slice(0, A_FEW).map((candidate) => postView(content, candidate)),
  };
}
