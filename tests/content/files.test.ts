import { expect, test } from 'vitest';
import { FILES, edited, problemsWith, saying } from './fixture.ts';

const FIRST = 'posts/first.md';
const STEP = 'sequence/01-two-markets.md';
const OFFER = 'offers/white-paper/offer.yaml';
const PICTURE = 'offers/infographic/document.yaml';
const DELIVERY = 'emails/delivery.md';
const PRIVACY = 'legal/privacy.md';

test.each([
  // Places of files
  {
    rule: 'misses site.yaml',
    changes: { 'site.yaml': null },
    found: { file: 'site.yaml', line: null, problem: 'The file is missing.', remedy: /docs\/content\.md/ },
  },
  {
    rule: 'misses an email that can be asked for',
    changes: { 'emails/reminder.md': null },
    found: { file: 'emails/reminder.md', line: null, problem: 'The file is missing.', remedy: /docs/ },
  },
  {
    rule: 'tells a file that nobody would read',
    changes: { 'sequence/3-late.md': 'x' },
    found: { file: 'sequence/3-late.md', line: null, problem: /No part/, remedy: /sequence\/NN-<key>\.md/ },
  },
  {
    rule: 'tells an ending that nobody looks for',
    changes: { 'words/fr.yml': 'x' },
    found: { file: 'words/fr.yml', line: null, problem: /No part/, remedy: /words\/<language>\.yaml/ },
  },
  {
    rule: 'tells an email that nobody sends',
    changes: { 'emails/welcome.md': 'x' },
    found: { file: 'emails/welcome.md', line: null, problem: /No part/, remedy: /emails\/delivery\.md/ },
  },
  {
    rule: 'wants front matter',
    changes: { [PRIVACY]: 'Just text.' },
    found: {
      file: PRIVACY,
      line: 1,
      problem: 'The file has no front matter.',
      remedy: /Begin it with a line/,
    },
  },
  // Articles
  {
    rule: 'wants a topic of the site',
    changes: edited(FIRST, 'topic: job-offers', 'topic: cooking'),
    found: {
      file: FIRST,
      line: 4,
      problem: '`topic` names the topic “cooking”, which does not exist.',
      remedy: 'Write one of: job-offers.',
    },
  },
  {
    rule: 'wants the next article to exist',
    changes: edited(FIRST, 'next: second', 'next: third'),
    found: {
      file: FIRST,
      line: 7,
      problem: '`next` names the post “third”, which does not exist.',
      remedy: 'Write one of: elsewhere, first, second.',
    },
  },
  {
    rule: 'wants the next article to be another one',
    changes: edited(FIRST, 'next: second', 'next: first'),
    found: {
      file: FIRST,
      line: 7,
      problem: '`next` leads back to the same article.',
      remedy: 'Name another article.',
    },
  },
  {
    rule: 'cuts no description off',
    changes: edited(FIRST, 'What it says', 'x'.repeat(161)),
    found: {
      file: FIRST,
      line: 3,
      problem: '`description` has 161 characters and would be cut off.',
      remedy: 'Write at most 160.',
    },
  },
  {
    rule: 'refuses an article in two places',
    changes: edited('posts/elsewhere.md', '---\n\n', '---\n\nText.\n'),
    found: {
      file: 'posts/elsewhere.md',
      line: 10,
      problem: 'The article has a `url` and a text.',
      remedy: /Remove `url`, or the text/,
    },
  },
  {
    rule: 'refuses an article in no place',
    changes: edited('posts/second.md', 'Text.', ''),
    found: { file: 'posts/second.md', line: 9, problem: 'The article has no text.', remedy: /add `url:`/ },
  },
  {
    rule: 'refuses an article that lives at no web address',
    changes: edited('posts/elsewhere.md', 'https://blog.example.com/elsewhere', 'mailto:ada@example.com'),
    found: { file: 'posts/elsewhere.md', line: 7, problem: '`url` is not an address.', remedy: /https:\/\// },
  },
  {
    rule: 'wants a date that exists',
    changes: edited(FIRST, '2026-03-05', '2026-13-05'),
    found: { file: FIRST, line: 5, problem: '`date` has the wrong form.', remedy: /YYYY-MM-DD/ },
  },
  // Links, in any text
  {
    rule: 'wants linked articles to exist',
    changes: edited(FIRST, 'post:second', 'post:secnod'),
    found: {
      file: FIRST,
      line: 10,
      problem: 'The link names the post “secnod”, which does not exist.',
      remedy: /elsewhere, first, second/,
    },
  },
  {
    rule: 'wants linked offers to exist',
    changes: edited(FIRST, 'See [the', 'See\n[x](offer:book) [the'),
    found: {
      file: FIRST,
      line: 11,
      problem: 'The link names the offer “book”, which does not exist.',
      remedy: /infographic, white-paper/,
    },
  },
  {
    rule: 'knows no other way to link',
    changes: edited(FIRST, 'post:second', 'javascript:alert(1)'),
    found: {
      file: FIRST,
      line: 10,
      problem: 'The link leads nowhere: “javascript:alert(1)”.',
      remedy: /talk:/,
    },
  },
  {
    rule: 'knows no talk of another kind',
    changes: edited(FIRST, 'post:second', 'talk:now'),
    found: { file: FIRST, line: 10, problem: 'The link leads nowhere: “talk:now”.', remedy: /talk:/ },
  },
  {
    rule: 'tells what looks like a link and is none',
    changes: edited(FIRST, 'post:second', 'post: second'),
    found: {
      file: FIRST,
      line: 10,
      problem: 'This looks like a link and is none.',
      remedy: /without spaces/,
    },
  },
  {
    rule: 'refuses pictures',
    changes: edited(FIRST, 'See [the', 'See ![the'),
    found: { file: FIRST, line: 10, problem: 'A picture cannot stand in a text.', remedy: /words/ },
  },
  // Merge fields
  {
    rule: 'refuses merge fields in an article',
    changes: edited(FIRST, 'See ', 'Dear {{first_name|friend}}, see '),
    found: {
      file: FIRST,
      line: 10,
      problem: 'The text has the unknown field {{first_name}}.',
      remedy: /without double braces/,
    },
  },
  {
    rule: 'refuses a field that emails do not have',
    changes: edited(STEP, '{{coach}}', 'by\n{{role|x}}'),
    found: {
      file: STEP,
      line: 14,
      problem: 'The text has the unknown field {{role}}.',
      remedy: /\{\{first_name\}\}, \{\{coach\}\}/,
    },
  },
  {
    rule: 'wants other words where a field may be empty',
    changes: edited(STEP, 'Hello {{first_name|there}}, about', 'Hello {{first_name}}, about'),
    found: {
      file: STEP,
      line: 11,
      problem: 'The text has {{first_name}}, which may be empty.',
      remedy: /\{\{first_name\|there\}\}/,
    },
  },
  {
    rule: 'tells braces without their partner',
    changes: edited(STEP, '{{coach}}', '{{coach}'),
    found: {
      file: STEP,
      line: 13,
      problem: 'The text has a pair of braces without its partner.',
      remedy: /Only these/,
    },
  },
  {
    rule: 'refuses a field inside an address',
    changes: edited(STEP, '{{coach}}', '[x](https://example.com/{{site}})'),
    found: {
      file: STEP,
      line: 13,
      problem: 'A merge field cannot stand in an address.',
      remedy: /without double braces/,
    },
  },
  {
    rule: 'keeps the name out of the emails that nobody has confirmed',
    changes: edited(DELIVERY, 'subject: Your link', 'subject: Your link, {{first_name|friend}}'),
    found: {
      file: DELIVERY,
      line: 2,
      problem: '`subject` has the unknown field {{first_name}}.',
      remedy: /\{\{link_days\}\}/,
    },
  },
  {
    rule: 'fills no field in the title of an offer',
    changes: edited(OFFER, 'title: A Paper', 'title: "{{pages}} pages"'),
    found: {
      file: OFFER,
      line: 2,
      problem: '`title` has the unknown field {{pages}}.',
      remedy: /without double braces/,
    },
  },
  // Steps
  {
    rule: 'wants the key in the name of the file',
    changes: edited(STEP, 'key: two-markets', 'key: two-market'),
    found: {
      file: STEP,
      line: 2,
      problem: '`key` is not the file’s “two-markets”.',
      remedy: 'Name the file NN-two-market.md, or write: key: two-markets.',
    },
  },
  {
    rule: 'refuses a key that another email has',
    changes: { 'sequence/03-delivery.md': (FILES[STEP] ?? '').replace('two-markets', 'delivery') },
    found: {
      file: 'sequence/03-delivery.md',
      line: 2,
      problem: '`key` is the name of another email.',
      remedy: 'Choose another key.',
    },
  },
  {
    rule: 'wants articles under a step',
    changes: edited(STEP, 'posts: [first]', 'posts: []'),
    found: { file: STEP, line: 8, problem: '`posts` is an empty list.', remedy: 'Write at least one.' },
  },
  {
    rule: 'wants articles under a step that exist',
    changes: edited(STEP, 'posts: [first]', 'posts:\n  - first\n  - fist'),
    found: {
      file: STEP,
      line: 10,
      problem: '`posts` names the post “fist”, which does not exist.',
      remedy: /elsewhere, first, second/,
    },
  },
  {
    rule: 'wants each article once',
    changes: edited(STEP, 'posts: [first]', 'posts:\n  - first\n  - first'),
    found: {
      file: STEP,
      line: 10,
      problem: '`posts, item 2` stands here twice.',
      remedy: 'Remove one of them.',
    },
  },
  {
    rule: 'wants an hour of the day',
    changes: edited(STEP, 'hour: 9', 'hour: 24'),
    found: { file: STEP, line: 4, problem: '`hour` is too big.', remedy: 'Write 23 or less.' },
  },
  {
    rule: 'wants a day between two steps',
    changes: edited(STEP, 'days_after: 2', 'days_after: 0'),
    found: { file: STEP, line: 3, problem: '`days_after` is too small.', remedy: 'Write 1 or more.' },
  },
  {
    rule: 'wants a weekday',
    changes: edited(STEP, '[mon, tue]', '[]'),
    found: { file: STEP, line: 5, problem: '`weekdays` is an empty list.', remedy: 'Write at least one.' },
  },
  {
    rule: 'wants weekdays that it knows',
    changes: edited(STEP, '[mon, tue]', '[mon, tues]'),
    found: {
      file: STEP,
      line: 5,
      problem: '`weekdays, item 2` has a value that is not on the list.',
      remedy: 'Write one of: mon, tue, wed, thu, fri, sat, sun.',
    },
  },
  {
    rule: 'wants a subject that can be read whole',
    changes: edited(
      STEP,
      'subject: Hello {{first_name|there}}',
      `subject: "{{first_name|you}}${'x'.repeat(76)}"`,
    ),
    found: {
      file: STEP,
      line: 6,
      problem: '`subject` has 79 characters and would be cut off.',
      remedy: 'Write at most 78.',
    },
  },
  {
    rule: 'wants a text',
    changes: edited('sequence/02-weak-ties.md', 'Text.', ''),
    found: {
      file: 'sequence/02-weak-ties.md',
      line: 10,
      problem: 'The email has no text.',
      remedy: /below the second/,
    },
  },
  // Emails that somebody asked for
  {
    rule: 'wants a place for the button',
    changes: edited(DELIVERY, '\n---\n\nAfter', '\nAfter'),
    found: {
      file: DELIVERY,
      line: 6,
      problem: 'The text has no line `---` for the button.',
      remedy: /one line `---`/,
    },
  },
  {
    rule: 'wants one place for the button',
    changes: edited(DELIVERY, 'days.', 'days.\n\n---\n\nMore.'),
    found: {
      file: DELIVERY,
      line: 14,
      problem: 'The text has more than one line `---`.',
      remedy: /one line `---`/,
    },
  },
  {
    rule: 'wants text on both sides of the button',
    changes: edited(DELIVERY, 'After it, good for {{link_days}} days.', ''),
    found: {
      file: DELIVERY,
      line: 10,
      problem: 'There must be text before and after the button.',
      remedy: /one line `---`/,
    },
  },
  // Offers
  {
    rule: 'misses the landing page of an offer',
    changes: { [OFFER]: null },
    found: { file: OFFER, line: null, problem: 'The file is missing.', remedy: /remove the folder/ },
  },
  {
    rule: 'misses the document of an offer',
    changes: { 'offers/white-paper/document.md': null },
    found: {
      file: OFFER,
      line: 1,
      problem: '`kind` asks for document.md, which is missing.',
      remedy: 'Add offers/white-paper/document.md, or change `kind`.',
    },
  },
  {
    rule: 'tells a document of the other kind',
    changes: { 'offers/white-paper/document.yaml': FILES[PICTURE] ?? '' },
    found: {
      file: 'offers/white-paper/document.yaml',
      line: null,
      problem: /does not use this file/,
      remedy: /Remove it/,
    },
  },
  {
    rule: 'refuses an offer whose address is taken',
    changes: {
      'offers/articles/offer.yaml': (FILES['offers/infographic/offer.yaml'] ?? '')
        .replace('order: 2', 'order: 3')
        .replace('A-Picture', 'B'),
      'offers/articles/document.yaml': FILES[PICTURE] ?? '',
    },
    found: {
      file: 'offers/articles/offer.yaml',
      line: null,
      problem: /“articles”/,
      remedy: 'Rename the folder.',
    },
  },
  {
    rule: 'wants an order among the offers',
    changes: edited(OFFER, 'order: 1', 'order: 2'),
    found: { file: OFFER, line: 5, problem: '`order` is that of another offer.', remedy: /Choose another/ },
  },
  {
    rule: 'wants a file name of its own for each document',
    changes: edited(OFFER, 'A-Paper', 'A-Picture'),
    found: {
      file: OFFER,
      line: 4,
      problem: '`file_name` is that of another offer.',
      remedy: /Choose another/,
    },
  },
  {
    rule: 'wants a file name that every system takes',
    changes: edited(OFFER, 'A-Paper', 'Größe.pdf'),
    found: { file: OFFER, line: 4, problem: '`file_name` has the wrong form.', remedy: /without \.pdf/ },
  },
  {
    rule: 'checks the links of the sample',
    changes: edited(OFFER, 'post:first', 'post:frist'),
    found: {
      file: OFFER,
      line: 19,
      problem: 'The link names the post “frist”, which does not exist.',
      remedy: /first/,
    },
  },
  // Infographics
  {
    rule: 'wants a source for every figure',
    changes: edited(PICTURE, 'of something, source: 1', 'of something'),
    found: {
      file: PICTURE,
      line: 4,
      problem: '`panels, item 1, source` is missing.',
      remedy: 'Add `source:` with a number.',
    },
  },
  {
    rule: 'wants a drawing that says what the number says',
    changes: edited(PICTURE, 'value: 56 %,', 'value: 56 %, share: 65,'),
    found: {
      file: PICTURE,
      line: 4,
      problem: '`panels, item 1, share` is 65, and the value says “56 %”.',
      remedy: 'Draw the number that the value says.',
    },
  },
  {
    rule: 'wants the least of a share beside the most',
    changes: edited(PICTURE, 'value: 56 %,', 'value: 56 %, share_to: 56,'),
    found: {
      file: PICTURE,
      line: 4,
      problem: '`panels, item 1, share_to` stands without `share`.',
      remedy: /share:/,
    },
  },
  {
    rule: 'wants the most of a share above the least',
    changes: edited(PICTURE, 'value: 56 %,', 'value: 56 %, share: 60, share_to: 56,'),
    found: {
      file: PICTURE,
      line: 4,
      problem: '`panels, item 1, share_to` is less than `share`.',
      remedy: /the most as `share_to`/,
    },
  },
  {
    rule: 'wants a source that exists',
    changes: edited(PICTURE, 'text: Said once. }', 'text: Said once., source: 2 }'),
    found: {
      file: PICTURE,
      line: 5,
      problem: '`panels, item 2, source` names no source 2.',
      remedy: 'Write one of: 1.',
    },
  },
  {
    rule: 'tells a source that no panel names',
    changes: edited(PICTURE, '{ id: 1, text: A study }', '{ id: 1, text: A study }\n  - { id: 2, text: B }'),
    found: {
      file: PICTURE,
      line: 8,
      problem: '`sources, item 2, id` is 2, a source that no panel names.',
      remedy: /Remove it/,
    },
  },
  {
    rule: 'wants each source once',
    changes: edited(PICTURE, '{ id: 1, text: A study }', '{ id: 1, text: A study }\n  - { id: 1, text: B }'),
    found: {
      file: PICTURE,
      line: 8,
      problem: '`sources, item 2, id` stands here twice.',
      remedy: /own number/,
    },
  },
  {
    rule: 'wants a panel of a kind that it knows',
    changes: edited(PICTURE, 'kind: note', 'kind: pie'),
    found: {
      file: PICTURE,
      line: 5,
      problem: '`panels, item 2, kind` has a value that is not on the list.',
      remedy: 'Write one of: figure, myth, ties, bars, steps, list, note.',
    },
  },
  {
    rule: 'wants a page for every situation of the site',
    changes: edited(PICTURE, '  between: { title: T, intro: I, moves: [ { title: M, text: Do it } ] }\n', ''),
    found: {
      file: PICTURE,
      line: 8,
      problem: '`situations` has no page for “between”.',
      remedy: 'Add `between:` with title, intro and moves.',
    },
  },
  {
    rule: 'wants situations that the site knows',
    changes: {
      [PICTURE]: `${FILES[PICTURE]}  other: { title: T, intro: I, moves: [ { title: M, text: D } ] }\n`,
    },
    found: {
      file: PICTURE,
      line: 11,
      problem: '`situations` names the situation “other”, which does not exist.',
      remedy: 'Write one of: looking, between.',
    },
  },
])('$rule', async ({ changes, found }) => {
  const { file, line, problem, remedy } = found;
  const told = { file, line, problem: saying(problem), remedy: saying(remedy) };
  expect(await problemsWith(changes)).toContainEqual(told);
});

test('refuses two steps with one number, or with one key', async () => {
  const second = FILES['sequence/02-weak-ties.md'] ?? '';
  expect(await problemsWith({ 'sequence/01-weak-ties.md': second })).toEqual([
    {
      file: 'sequence/01-weak-ties.md',
      line: null,
      problem: 'Another step has the number 01 too.',
      remedy: 'Give each file its own number.',
    },
    {
      file: 'sequence/02-weak-ties.md',
      line: null,
      problem: 'Another step has the key weak-ties too.',
      remedy: 'Give each step its own key.',
    },
  ]);
});

test('wants at least one offer', async () => {
  const none = Object.fromEntries(
    Object.keys(FILES)
      .filter((name) => name.startsWith('offers/'))
      .map((name) => [name, null]),
  );
  expect(await problemsWith(none)).toContainEqual(
    expect.objectContaining({ file: 'offers/', problem: 'There is no offer.' }),
  );
});

test('does not blame the other files when site.yaml cannot be read', async () => {
  const problems = await problemsWith({ 'site.yaml': 'sample: [' });
  expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['site.yaml']));
});
