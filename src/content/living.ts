import type { Content, Post } from './model.ts';

/** The posts that can be read. One whose address is dead stays out of every list and every email. */
export function livingPosts<Some extends Pick<Post, 'dead'>>(posts: readonly Some[]): readonly Some[] {
  return posts.filter(({ dead }) => !dead);
}

/** Where a post is read: its address elsewhere, or a path here. What is gone or dead leads to the list of articles of the same language. */
export function postAddress(
  { base }: Pick<Content, 'base'>,
  post: Pick<Post, 'slug' | 'url' | 'dead'> | undefined,
): string {
  if (post === undefined || post.dead) return `${base}/articles`;
  return post.url ?? `${base}/articles/${post.slug}`;
}
