import { expect, test } from 'vitest';
import { blocksOf, readBlocks } from '../../src/content/blocks.ts';
import { noFindings } from '../../src/content/problems.ts';
import { FILES, contentWith, edited, problemsWith, saying } from './fixture.ts';

const PAPER = 'offers/white-paper/document.md';

function read(source: string, kind: 'paper' | 'page' = 'paper', language = 'en') {
  const findings = noFindings();
  return { ...readBlocks({ source, file: 'document.md', line: 10 }, kind, language, findings), findings };
}

test('gives the blocks of a paper in reading order, with their lines', async () => {
  const { offers } = await contentWith();
  const document = offers[0]?.document;
  expect(document?.kind === 'paper' && document.blocks).toEqual([
    {
      kind: 'only',
      situation: 'looking',
      line: 12,
      blocks: [
        {
          kind: 'heading',
          level: 1,
          line: 13,
          text: [{ kind: 'text', text: 'For you' }],
        },
        { kind: 'paragraph', line: 15, text: [{ kind: 'text', text: 'A page.' }] },
      ],
    },
    { kind: 'heading', level: 1, line: 18, text: [{ kind: 'text', text: 'A chapter' }] },
    {
      kind: 'paragraph',
      line: 20,
      text: [
        { kind: 'text', text: 'Text with a source ' },
        { kind: 'cite', id: 2 },
        { kind: 'text', text: ' and ' },
        { kind: 'text', text: 'emphasis', emphasis: true },
        { kind: 'text', text: '.' },
      ],
    },
    {
      kind: 'key',
      title: 'What to take',
      line: 22,
      blocks: [{ kind: 'list', ordered: false, line: 23, items: [[{ kind: 'text', text: 'a point' }]] }],
    },
  ]);
  expect(document?.kind === 'paper' && document.references.map(({ id }) => id)).toEqual([1, 2]);
  expect(document?.kind === 'paper' && blocksOf(document.closing, 'en')).toEqual([
    {
      kind: 'paragraph',
      line: 9,
      text: [
        { kind: 'text', text: 'Let’s talk', href: 'talk:' },
        { kind: 'text', text: '.' },
      ],
    },
  ]);
});

test('keeps strong and emphasis on words and fields, and joins lines with a space', () => {
  const { blocks, findings } = read('**Dear {{coach}},\nsee _[this](post:x)_**\nnow');
  expect(findings.problems).toEqual([]);
  expect(blocks[0]).toMatchObject({
    text: [
      { kind: 'text', text: 'Dear ', strong: true },
      { kind: 'field', field: 'coach', strong: true },
      { kind: 'text', text: ', see ', strong: true },
      { kind: 'text', text: 'this', strong: true, emphasis: true, href: 'post:x' },
      { kind: 'text', text: ' now' },
    ],
  });
});

test('reads a chart of parts that make the whole, though their numbers are no whole ones', () => {
  const { blocks, findings } = read(':::chart parts A\n- a: 33.4%\n- b: 33.3%\n- c: 33.3%\n\nb [4]\n:::');
  expect(findings.problems).toEqual([]);
  expect(blocks[0]).toMatchObject({ form: 'parts', values: [{ value: 33.4 }, { value: 33.3 }, {}] });
});

test('sets typographic quotes, dashes and dots, and shows HTML as text', () => {
  const { blocks } = read(`"It's" -- so... <b>bold</b> \\[1]`);
  expect(blocks[0]).toMatchObject({ text: [{ kind: 'text', text: '“It’s” – so… <b>bold</b> [1]' }] });
});

