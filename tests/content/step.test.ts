import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { FILES, contentWith, edited, problemsWith, saying } from './fixture.ts';
import type { Files } from './fixture.ts';

const STEP = 'sequence/01-two-markets.md';
const LIST = 'posts: [first]';

const withPosts = (written: string): Files => edited(STEP, LIST, written);
const dead = (slug: string) => edited(`posts/${slug}.md`, 'minutes: 4\n', 'minutes: 4\ndead: true\n');

describe('a step', () => {
  it('may be ten days late, has one subject, and lists its posts, unless it says otherwise', async () => {
    const [step] = (await contentWith()).sequence;
    expect(step).toMatchObject({
      lateOk: 10,
      subjectB: null,
      posts: { kind: 'listed', slugs: ['first'] },
      version: createHash('sha256')
        .update(FILES[STEP] ?? '')
        .digest('hex')
        .slice(0, 12),
    });
  });

  it('says how late it may be, a second subject, and that a post is picked', async () => {
    const more = 'late_ok: 0\nsubject_b: Another, {{first_name|you}}\nposts: by topic';
    const [step] = (await contentWith(withPosts(more))).sequence;
    expect(step).toMatchObject({
      lateOk: 0,
      subjectB: 'Another, {{first_name|you}}',
      posts: { kind: 'by_topic', topic: null },
    });
  });

  it('may name the topic that the post is picked from', async () => {
    const [step] = (await contentWith(withPosts('posts: by topic\ntopic: job-offers'))).sequence;
    expect(step?.posts).toEqual({ kind: 'by_topic', topic: 'job-offers' });
  });

  it('has another version when its file changes, and only then', async () => {
    const versions = async (changes: Files) =>
      (await contentWith(changes)).sequence.map(({ version }) => version);
    const [one, two] = await versions({});
    expect(await versions(edited('posts/second.md', 'Text.', 'Other text.'))).toEqual([one, two]);
    const [changed, same] = await versions(edited(STEP, 'hour: 9', 'hour: 8'));
    expect(same).toBe(two);
    expect(changed).not.toBe(one);
    // The number orders the steps; it is no part of what a reader gets.
    expect(await versions({ [STEP]: null, 'sequence/09-two-markets.md': FILES[STEP] ?? '' })).toEqual([
      two,
      one,
    ]);
  });
});

