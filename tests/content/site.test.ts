import { expect, test } from 'vitest';
import { FILES, contentWith, edited, problemsWith } from './fixture.ts';

const SITE = 'site.yaml';

test.each([
  {
    rule: 'asks for an entry that is missing',
    changes: edited(SITE, 'tagline: A line under the name\n', ''),
    found: { line: 1, problem: '`tagline` is missing.', remedy: 'Add `tagline:` with text.' },
  },
  {
    rule: 'asks for an entry that is missing inside a group',
    changes: edited(SITE, 'first_name: Ada, ', ''),
    found: { line: 8, problem: '`coach, first_name` is missing.', remedy: 'Add `first_name:` with text.' },
  },
  {
    rule: 'refuses an entry that it does not know, and says which it knows',
    changes: edited(SITE, 'reply_to: ada@example.com', 'reply_to: ada@example.com, cc: x'),
    found: {
      line: 9,
      problem: '`mail, cc` is not known here.',
      remedy: 'Known here: from, reply_to.',
    },
  },
  {
    rule: 'wants true or false for sample',
    changes: edited(SITE, 'sample: true', 'sample: maybe'),
    found: { line: 1, problem: '`sample` is not true or false.', remedy: 'Write true or false.' },
  },
  {
    rule: 'wants a time zone of the IANA list',
    changes: edited(SITE, 'America/Toronto', 'Toronto'),
    found: {
      line: 6,
      problem: '`time_zone` is not a time zone.',
      remedy: 'Write a name from the IANA list, such as America/Toronto.',
    },
  },
  {
    rule: 'refuses an offset as time zone, which knows no summer time',
    changes: edited(SITE, 'America/Toronto', '"-05:00"'),
    found: {
      line: 6,
      problem: '`time_zone` is not a time zone.',
      remedy: 'Write a name from the IANA list, such as America/Toronto.',
    },
  },
  {
    rule: 'wants a paper that it can print on',
    changes: edited(SITE, 'updated:', 'paper: A5\nupdated:'),
    found: {
      line: 7,
      problem: '`paper` has a value that is not on the list.',
      remedy: 'Write one of: a4, letter.',
    },
  },
  {
    rule: 'wants a language that has its words',
    changes: edited(SITE, 'language: en', 'language: fr'),
    found: {
      line: 2,
      problem: '`language` has no file words/fr.yaml.',
      remedy: 'Write one of: en; or add a file words/fr.yaml.',
    },
  },
  {
    rule: 'wants a day that exists',
    changes: edited(SITE, '2026-11-23', '2026-02-30'),
    found: {
      line: 7,
      problem: '`updated` has the wrong form.',
      remedy: 'Write a day as YYYY-MM-DD, such as 2026-11-23.',
    },
  },
  {
    rule: 'wants an email address to reply to',
    changes: edited(SITE, 'reply_to: ada@example.com', 'reply_to: ada'),
    found: {
      line: 9,
      problem: '`mail, reply_to` has the wrong form.',
      remedy: 'Write an email address, such as name@example.com.',
    },
  },
  {
    rule: 'wants a sender with an address',
    changes: edited(SITE, '"Ada Low <ada@example.com>"', '"Ada Low <ada>"'),
    found: {
      line: 9,
      problem: '`mail, from` is not a sender.',
      remedy: 'Write Name <name@example.com> in quotes.',
    },
  },
  {
    rule: 'refuses an address that runs a script',
    changes: edited(SITE, 'mailto:ada@example.com', 'javascript:alert(1)'),
    found: {
      line: 11,
      problem: '`talk, url` is not an address.',
      remedy: 'Write a whole address that begins with https:// or mailto:.',
    },
  },
  {
    rule: 'refuses an address in the navigation that leaves the site unseen',
    changes: edited(SITE, 'url: /articles', 'url: //evil.example'),
    found: {
      line: 12,
      problem: '`navigation, item 1, url` is not an address.',
      remedy: 'Write https://… or a page of this funnel, such as /articles.',
    },
  },
  {
    rule: 'refuses two situations with one key',
    changes: edited(SITE, 'key: between', 'key: looking'),
    found: {
      line: 15,
      problem: '`situations, item 2, key` stands here twice.',
      remedy: 'Give each situation its own key.',
    },
  },
  {
    rule: 'refuses a topic that stands there twice',
    changes: edited(SITE, '  job-offers: Job Offers\n', '  job-offers: Job Offers\n  job-offers: Again\n'),
    found: { line: 21, problem: 'The same entry stands here twice.', remedy: 'Remove one of them.' },
  },
  {
    rule: 'refuses a topic that cannot stand in an address',
    changes: edited(
      SITE,
      '  job-offers: Job Offers\n',
      '  job-offers: Job Offers\n  Board Seats: Board Seats\n',
    ),
    found: {
      line: 21,
      problem: '`topics, Board Seats` is not a good name.',
      remedy: 'Use small letters, digits and hyphens only, such as two-markets.',
    },
  },
  {
    rule: 'refuses an empty consent sentence',
    changes: edited(SITE, '>-\n  Yes, also send me\n  six emails.', '" "'),
    found: { line: 16, problem: '`consent` is empty.', remedy: 'Write the text.' },
  },
  {
    rule: 'refuses merge fields, which nothing would fill',
    changes: edited(SITE, 'A line under the name', '"{{coach}} helps"'),
    found: {
      line: 4,
      problem: '`tagline` has the unknown field {{coach}}.',
      remedy: 'No field can stand here: write the text without double braces.',
    },
  },
  {
    rule: 'wants limits of one or more',
    changes: { [SITE]: `${FILES[SITE]}limits:\n  address_per_day: 0\n` },
    found: { line: 22, problem: '`limits, address_per_day` is too small.', remedy: 'Write 1 or more.' },
  },
  {
    rule: 'wants links to live a whole number of days',
    changes: { [SITE]: `${FILES[SITE]}link_days: 1.5\n` },
    found: { line: 21, problem: '`link_days` is not a whole number.', remedy: 'Write a whole number.' },
  },
  {
    rule: 'wants text where a number was read',
    changes: edited(SITE, 'name: Example Career', 'name: 1984'),
    found: {
      line: 3,
      problem: '`name` is not text.',
      remedy: 'Write text; put quotes around it if it looks like a number or holds a colon.',
    },
  },
  {
    rule: 'tells a tab as indentation',
    changes: { [SITE]: `${FILES[SITE]}limits:\n\tdomain_per_hour: 3\n` },
    found: { line: 22, problem: 'The line is indented with a tab.', remedy: 'Use spaces.' },
  },
  {
    rule: 'tells text that YAML would take as a pointer',
    changes: edited(SITE, 'tagline: A line under the name', 'tagline: *bold* words'),
    found: { line: 4, remedy: 'Put quotes around the text.' },
  },
])('$rule', async ({ changes, found }) => {
  const problems = await problemsWith(changes);
  expect(problems).toContainEqual(expect.objectContaining({ file: SITE, ...found }));
  expect(problems.filter(({ file }) => file === SITE)).toHaveLength(1);
});