test('reads every kind of block', () => {
  const { blocks, findings } = read(
    [
      ':::quote\nOne sentence.\n:::',
      ':::checklist This week\n- ring\n- write\n:::',
      ':::worksheet Your list\n- who\n:::',
      ':::chart bars How it came\n- Through people: nearly 56%\n- Otherwise: 1,018.8 %\n\nSomebody, *1974* [4].\n:::',
      '1. one\n2. two',
      '> “Dear Anna, …”\n>\n> second',
      ':::only situation=looking\n# In\n:::key In it\nText.\n:::\n:::plan This week\n1. **Ring.** Then [write](#in).\n:::\n:::',
    ].join('\n\n'),
  );
  expect(findings.problems).toEqual([]);
  expect(blocks.map((block) => block.kind)).toEqual([
    'quote',
    'checklist',
    'worksheet',
    'chart',
    'list',
    'excerpt',
    'only',
  ]);
  expect(blocks[1]).toMatchObject({ title: 'This week', line: 14, items: [{ length: 1 }, { length: 1 }] });
  expect(blocks[3]).toMatchObject({
    form: 'bars',
    title: 'How it came',
    values: [
      { label: 'Through people', value: 56, shown: 'nearly 56%' },
      { label: 'Otherwise', value: 1018.8, shown: '1,018.8 %' },
    ],
    caption: [
      { text: 'Somebody, ' },
      { text: '1974', emphasis: true },
      { text: ' ' },
      { id: 4 },
      { text: '.' },
    ],
  });
  expect(blocks[4]).toMatchObject({ ordered: true });
  expect(blocks[5]).toMatchObject({ paragraphs: [{ length: 1 }, { length: 1 }] });
  expect(blocks[6]).toMatchObject({
    blocks: [
      { kind: 'heading', level: 1 },
      { kind: 'key', title: 'In it' },
      {
        kind: 'plan',
        title: 'This week',
        moves: [{ title: 'Ring.', text: [{ text: 'Then ' }, { text: 'write', href: '#in' }, { text: '.' }] }],
      },
    ],
  });
});

test.each([
  ['**Write to {{coach}} today.** How.', 'Write to {{coach|}} today.', 'How.'],
  ['**Be *very* careful.** How.', 'Be very careful.', 'How.'],
  ['***Be* careful:** how.', 'Be careful:', 'how.'],
])('takes all that is bold at the beginning of %s as the title of a move', (move, title, text) => {
  const { blocks, findings } = read(`:::only situation=looking\n# x\n:::plan A\n1. ${move}\n:::\n:::`);
  expect(findings.problems).toEqual([]);
  expect(blocks[0]).toMatchObject({ blocks: [{}, { moves: [{ title, text: [{ text }] }] }] });
});

test.each([
  ['en', '1,018.8%', 1018.8],
  ['en', '12,34,567 in India', 1234567],
  ['en', '1018', 1018],
  ['de', '18,8 %', 18.8],
  ['de', '1.018', 1018],
  ['de', '1.018,8\u00a0%', 1018.8],
  ['fr', '1\u202f018,8\u00a0%', 1018.8],
  ['fr', '1 018 Fr', 1018],
  ['de-CH', "1'018.8", 1018.8],
])('reads a chart’s number in the signs of its language: %s, %s', (language, shown, value) => {
  const { blocks, findings } = read(`:::chart bars A\n- a: ${shown}\n\nb [1]\n:::`, 'paper', language);
  expect(findings.problems).toEqual([]);
  expect(blocks[0]).toMatchObject({ values: [{ value }] });
});

test.each([
  ['en', '−5%', 'is less than nothing'],
  ['en', '– 5%', 'is less than nothing'],
  ['en', '18,8 %', 'is no number'],
  ['en', '.5', 'is no number'],
  ['en', '1,018 345', 'is no number'],
  ['en', '9'.repeat(310), 'is no number'],
  ['de', '18.8%', 'is no number'],
])('tells what is no number of its language, or below zero: %s, %s', (language, shown, problem) => {
  const { findings } = read(`:::chart bars A\n- a: ${shown}\n\nb [1]\n:::`, 'paper', language);
  expect(findings.problems).toMatchObject([{ line: 11, problem: expect.stringContaining(problem) }]);
});

test('says how numbers are written in the language of the site', async () => {
  const chart = ':::key What to take\n- a point\n:::';
  const paper = edited(PAPER, chart, ':::chart bars A\n- a: 18.8%\n\nb [1]\n:::');
  const site = edited('site.yaml', 'language: en', 'language: de');
  const words = { 'words/de.yaml': FILES['words/en.yaml'] ?? '' };
  expect(await problemsWith({ ...paper, ...site, ...words })).toMatchObject([
    { line: 23, problem: '“18.8%” is no number.', remedy: expect.stringContaining('1.018,8') },
  ]);
});

