import { z } from 'zod';
import type { Post, StepPosts } from './model.ts';
import { duplicates, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { must, slug, some } from './shapes.ts';
import type { YamlText } from './yaml.ts';

/** What a step says instead of a list, to have a post picked for each reader. */
const BY_TOPIC = 'by topic';

/** A list of slugs; null for `by topic`. No union: of that zod tells only that neither half fits, and not what is wrong with the list. */
export function stepPosts() {
  return z
    .unknown()
    .superRefine(must((value) => value !== undefined && value !== null, ...MISSING))
    .superRefine(must((value) => typeof value !== 'string' || value === BY_TOPIC, ...NEITHER))
    .superRefine(must((value) => !Array.isArray(value) || !value.includes(BY_TOPIC), ...IN_A_LIST))
    .transform((value) => (value === BY_TOPIC ? null : value))
    .pipe(some(slug()).nullable());
}

const MISSING = ['is missing', 'Add `posts:`.'] as const;
const NEITHER = [
  'is neither a list nor `by topic`',
  'Write posts: [slug, …] with names of files in posts/, or posts: by topic.',
] as const;
const IN_A_LIST = [
  'has `by topic` among the articles',
  'Write posts: by topic, without brackets, or list articles only.',
] as const;

/** What a step can choose its posts from. */
export type Library = {
  /** Those that could be read. */
  readonly posts: readonly Post[];
  /** Slugs; null when `site.yaml` could not be read. */
  readonly topics: readonly string[] | null;
};

type Wish = {
  /** Null: by topic. */
  readonly posts: readonly string[] | null;
  readonly topic?: string | undefined;
};

/** Checks what a step says of its posts against those that there are. */
export function checkStepPosts(
  yaml: YamlText,
  { posts: wish, topic }: Wish,
  library: Library,
  findings: Findings,
): void {
  if (topic !== undefined) mention(yaml, ['topic'], 'topic', topic, findings);
  if (wish === null) checkByTopic(yaml, topic, library, findings);
  else checkList(yaml, { slugs: wish, topic }, library, findings);
}

/** Checks the posts of a translated step, which the main language names: each that it lists must be there in this language, too. */
export function checkListedPosts(
  file: string,
  wish: StepPosts,
  { posts }: Pick<Library, 'posts'>,
  { problems }: Findings,
): void {
  const missing =
    wish.kind === 'listed' ? wish.slugs.filter((slug) => !posts.some((post) => post.slug === slug)) : [];
  for (const slug of missing) {
    const problem = `The email lists the article “${slug}”, which does not exist in this language.`;
    problems.push({ file, line: null, problem, remedy: `Add posts/${slug}.md to this language’s folder.` });
  }
}

function checkByTopic(
  yaml: YamlText,
  topic: string | undefined,
  { posts, topics }: Library,
  { problems }: Findings,
): void {
  // A topic that does not exist is told as such, once.
  if (topic !== undefined && topics?.includes(topic) !== true) return;
  if (posts.some((post) => !post.dead && (topic === undefined || post.topic === topic))) return;
  const remedy =
    topic === undefined ? 'Add an article to posts/.' : 'Name another topic, or add an article to this one.';
  const path = topic === undefined ? 'posts' : 'topic';
  problems.push(problemAt(yaml, [path], 'finds no article that can be read', remedy));
}

function checkList(
  yaml: YamlText,
  { slugs, topic }: { readonly slugs: readonly string[]; readonly topic: string | undefined },
  { posts }: Library,
  findings: Findings,
): void {
  const { problems } = findings;
  for (const [index, key] of slugs.entries()) mention(yaml, ['posts', index], 'post', key, findings);
  for (const index of duplicates(slugs)) {
    problems.push(problemAt(yaml, ['posts', index], 'stands here twice', 'Remove one of them.'));
  }
  const dead = posts.filter((post) => post.dead).map((post) => post.slug);
  if (slugs.every((key) => dead.includes(key))) {
    const remedy = 'List one that can be read, or write posts: by topic.';
    problems.push(problemAt(yaml, ['posts'], 'names only articles that are marked `dead`', remedy));
  }
  if (topic !== undefined) {
    const remedy = 'Write posts: by topic, or remove `topic`.';
    problems.push(problemAt(yaml, ['topic'], 'has no effect beside a list of posts', remedy));
  }
}

function mention(
  yaml: YamlText,
  path: readonly [string, ...number[]],
  kind: 'post' | 'topic',
  key: string,
  { mentions }: Findings,
): void {
  mentions.push({ kind, key, file: yaml.file, line: yaml.lineOf(path), where: `\`${path[0]}\`` });
}