test('tells YAML that cannot be read, with its line', async () => {
  const [problem] = await problemsWith(edited(SITE, 'tagline: A line', 'tagline: A line: with'));
  expect(problem).toMatchObject({ file: SITE, line: 4, remedy: expect.stringContaining('quotes') });
});

test('tells a words file that lacks an entry, has a strange one, or a field that nothing fills', async () => {
  const words: unknown = JSON.parse(FILES['words/en.yaml'] ?? '');
  const page = { ...(words as { page: Record<string, unknown> }).page };
  delete page['error_title'];
  const text = JSON.stringify({ ...(words as object), page: { ...page, strange: 'x' } }, null, 1);
  const problems = await problemsWith({ 'words/en.yaml': text.replace('"Words"', '"{{nobody}}"') });
  expect(problems.map(({ file, problem }) => [file, problem])).toEqual([
    ['words/en.yaml', '`page, error_title` is missing.'],
    ['words/en.yaml', expect.stringContaining('has the unknown field {{nobody}}')],
    ['words/en.yaml', '`page, strange` is not known here.'],
  ]);
});

test('keeps the lines of a postal address', async () => {
  const { site } = await contentWith(edited(SITE, '"[address]"', '|\n  1 Main Street\n  Toronto'));
  expect(site.postalAddress).toBe('1 Main Street\nToronto');
});