test.each([
  ['3. Do this', '3. Do this'],
  ['# One', '# One'],
  ['- "So" *it* is', '- “So” it is'],
])('takes the title of a box as it is written: %s', (written, title) => {
  const { blocks, findings } = read(`:::key ${written}\nx\n:::`);
  expect(findings.problems).toEqual([]);
  expect(blocks[0]).toMatchObject({ title });
});

test('keeps the number with which a list begins', () => {
  expect(read('4. a\n5. b\n\ntext\n\n1. c').blocks).toMatchObject([
    { kind: 'list', start: 4 },
    {},
    expect.not.objectContaining({ start: expect.anything() }),
  ]);
});

test('finds the items of a worksheet that are indented below a personal line', () => {
  const { blocks, findings } = read(':::worksheet A\n{{name|Dear reader}},\n\n - a\n - b\n:::');
  expect(findings.problems).toEqual([]);
  expect(blocks[0]).toMatchObject({ above: [{ kind: 'personal' }], items: [{}, {}] });
});

const PLAIN = 'A name or a role does not stand on a plain line of its own.';
test.each([
  ['a bold one', '**{{name|Dear}}**,'],
  ['one beside bold words', '**Dear** {{name|reader}},'],
  ['one beside words in italics', '*For* {{role|you}}'],
  ['a linked one', '[{{name}}](talk:)'],
  ['one beside a link', '{{name}}, [write](talk:)'],
  ['one beside a reference', '{{name}} [1]'],
  ['one beside more than 50 characters', `${'a'.repeat(47)} {{name|Ann}}`],
])('tells %s as no personal line', (_, source) => {
  expect(read(source).findings.problems).toMatchObject([{ line: 10, problem: PLAIN }]);
});

test('takes a personal line of 50 characters', () => {
  expect(read(`${'a'.repeat(46)} {{name|Ann}}`).blocks).toMatchObject([{ kind: 'personal' }]);
});

test.each(['**a [b](talk:)** c', '**a [{{coach}}](talk:)** c', '**a [1] b** c', '**a [1]** c'])(
  'tells that no reference and no link can stand in the title of a move, as in %s',
  (move) => {
    const { findings } = read(`:::only situation=looking\n# x\n:::plan A\n1. ${move}\n:::\n:::`);
    expect(findings.problems).toMatchObject([
      { line: 13, problem: 'A reference or a link stands in the title of a move.' },
    ]);
  },
);

test('tells double braces that are none in the source, where a title would take them for a field', () => {
  const braces = '&#123;&#123;x&#125;&#125;';
  const { findings } = read(
    `:::only situation=looking\n# x\n:::plan ${braces}\n1. **${braces}** b\n:::\n:::`,
  );
  expect(findings.problems.map(({ line, problem }) => [line, problem])).toEqual([
    [12, 'Double braces stand in a title.'],
    [13, 'Double braces stand in a title.'],
  ]);
});

test('keeps the link of a field', () => {
  const { blocks, findings } = read('[{{coach}}](talk:) or [Write to {{coach}}](talk:)');
  expect(findings.problems).toEqual([]);
  expect(blocks[0]).toMatchObject({
    text: [
      { kind: 'field', href: 'talk:' },
      { text: ' or ' },
      { kind: 'text', href: 'talk:' },
      { kind: 'field', href: 'talk:' },
    ],
  });
});

