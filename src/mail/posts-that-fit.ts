import type { Post, StepPosts } from '../content/model.ts';
import type { Reading } from './order.ts';

/**
 * The posts that an email lists, as slugs. Those whose address is dead are left out. `posts: by topic` picks one that this lead
 * has not read: of the step's topic, else of the topic of what she read last or came by; one that no email has shown her first.
 */
export function choosePosts(
  wish: StepPosts,
  posts: readonly Post[],
  reading: Reading | null,
): readonly string[] {
  const alive = posts.filter(({ dead }) => !dead);
  if (wish.kind === 'listed') return wish.slugs.filter((slug) => alive.some((post) => post.slug === slug));
  const { read, mailed, cameBy } = reading ?? { read: [], mailed: [], cameBy: null };
  const known = new Set(cameBy === null ? read : [...read, cameBy]);
  const last = posts.find(({ slug }) => slug === (read.at(-1) ?? cameBy));
  const topic = wish.topic ?? last?.topic ?? null;
  const unread = alive.filter(({ slug }) => !known.has(slug));
  const rank = (post: Post) => (post.topic === topic ? 0 : 2) + (mailed.includes(post.slug) ? 1 : 0);
  const [best] = unread.toSorted((one, other) => rank(one) - rank(other));
  return best === undefined ? [] : [best.slug];
}
