import { livingPosts } from '../content/living.ts';
import { parseTarget } from '../content/links.ts';
import type { Post, Step, StepPosts } from '../content/model.ts';
import type { Reading } from './order.ts';

/**
 * The posts that an email lists under its text, as slugs: those of the step's list that can be read, or for `posts: by topic` one
 * that this lead has not read. None when nothing fits.
 */
export function choosePosts(
  step: Pick<Step, 'posts' | 'body'>,
  posts: readonly Post[],
  reading: Reading | null,
): readonly string[] {
  const alive = livingPosts(posts);
  if (step.posts.kind === 'listed') {
    return step.posts.slugs.filter((slug) => alive.some((post) => post.slug === slug));
  }
  const linked = linkedPosts(step.body.source);
  const choice = choose(step.posts, posts, reading ?? NOTHING, (post) => !linked.includes(post.slug));
  return choice === null ? [] : [choice.slug];
}

const NOTHING: Reading = { read: [], mailed: [], cameBy: null };

/**
 * The coach's topic is kept strictly, because the text around it speaks of it. Without one the topic of what she read last, or came
 * by, only comes first. A post that no email has shown her goes before one that she let lie; of equals the newest is taken.
 */
function choose(
  wish: Extract<StepPosts, { kind: 'by_topic' }>,
  posts: readonly Post[],
  { read, mailed, cameBy }: Reading,
  fits: (post: Post) => boolean,
): Post | null {
  const known = cameBy === null ? read : [cameBy, ...read];
  // What she opened may be no post: the coach's calendar, or one that is gone.
  const last = known.toReversed().flatMap((slug) => posts.find((post) => post.slug === slug) ?? [])[0];
  const topic = wish.topic ?? last?.topic;
  const unread = livingPosts(posts).filter(
    (post) => fits(post) && !known.includes(post.slug) && (wish.topic === null || post.topic === wish.topic),
  );
  const rank = (post: Post) => (mailed.includes(post.slug) ? 2 : 0) + (post.topic === topic ? 0 : 1);
  return unread.toSorted((one, other) => rank(one) - rank(other))[0] ?? null;
}

/** An email that leads to a post in its text need not show it again below. */
function linkedPosts(source: string): readonly string[] {
  return [...source.matchAll(/\]\(([^()\s]+)\)/g)].flatMap(([, href = '']) => {
    const target = parseTarget(href);
    return target?.kind === 'post' ? [target.slug] : [];
  });
}