test.each([
  ['an unknown container', 'Text.\n\n:::box\nx\n:::', 12, '`:::box` is not known.', /:::quote, :::key/],
  [
    'a container that is never closed',
    'Text.\n\n:::key Title\nx',
    12,
    '`:::key` is never closed.',
    /line `:::`/,
  ],
  ['a close without a container', 'Text.\n\n:::', 12, 'This `:::` closes nothing.', /Remove the line/],
  [
    'a box inside a box',
    ':::key A\n:::quote\nx\n:::\n:::',
    11,
    '`:::quote` cannot stand here.',
    /Close the block/,
  ],
  [
    'a block that stands elsewhere only',
    '# a\n\n:::plans\nx\n:::',
    12,
    '`:::plans` is not known.',
    /:::references; in `:::only` also :::plan\.$/,
  ],
  [
    'an unknown container in a chapter for one situation',
    ':::only situation=looking\n# a\n:::box\nx\n:::\n:::',
    12,
    '`:::box` is not known.',
    /:::chart, :::plan\.$/,
  ],
  [
    'a quotation inside a box',
    ':::key A\ntext\n\n> said\n:::',
    13,
    'A quotation with `>` stands inside a box.',
    /above or below/,
  ],
  ['a heading inside a box', ':::key A\n# x\n:::', 11, 'A heading stands inside a box.', /after the name/],
  ['a box without a title', ':::key\nx\n:::', 10, '`:::key` has no title.', /:::key Title/],
  ['a field in a title', ':::key For {{name}}\nx\n:::', 10, /\{\{name\}\}/, /without double braces/],
  ['a checklist that is no list', ':::checklist A\nx\n:::', 10, /does not hold one list/, /hyphen/],
  ['a quote of two paragraphs', ':::quote\na\n\nb\n:::', 10, /does not hold one paragraph/, /one sentence/],
  ['a list inside a list', '- a\n- b\n  - c', 12, 'A list stands inside a list.', /one paragraph/],
  ['an item of two paragraphs', '- a\n\n  b', 12, 'An item is not one paragraph.', /one paragraph/],
  ['an unnamed situation', ':::only looking\nx\n:::', 10, '`:::only` names no situation.', /situation=<key>/],
  [
    'a chapter in the middle of what is for one situation',
    ':::only situation=looking\nText.\n\n# a\n:::',
    13,
    'A chapter begins in the middle of `:::only`.',
    /# Heading/,
  ],
  ['an empty box', ':::key A\n:::', 10, '`:::key` holds nothing.', /remove both/],
  ['an empty chapter', ':::only situation=looking\n\n:::', 10, '`:::only` holds nothing.', /remove both/],
  ['a chapter without words', 'a\n\n#\n\nb', 12, 'A heading has no words.', /behind the #/],
  ['a section without words', '# a\n\n## [1]\n\nb', 12, 'A heading has no words.', /behind the #/],
  ['a reference in a title', ':::key [1] x\na\n:::', 10, /stands in the title of a box/, /text of the box/],
  ['a link in a title', ':::key [x](talk:)\na\n:::', 10, /stands in the title of a box/, /text of the box/],
  [
    'a skipped level in a chapter for one situation',
    ':::only situation=looking\n# a\n\n### b\n:::',
    13,
    'A heading of level 3 stands under one of level 1.',
    /with ##,/,
  ],
  [
    'a plan of more moves than fit',
    `:::only situation=looking\n# a\n:::plan A\n${'1. **a** b\n'.repeat(6)}:::\n:::`,
    12,
    'The plan has 6 moves.',
    /Keep the 5/,
  ],
  ['a deep heading', 'Text.\n\n#### Deep', 12, 'A heading of level 4 is too deep.', /###/],
  ['a table', '| a |\n|---|\n| b |', 10, 'A table cannot stand in a paper.', /list/],
  ['a line across', 'a\n\n***', 12, /line across/, /##/],
  ['an indented line', 'a\n\n    b', 12, /indented by four spaces/, /left margin/],
  ['a list in a quotation', '> - a', 10, /more than paragraphs/, /after it/],
  ['two references in one bracket', 'a\nb [1, 2]', 11, /one pair of brackets/, /\[1\]\[2\]/],
  [
    'text after the references',
    ':::references\n1. A\n:::\n\nText.',
    14,
    'Text follows the references.',
    /to the end/,
  ],
  ['references without numbers', ':::references\n- A\n:::', 10, /numbered list/, /1\. Author/],
  [
    'an unknown field',
    'a\n{{first_name|x}}',
    11,
    'The text has the unknown field {{first_name}}.',
    /\{\{name\}\}/,
  ],
  ['a role without other words', 'for {{role}}', 10, /may be empty/, /\{\{role\|/],
  ['a picture', 'a\n![b](https://e.org/x.png)', 11, 'A picture cannot stand in a text.', /words/],
  [
    'a chart without a form',
    ':::chart Title\n- a: 1\n\nb [1]\n:::',
    10,
    /unknown form “Title”/,
    /:::chart bars Title or/,
  ],
  [
    'a chart without a title',
    ':::chart dots\n- a: 1%\n\nb [1]\n:::',
    10,
    /has no title/,
    /:::chart dots Title/,
  ],
  ['a chart without a list', ':::chart bars A\nb [1]\n:::', 10, /one list and one paragraph/, /empty line/],
  ['a chart without a source', ':::chart bars A\n- a: 1\n:::', 10, 'The chart has no source.', /Granovetter/],
  [
    'a caption without a source',
    ':::chart bars A\n- a: 1\n\nSomebody.\n:::',
    13,
    'The chart has no source.',
    /\[4\]/,
  ],
  [
    'a value that is none',
    ':::chart bars A\n- a: many\n\nb [1]\n:::',
    11,
    '“many” is no number.',
    /one number/,
  ],
  [
    'a value of two numbers',
    ':::chart bars A\n- a: 3 of 4\n\nb [1]\n:::',
    11,
    '“3 of 4” is no number.',
    /one number/,
  ],
  ['a value without a label', ':::chart bars A\n- 56%\n\nb [1]\n:::', 11, '“56%” is no value.', /a colon/],
  ['a value below zero', ':::chart bars A\n- a: -4\n\nb [1]\n:::', 11, /less than nothing/, /zero/],
  [
    'a reference in a value',
    ':::chart bars A\n- a: 4 [1]\n\nb [1]\n:::',
    11,
    /more than words/,
    /paragraph below/,
  ],
  [
    'values of two units',
    ':::chart bars A\n- a: 4%\n- b: 4 men\n\nb [1]\n:::',
    12,
    /another unit/,
    /same unit/,
  ],
  ['dots that are no share', ':::chart dots A\n- a: 101%\n\nb [1]\n:::', 11, /no share of a hundred/, /bars/],
  [
    'dots without per cent',
    ':::chart dots A\n- a: 40\n\nb [1]\n:::',
    11,
    /no share of a hundred/,
    /0% to 100%/,
  ],
  [
    'parts that are no share',
    ':::chart parts A\n- a: 40 men\n\nb [1]\n:::',
    11,
    /no share of a hundred/,
    /0% to 100%/,
  ],
  [
    'parts that are more than the whole',
    ':::chart parts A\n- a: 60%\n- b: 40.5%\n\nb [1]\n:::',
    10,
    'The parts of the chart make 100.5%, which is more than the whole.',
    /100% at most/,
  ],
  [
    'more parts than can be told apart',
    `:::chart parts A\n${'- a: 10%\n'.repeat(5)}\nb [1]\n:::`,
    10,
    'A chart of parts with 5 values cannot be read.',
    /Keep 4/,
  ],
  [
    'more bars than can be read',
    `:::chart bars A\n${'- a: 1\n'.repeat(7)}\nb [1]\n:::`,
    10,
    'A chart of bars with 7 values cannot be read.',
    /Keep 6/,
  ],
  ['a plan for everybody', ':::plan A\n1. **a** b\n:::', 10, '`:::plan` cannot stand here.', /:::only/],
  [
    'a plan in no chapter',
    ':::only situation=looking\n:::plan A\n1. **a** b\n:::\n:::',
    11,
    'The plan belongs to no chapter.',
    /# Heading/,
  ],
  [
    'a plan without numbers',
    ':::only situation=looking\n# x\n:::plan A\n- **a** b\n:::\n:::',
    12,
    /one numbered list/,
    /1\. \*\*/,
  ],
  [
    'a move without a title',
    ':::only situation=looking\n# x\n:::plan A\n1. **a** b\n2. c\n:::\n:::',
    14,
    /^A move does not begin with a title in bold,/,
    /\*\*What to do/,
  ],
  [
    'a move without a text',
    ':::only situation=looking\n# x\n:::plan A\n1. **a** b\n2. **c**\n:::\n:::',
    14,
    /^A move does not begin with a title in bold, and a text/,
    /How to do it/,
  ],
  ['a skipped level', '# a\n\n### b', 12, 'A heading of level 3 stands under one of level 1.', /with ##,/],
  ['a section before any chapter', '## a', 10, /before any of level 1/, /with #,/],
  ['a link to nowhere', 'a\n[b](https://)', 11, 'The link leads nowhere: “https://”.', /talk:/],
])('tells %s, with line and remedy', (_, source, line, problem, remedy) => {
  expect(read(source).findings.problems).toContainEqual({
    file: 'document.md',
    line,
    problem: saying(problem),
    remedy: saying(remedy),
  });
});

test('keeps chapters for one situation and references out of the summary', () => {
  const { findings } = read(':::only situation=looking\nx\n:::\n\n:::references\n1. A\n:::', 'page');
  expect(findings.problems.map(({ line, problem }) => [line, problem])).toEqual([
    [10, '`:::only` cannot stand here.'],
    [14, '`:::references` cannot stand here.'],
  ]);
});

test('tells a chapter on the summary or closing page', () => {
  expect(read('Text.\n\n# a', 'page').findings.problems).toMatchObject([
    {
      line: 12,
      problem: 'A chapter begins on the summary or closing page.',
      remedy: expect.stringContaining('##'),
    },
  ]);
});

test('lets a chapter for one situation stand between others without disturbing their levels', () => {
  const source = '# a\n\n## b\n\n:::only situation=looking\n# c\n\n## d\n:::\n\n### e';
  expect(read(source).findings.problems).toEqual([]);
  expect(read('## a\n\n### b', 'page').findings.problems).toEqual([]);
});

const TORN = `:::only situation=looking
# For you

:::key What to take
- a point

## A section

Text [1] and [a link](#another).
:::

# Another

:::quote
One sentence.
:::

:::references
1. First
:::`;

test.each([
  ['a box whose end was forgotten, by what cannot stand in it', TORN, 13, 'key', ', before line 16'],
  [
    'a chapter for one situation whose end was forgotten, by the references',
    ':::only situation=looking\n# a\n\n:::quote\nx\n:::\n\n# b\n\n:::references\n1. A\n:::',
    10,
    'only',
    ', before line 19',
  ],
  ['a box before another', '# a\n\n:::key A\n- x\n\n:::quote\ny\n:::', 12, 'key', ', before line 15'],
  ['one that goes on to the end', '# a\n\n:::key A\n- x\n\ntext', 12, 'key', ''],
])('tells %s, and nothing that comes of it', (_, source, line, name, before) => {
  expect(read(source).findings.problems).toEqual([
    {
      file: 'document.md',
      line,
      problem: `\`:::${name}\` is never closed.`,
      remedy: `Write a line \`:::\` where it ends${before}.`,
    },
  ]);
});

test('tells an end without a beginning, and nothing that comes of it', () => {
  const source =
    '# a\n\n#### b\n\n:::only situation=looking\n# c\n\n- x\n:::\n\n:::plan P\n1. **a** b\n:::\n:::';
  expect(read(source).findings.problems.map(({ line, problem }) => [line, problem])).toEqual([
    [23, 'This `:::` closes nothing.'],
    [12, 'A heading of level 4 is too deep.'],
  ]);
});

test('tells a forgotten end first in its file, without citations and links that are lost by it', async () => {
  const changes = edited(PAPER, '- a point\n:::', '- a point');
  const paper = (changes[PAPER] ?? '').replace('A page.', 'A [{{pge}}](#a-chapter).');
  expect((await problemsWith({ [PAPER]: paper })).map(({ line, problem }) => [line, problem])).toEqual([
    [22, '`:::key` is never closed.'],
    [15, 'The text has the unknown field {{pge}}.'],
  ]);
});

test.each([
  ['another chapter', '# A chapter', '# A chapter\n\nText.\n\n# A chapter'],
  ['a section', '# A chapter', '# A chapter\n\n## A “chapter”'],
  ['the closing', 'closing_heading: Next', 'closing_heading: A Chapter'],
  ['a section of the summary', 'In short [1].', 'In short [1].\n\n  ## A chapter'],
  ['a chapter for one situation', '# For you', '# A chapter'],
  ['a plan', 'A page.', 'A page.\n\n:::plan A chapter\n1. **a** b\n:::'],
])('tells a link to a chapter that is called like %s', async (_, from, to) => {
  const paper = (edited(PAPER, from, to)[PAPER] ?? '').replace(
    'Text with',
    'See [that](#a-chapter). Text with',
  );
  expect(await problemsWith({ [PAPER]: paper })).toMatchObject([
    { problem: 'The link leads to more than one heading: “#a-chapter”.' },
  ]);
});

test('tells a link to a chapter that is called like a part of the engine', async () => {
  const changed = edited(PAPER, '# A chapter\n', '# Words\n\nSee [that](#words).\n');
  expect(await problemsWith(changed)).toMatchObject([
    { line: 20, problem: 'The link leads to more than one heading: “#words”.' },
  ]);
});

test.each([
  ['# Ame\u0301lie', '#am\u00e9lie'],
  ['# Am\u00e9lie', '#ame\u0301lie'],
  ['# हिन्दी में', '#हिन्दी-में'],
])('finds the heading %s by the link %s', async (heading, href) => {
  const changed = edited(PAPER, '# A chapter\n', `${heading}\n\nSee [that](${href}).\n`);
  expect(await problemsWith(changed)).toEqual([]);
});

test.each([
  {
    rule: 'wants a heading for a link within the paper',
    changes: edited(PAPER, 'A page.', 'See\n[that](#another-chapter) or [this](#a-chapter).'),
    found: { line: 16, problem: 'The link leads to no heading: “#another-chapter”.', remedy: /#a-chapter/ },
  },
  {
    rule: 'takes a link whose percent signs make no text for one to no heading',
    changes: edited(PAPER, 'A page.', 'See [that](#100%ae).'),
    found: { line: 15, problem: 'The link leads to no heading: “#100%ae”.', remedy: /#a-chapter/ },
  },
  {
    rule: 'wants an item for every citation',
    changes: edited(PAPER, 'a source [2]', 'a source [2][3]'),
    found: { line: 20, problem: 'The reference [3] has no item in the list.', remedy: /Add an item 3\./ },
  },
  {
    rule: 'wants an item for every citation of the summary',
    changes: edited(PAPER, 'In short [1].', 'In short [1],\n  and [7].'),
    found: { line: 7, problem: 'The reference [7] has no item in the list.', remedy: /Add an item 7\./ },
  },
  {
    rule: 'wants a list for citations',
    changes: edited(PAPER, ':::references\n1. First source\n2. Second source\n:::', ''),
    found: { line: 20, problem: 'The reference [2] has no item in the list.', remedy: /Add :::references/ },
  },
  {
    rule: 'tells an item that nobody cites',
    changes: edited(PAPER, 'a source [2]', 'a source'),
    found: { line: 28, problem: 'Nobody cites reference 2.', remedy: /Write \[2\]/ },
  },
  {
    rule: 'wants each number once',
    changes: edited(PAPER, '2. Second source', '2. Second source\n2. Third'),
    found: { line: 29, problem: 'The number 2 stands twice in the references.', remedy: /own number/ },
  },
  {
    rule: 'wants a situation of the site',
    changes: edited(PAPER, 'situation=looking', 'situation=loking'),
    found: {
      line: 12,
      problem: '`:::only` names the situation “loking”, which does not exist.',
      remedy: /looking, between/,
    },
  },
  {
    rule: 'wants linked offers to exist',
    changes: edited(PAPER, '[Let’s talk](talk:)', 'a\n  [page](offer:paper)'),
    found: {
      line: 10,
      problem: 'The link names the offer “paper”, which does not exist.',
      remedy: /white-paper/,
    },
  },
  {
    rule: 'wants a closing',
    changes: edited(PAPER, 'closing: |\n  [Let’s talk](talk:).\n', ''),
    found: { line: 2, problem: '`closing` is missing.', remedy: /Add `closing:`/ },
  },
  {
    rule: 'wants a text',
    changes: { [PAPER]: (FILES[PAPER] ?? '').split('\n').slice(0, 10).join('\n') },
    found: { line: 11, problem: 'The paper has no text.', remedy: /below the second/ },
  },
])('$rule', async ({ changes, found }) => {
  expect(await problemsWith(changes)).toContainEqual({
    file: PAPER,
    line: found.line,
    problem: found.problem,
    remedy: expect.stringMatching(found.remedy),
  });
});