test.each([
  {
    rule: 'tells a word that is neither a list nor “by topic”',
    changes: withPosts('posts: by tpoic'),
    found: { line: 8, problem: '`posts` is neither a list nor `by topic`.', remedy: /posts: \[slug, …\]/ },
  },
  {
    rule: 'tells “by topic” in brackets',
    changes: withPosts('posts: [by topic]'),
    found: { line: 8, problem: /`by topic` among the articles/, remedy: /without brackets/ },
  },
  {
    rule: 'wants posts',
    changes: withPosts('posts:'),
    found: { line: 8, problem: '`posts` is missing.', remedy: 'Add `posts:`.' },
  },
  {
    rule: 'wants at least one post in a list',
    changes: withPosts('posts: []'),
    found: { line: 8, problem: '`posts` is an empty list.', remedy: 'Write at least one.' },
  },
  {
    rule: 'tells which item of the list is no slug',
    changes: withPosts('posts:\n  - first\n  - Not a slug'),
    found: { line: 10, problem: '`posts, item 2` has the wrong form.', remedy: /small letters/ },
  },
  {
    rule: 'tells a group where posts belong',
    changes: withPosts('posts: { first: 1 }'),
    found: { line: 8, problem: '`posts` is not a list.', remedy: 'Write a list.' },
  },
  {
    rule: 'tells a post that stands twice',
    changes: withPosts('posts: [first, second, first]'),
    found: { line: 8, problem: '`posts, item 3` stands here twice.', remedy: /Remove/ },
  },
  {
    rule: 'tells a post that does not exist',
    changes: withPosts('posts: [fist]'),
    found: { line: 8, problem: '`posts` names the post “fist”, which does not exist.', remedy: /first/ },
  },
  {
    rule: 'tells a list of which nothing can be read any more',
    changes: { ...withPosts('posts: [elsewhere]'), ...dead('elsewhere') },
    found: {
      line: 8,
      problem: '`posts` names only articles that are marked `dead`.',
      remedy: /posts: by topic/,
    },
  },
  {
    rule: 'tells a topic beside a list',
    changes: withPosts('posts: [first]\ntopic: job-offers'),
    found: { line: 9, problem: '`topic` has no effect beside a list of posts.', remedy: /posts: by topic/ },
  },
  {
    rule: 'tells a topic that does not exist',
    changes: withPosts('posts: by topic\ntopic: offers'),
    found: {
      line: 9,
      problem: '`topic` names the topic “offers”, which does not exist.',
      remedy: /job-offers/,
    },
  },
  {
    rule: 'tells a topic in which there is nothing to read',
    changes: {
      ...withPosts('posts: by topic\ntopic: boards'),
      ...edited('site.yaml', 'topics:\n', 'topics:\n  boards: Boards\n'),
    },
    found: { line: 9, problem: '`topic` finds no article that can be read.', remedy: /another topic/ },
  },
  {
    rule: 'tells how late a step may be at the most',
    changes: withPosts('late_ok: 15\nposts: [first]'),
    found: { line: 8, problem: '`late_ok` is too big.', remedy: 'Write 14 or less.' },
  },
  {
    rule: 'wants whole days',
    changes: withPosts('late_ok: a week\nposts: [first]'),
    found: { line: 8, problem: '`late_ok` is not a number.', remedy: 'Write a number.' },
  },
  {
    rule: 'tells a second subject that is the first one',
    changes: withPosts('subject_b: hello {{first_name|there}}\nposts: [first]'),
    found: { line: 8, problem: '`subject_b` says the same as `subject`.', remedy: /remove `subject_b`/ },
  },
  {
    rule: 'tells a second subject that would be cut off',
    changes: withPosts(`subject_b: ${'x'.repeat(79)}\nposts: [first]`),
    found: { line: 8, problem: '`subject_b` has 79 characters and would be cut off.', remedy: /78/ },
  },
  {
    rule: 'tells an unknown field in a second subject',
    changes: withPosts('subject_b: For {{name}}\nposts: [first]'),
    found: { line: 8, problem: '`subject_b` has the unknown field {{name}}.', remedy: /first_name/ },
  },
  {
    rule: 'tells a misspelt key',
    changes: withPosts('late_okay: 3\nposts: [first]'),
    found: { line: 8, problem: '`late_okay` is not known here.', remedy: /late_ok, subject, subject_b/ },
  },
])('$rule', async ({ changes, found }) => {
  expect(await problemsWith(changes)).toEqual([
    { file: STEP, line: found.line, problem: saying(found.problem), remedy: saying(found.remedy) },
  ]);
});

describe('a post that is marked dead', () => {
  it('stays in the content, so that its old links are known', async () => {
    const { posts } = await contentWith(dead('elsewhere'));
    expect(posts.find(({ slug }) => slug === 'elsewhere')).toMatchObject({ dead: true });
    expect(posts.find(({ slug }) => slug === 'first')).toMatchObject({ dead: false });
  });

  it('must be one that lives elsewhere', async () => {
    const changes = edited('posts/second.md', 'minutes: 4\n', 'minutes: 4\ndead: true\n');
    expect(await problemsWith(changes)).toEqual([
      {
        file: 'posts/second.md',
        line: 7,
        problem: '`dead` has no effect on an article that lives here.',
        remedy: 'Remove `dead`, or the whole file if the article is gone.',
      },
    ]);
  });

  it('is dead or is not', async () => {
    const changes = edited('posts/elsewhere.md', 'minutes: 4\n', 'minutes: 4\ndead: perhaps\n');
    expect(await problemsWith(changes)).toMatchObject([
      { line: 7, problem: '`dead` is not true or false.', remedy: 'Write true or false.' },
    ]);
  });

  it('may stand in a list beside one that can be read', async () => {
    const { sequence } = await contentWith(dead('elsewhere'));
    expect(sequence[1]?.posts).toEqual({ kind: 'listed', slugs: ['second', 'elsewhere'] });
  });
});

test('a step for every topic needs something to read', async () => {
  const changes = {
    ...withPosts('posts: by topic'),
    'sequence/02-weak-ties.md': null,
    'posts/first.md': null,
    'posts/second.md': null,
    ...dead('elsewhere'),
  };
  const problems = await problemsWith(changes);
  expect(problems.filter(({ file }) => file === STEP)).toEqual([
    {
      file: STEP,
      line: 8,
      problem: '`posts` finds no article that can be read.',
      remedy: 'Add an article to posts/.',
    },
  ]);
});
