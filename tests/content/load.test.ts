import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { FILES, contentWith, edited, load, problemsWith } from './fixture.ts';

test('gives all parts of a folder without a mistake', async () => {
  const content = await contentWith();
  expect(content.offers.map((offer) => offer.key)).toEqual(['white-paper', 'infographic']);
  expect(content.sequence.map((step) => step.key)).toEqual(['two-markets', 'weak-ties']);
  expect(content.posts.map((post) => post.date)).toEqual(['2026-03-06', '2026-03-05', '2026-03-01']);
  expect(content.posts.find((post) => post.slug === 'elsewhere')).toMatchObject({
    url: 'https://blog.example.com/elsewhere',
    body: null,
  });
  expect(content.site.topics).toEqual([{ slug: 'job-offers', name: 'Job Offers' }]);
  expect(content.emails.delivery.after.source).toBe('After it, good for {{link_days}} days.');
});

test('fills in the limits and the life of a link that the coach leaves out', async () => {
  const { site } = await contentWith({
    'site.yaml': `${FILES['site.yaml']}limits: { domain_per_hour: 7 }\n`,
  });
  expect(site.limits).toMatchObject({ networkPerHour: 10, domainPerHour: 7, addressGapMinutes: 10 });
  expect(site.linkDays).toBe(30);
});

test('makes the version of the consent from its words alone', async () => {
  const { consent } = await contentWith();
  expect(consent.wording).toBe('Yes, also send me six emails.');
  expect(consent.version).toBe(createHash('sha256').update(consent.wording).digest('hex').slice(0, 12));
  const rewrapped = await contentWith(
    edited('site.yaml', 'Yes, also send me\n  six emails.', 'Yes, also\n  send me six emails.'),
  );
  expect(rewrapped.consent).toEqual(consent);
});

test('changes its version when a file changes, and only then', async () => {
  const { version } = await contentWith();
  expect(version).toMatch(/^[0-9a-f]{12}$/);
  expect((await contentWith()).version).toBe(version);
  expect((await contentWith({ '.git/notes.md': 'x', 'README.txt': 'x' })).version).toBe(version);
  expect((await contentWith(edited('posts/second.md', 'Text.', 'Text!'))).version).not.toBe(version);
});

test('lays later folders over earlier ones, file by file, and does without them', async () => {
  const over = await load(FILES, edited('posts/second.md', 'title: Second', 'title: Better'));
  expect(over).toMatchObject({ ok: true });
  expect(over.ok && over.content.posts.find((post) => post.slug === 'second')?.title).toBe('Better');
  expect(over.ok && over.content.posts).toHaveLength(3);
  expect(await load(FILES, {})).toMatchObject({ ok: true });
});

test('names the folder of a mistake in a later folder', async () => {
  const over = await load(FILES, edited('posts/second.md', 'minutes: 4', 'minutes: four'));
  expect(over.ok ? [] : over.problems).toMatchObject([
    { file: expect.stringMatching(/1\/posts\/second\.md$/), line: 6 },
  ]);
});

test('needs the first folder', async () => {
  expect(await loadContent(['/nowhere'])).toMatchObject({
    ok: false,
    problems: [{ file: '/nowhere', line: null, remedy: expect.stringContaining('CONTENT_DIR') }],
  });
});

test('tells all mistakes at once, in the order of files and lines', async () => {
  const problems = await problemsWith({
    ...edited('site.yaml', 'sample: true\nlanguage: en', 'sample: maybe\nlanguage: fr'),
    ...edited('posts/first.md', 'minutes: 4', 'minutes: 4.5'),
    'emails/erase.md': null,
  });
  expect(problems.map(({ file, line }) => [file, line])).toEqual([
    ['emails/erase.md', null],
    ['posts/first.md', 6],
    ['site.yaml', 1],
  ]);
});

test('reads files with a byte order mark and Windows line ends', async () => {
  const windows = `\uFEFF${FILES['posts/second.md']?.replaceAll('\n', '\r\n')}`;
  const { posts } = await contentWith({ 'posts/second.md': windows });
  expect(posts.find((post) => post.slug === 'second')?.body).toMatchObject({ source: 'Text.', line: 10 });
});
